"""三项建议: 改进工作, 完善政策, 追究责任 (信访工作条例第十四条第二款第六项、第四十条)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.petition import Petition
from models.staff import Person
from models.supervision import SupervisionTask
from models.visit import live_index


class Suggestion(Registered, Voidable, Versioned, Model):
    """One suggestion to one organ, and its written answer on adoption."""

    __tablename__ = "suggestion"
    __table_args__ = (
        live_index("ix_suggestion_issued", "issued_on", "id"),
        live_index("ix_suggestion_unit", "unit_id", "id"),
        live_index("ix_suggestion_target", "target_unit_id", "reply_due_on", "id"),
        live_index("ix_suggestion_unanswered", "reply_due_on", "id", also="replied_on IS NULL"),
        Index("uq_suggestion_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """提出建议的信访部门."""
    kind: Mapped[str] = mapped_column(String(16))
    """`rules.supervision_words.SuggestionKind`."""
    target_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    target_text: Mapped[str] = mapped_column(String(80), default="")
    """An organ that stands outside the tree (有管理权限的机关)."""
    title: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    """事由."""
    content: Mapped[str] = mapped_column(Text)
    """建议内容."""
    task_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_task.id"), index=True)
    issued_on: Mapped[date | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reply_due_on: Mapped[date | None]
    """要求反馈日期."""
    replied_on: Mapped[date | None]
    recorded_at: Mapped[datetime | None]
    """When the answer was entered."""
    adoption: Mapped[str | None] = mapped_column(String(12))
    """`rules.supervision_words.Adoption`."""
    adoption_text: Mapped[str] = mapped_column(Text, default="")
    reply_number: Mapped[str] = mapped_column(String(60), default="")
    """反馈文号."""

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    target_unit: Mapped[Unit | None] = relationship(foreign_keys=[target_unit_id])
    task: Mapped[SupervisionTask | None] = relationship()
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])
    registered_by: Mapped[Person | None] = relationship(foreign_keys="Suggestion.registered_by_id")
    petitions: Mapped[list[Petition]] = relationship(
        secondary="suggestion_petition", viewonly=True, order_by=Petition.id
    )

    @property
    def target(self) -> str:
        return self.target_unit.label if self.target_unit else self.target_text


class SuggestionPetition(Model):
    """A matter on which a suggestion rests."""

    __tablename__ = "suggestion_petition"

    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), primary_key=True, index=True)

    def audit_subject(self) -> tuple[str, int | None]:
        return "suggestion", self.suggestion_id
