"""What a batch added to a petition that was here already."""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model
from models.petition import Petition


class PetitionUpdate(Model):
    """Kept so that the batch may be undone while nothing came after it."""

    __tablename__ = "petition_update"
    __table_args__ = (Index("ix_petition_update_import_batch_id", "import_batch_id", "petition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    audit_entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"))
    """The entry that tells it: what was written later about the petition came after it."""
    before: Mapped[str] = mapped_column(Text)
    """JSON of the petition's columns that it changed, as they stood before."""
    steps: Mapped[str] = mapped_column(Text)
    """JSON list of the ids of its lines."""

    petition: Mapped[Petition] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id
