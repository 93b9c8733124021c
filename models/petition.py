"""信访事项: one row is one matter; what was done about it stands in its steps and, as facts, in its own columns."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.attachment import Attachment
from models.base import Model, Registered, Versioned, Voidable
from models.category import Category
from models.contact import ProtectedContact
from models.organisation import Unit
from models.staff import Person
from models.visit import ADDED_UP, GUARDED, WHO_MAY_READ, Visit, live_index
from rules.petition_words import Conclusion, DispatchKind

COUNTED = "(included AND item_kind = 'first' AND NOT judicial)"
"""What rates are made of (纳入统计的初件，不含涉法涉诉). Like `models.visit.GUARDED` in the words of its indexes: queries
must repeat them."""
UNFILED = "archived_on IS NULL AND import_batch_id IS NULL"
"""Whose papers are still worked with here: a sheet does not say what was executed, reported or archived."""
UNREPORTED = f"{UNFILED} AND dispatch_kind = '{DispatchKind.ASSIGN.value}' AND reported_on IS NULL"
UNEXECUTED = f"{UNFILED} AND conclusion = '{Conclusion.SUPPORTED.value}' AND executed_on IS NULL"
UNRATED = "included AND concluded_on IS NOT NULL AND (bureau_rating IS NULL OR unit_rating IS NULL)"


FIGURE_COLUMNS = (
    *("registered_on", "id", "unit_id", "responsible_unit_id", "sealed", "accused_person_id", "persons"),
    *("source_level", "channel", "item_kind", "included", "judicial", "voided_at"),
    *("stage", "category_id", "purpose", "handling_class", "conclusion", "resolution", "bureau_rating"),
    *("unit_rating", "concluded_on"),
)
"""What figures read of the day of registering, and what a list counts by its words."""
STAGE_COLUMNS = (
    *("stage", "registered_on", "id", "unit_id", "responsible_unit_id", "persons", "voided_at"),
    *("sealed", "accused_person_id"),
)
DUE_COLUMNS = (
    *("next_due_on", "id", "unit_id", "responsible_unit_id", "persons", "voided_at", "sealed"),
    *WHO_MAY_READ,
)
UNFILED_COLUMNS = (
    *(
        "stage",
        "registered_on",
        "id",
        "unit_id",
        "responsible_unit_id",
        "persons",
        "conclusion",
        "executed_on",
    ),
    *("dispatch_kind", "reported_on", "voided_at", "archived_on", "import_batch_id", "sealed", *WHO_MAY_READ),
)
UNFILED_OF_UNIT = (
    *("responsible_unit_id", "stage", "registered_on", "id", "archived_on", "import_batch_id"),
    *ADDED_UP,
)
"""Whose work it is first: a unit counts its own, not the county's."""
UNRATED_COLUMNS = (
    *("concluded_on", "id", "unit_id", "persons", "included", "bureau_rating", "unit_rating", "voided_at"),
)
UNIT_COLUMNS = (
    *("unit_id", "registered_on", "id", "sealed", "persons", "source_level", "channel", "voided_at"),
    *WHO_MAY_READ,
)
COUNTED_BY = ("sealed", "included", "item_kind", "judicial", "voided_at")
"""What their condition names: SQLite wants it in the index that it is not to leave."""
GUARDED_COLUMNS = (
    *(
        "registered_on",
        "unit_id",
        "responsible_unit_id",
        "accused_person_id",
        "persons",
        "source_level",
        "channel",
    ),
    *("dispatch_kind", "dispatched_on", "dispatch_due_on", "notified_on", "notice_due_on", "reply_due_on"),
    *("concluded_on", "bureau_rating", "unit_rating", "campaign", *COUNTED_BY, "accused_unit_id"),
    *("registered_by_id", "stage", "next_due_on", "handler_id", "conclusion", "executed_on", "reported_on"),
    *("archived_on", "import_batch_id"),
)
"""All that figures and the counts of work lists ask of them; PostgreSQL takes no more than these 32."""


def counted_index(name: str, *columns: str) -> Index:
    return live_index(name, *columns, *COUNTED_BY, also=COUNTED)


class Petition(Registered, Voidable, Versioned, Model):
    """Columns hold the latest fact of each kind; `models.petition_step` holds how they came about."""

    __tablename__ = "petition"
    __table_args__ = (
        CheckConstraint("persons BETWEEN 1 AND 9999", name="persons"),
        CheckConstraint("extension_days BETWEEN 0 AND 30", name="extension_days"),
        live_index("ix_petition_registered", *FIGURE_COLUMNS),
        live_index("ix_petition_unit_registered", *UNIT_COLUMNS),
        live_index("ix_petition_persons", "persons", "voided_at"),
        live_index(
            "ix_petition_responsible_registered",
            *("responsible_unit_id", "registered_on", "id", *ADDED_UP),
        ),
        live_index("ix_petition_stage_registered", *STAGE_COLUMNS),
        live_index("ix_petition_unit_stage", "unit_id", "stage", "registered_on", "id"),
        live_index("ix_petition_responsible_stage", "responsible_unit_id", "stage", "registered_on", "id"),
        live_index("ix_petition_category_registered", "category_id", "registered_on", "id"),
        live_index("ix_petition_concluded", "concluded_on", "unit_id", "responsible_unit_id", "id"),
        # All that a rate reads, so that it never touches the rows themselves; by unit, for units are set side by side.
        counted_index(
            "ix_petition_counted_dispatch",
            *("unit_id", "dispatch_due_on", "dispatch_kind", "dispatched_on", "notified_on"),
        ),
        counted_index(
            "ix_petition_counted_registered",
            *("responsible_unit_id", "registered_on", "dispatch_due_on", "notified_on"),
        ),
        counted_index("ix_petition_counted_notice", "responsible_unit_id", "notice_due_on", "notified_on"),
        counted_index("ix_petition_counted_reply", "responsible_unit_id", "reply_due_on", "concluded_on"),
        counted_index("ix_petition_counted_bureau", "unit_id", "concluded_on", "bureau_rating"),
        counted_index("ix_petition_counted_unit", "responsible_unit_id", "concluded_on", "unit_rating"),
        live_index(
            "ix_petition_campaign_dispatched",
            *("dispatched_on", "campaign", "responsible_unit_id", "concluded_on", "sealed", "voided_at"),
            also="campaign IS NOT NULL",
        ),
        live_index("ix_petition_campaign", "campaign", "dispatched_on", "id"),
        live_index("ix_petition_earlier", "earlier_id"),
        live_index("ix_petition_digest", "unit_id", "content_digest"),
        live_index(
            "ix_petition_next_due",
            *DUE_COLUMNS,
            also="next_due_on IS NOT NULL",
        ),
        live_index(
            "ix_petition_guarded",
            *GUARDED_COLUMNS,
            also=GUARDED,
        ),
        live_index(
            "ix_petition_unfiled",
            *UNFILED_COLUMNS,
            also=UNFILED,
        ),
        live_index(
            "ix_petition_unfiled_unit",
            *UNFILED_OF_UNIT,
            also=UNFILED,
        ),
        live_index(
            "ix_petition_unreported",
            *UNFILED_OF_UNIT,
            *("dispatch_kind", "reported_on"),
            also=UNREPORTED,
        ),
        live_index(
            "ix_petition_unexecuted",
            *UNFILED_OF_UNIT,
            *("conclusion", "executed_on"),
            also=UNEXECUTED,
        ),
        live_index(
            "ix_petition_unrated",
            *UNRATED_COLUMNS,
            also=UNRATED,
        ),
        live_index(
            "uq_petition_external", "external_number", unique=True, also="external_number IS NOT NULL"
        ),
        Index("uq_petition_number", "number", unique=True),
        # Without what was registered here: SQLite would look among it for what is unfiled.
        Index(
            "ix_petition_import_batch_id",
            "import_batch_id",
            sqlite_where=text("import_batch_id IS NOT NULL"),
            postgresql_where=text("import_batch_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """登记单位. `external_number` is the 省系统编号."""
    registered_on: Mapped[date]
    """登记日期; the office's clock of art. 22 runs from `received_on`, the figures from this day."""
    received_on: Mapped[date]
    """收到日 (信访日期)."""
    postmarked_on: Mapped[date | None]
    """邮戳日期 of a letter."""
    channel: Mapped[str] = mapped_column(String(12))
    source_level: Mapped[str] = mapped_column(String(12))
    source_number: Mapped[str] = mapped_column(String(60), default="")
    """来文文号 of what was sent down from above."""
    instruction: Mapped[str] = mapped_column(Text, default="")
    """领导批示 that came with it."""
    oral: Mapped[bool] = mapped_column(default=False)
    """口头提出, taken down truthfully (条例第十九条)."""
    persons: Mapped[int]
    representatives: Mapped[int] = mapped_column(default=1)
    involved_persons: Mapped[int | None]
    item_kind: Mapped[str] = mapped_column(String(10))
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("petition.id"))
    """The earlier petition of the same matter, for a 重件."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("petition.id"), index=True)
    """并件: the petition under which this one is handled."""
    title: Mapped[str] = mapped_column(String(80), default="")
    content: Mapped[str] = mapped_column(Text)
    """概况: facts and reasons."""
    request: Mapped[str] = mapped_column(Text, default="")
    """诉求."""
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    location_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    accused_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    accused_text: Mapped[str] = mapped_column(String(80), default="")
    accused_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    happened_on: Mapped[date | None]
    other_procedure: Mapped[str] = mapped_column(String(80), default="")
    """是否已诉讼、复议、仲裁, as told."""
    included: Mapped[bool] = mapped_column(default=True)
    """纳入统计."""
    judicial: Mapped[bool] = mapped_column(default=False)
    """涉法涉诉."""
    confidential: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bool] = mapped_column(default=False)
    """检举控告 (条例第三十条)."""
    anonymous: Mapped[bool] = mapped_column(default=False)

    stage: Mapped[str] = mapped_column(String(20))
    """`rules.petition_states.Stage`."""
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """经办人 at the unit where the matter now lies."""
    dispatch_kind: Mapped[str | None] = mapped_column(String(12))
    """办理方式."""
    dispatched_on: Mapped[date | None]
    """转送、交办日期."""
    feedback_due_on: Mapped[date | None]
    """交办反馈期限 (条例第二十二条第一款第三项)."""
    reported_on: Mapped[date | None]
    """办结报告 received."""
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    unit_received_on: Mapped[date | None]
    """单位收到日期."""
    notified_on: Mapped[date | None]
    """告知日期."""
    acceptance: Mapped[str | None] = mapped_column(String(12))
    """告知结果."""
    handling_class: Mapped[str | None] = mapped_column(String(20))
    """办理类别."""
    extension_days: Mapped[int] = mapped_column(default=0)
    extension_approved_on: Mapped[date | None]
    concluded_on: Mapped[date | None]
    """办结日期."""
    conclusion: Mapped[str | None] = mapped_column(String(12))
    """处理结论."""
    served_on: Mapped[date | None]
    """答复送达日期."""
    executed_on: Mapped[date | None]
    """支持的处理意见执行完毕."""
    resolution: Mapped[str | None] = mapped_column(String(12))
    """化解状态."""
    bureau_rating: Mapped[str | None] = mapped_column(String(12))
    unit_rating: Mapped[str | None] = mapped_column(String(12))
    campaign: Mapped[str | None] = mapped_column(String(60))
    """交办批次."""
    finished_on: Mapped[date | None]
    """终结 or the end of the remedies."""
    archived_on: Mapped[date | None]
    archive_term: Mapped[str | None] = mapped_column(String(10))

    dispatch_due_on: Mapped[date]
    """登记 + 15 日, as the figures count it."""
    notice_due_on: Mapped[date | None]
    """单位收到 + 15 日."""
    reply_due_on: Mapped[date | None]
    """限办截止."""
    next_due_on: Mapped[date | None]
    """The earliest due date that is still to be met; which clock it is says `next_due_key`."""
    next_due_key: Mapped[str | None] = mapped_column(String(20))

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    responsible_unit: Mapped[Unit | None] = relationship(foreign_keys=[responsible_unit_id])
    location_unit: Mapped[Unit | None] = relationship(foreign_keys=[location_unit_id])
    accused_unit: Mapped[Unit | None] = relationship(foreign_keys=[accused_unit_id])
    accused_person: Mapped[Person | None] = relationship(foreign_keys=[accused_person_id])
    category: Mapped[Category] = relationship()
    handler: Mapped[Person | None] = relationship(foreign_keys=[handler_id])
    registered_by: Mapped[Person | None] = relationship(foreign_keys="Petition.registered_by_id")
    earlier: Mapped["Petition | None"] = relationship(remote_side=[id], foreign_keys=[earlier_id])
    merged_into: Mapped["Petition | None"] = relationship(remote_side=[id], foreign_keys=[merged_into_id])
    contacts: Mapped[list["PetitionContact"]] = relationship(
        back_populates="petition", order_by="PetitionContact.position"
    )
    parts: Mapped[list["PetitionUnit"]] = relationship(back_populates="petition", order_by="PetitionUnit.id")

    @property
    def label(self) -> str:
        return self.title or self.content[:30]

    @property
    def handling_unit(self) -> Unit | None:
        """Who has it in hand: 责任单位, or of a 直接受理 that an old register names no unit for, who registered it. The
        column stays empty then: figures count as having reached a unit only what says so."""
        taken = self.responsible_unit is None and self.dispatch_kind == DispatchKind.DIRECT
        return self.unit if taken else self.responsible_unit

    @property
    def handling_unit_id(self) -> int | None:
        return self.handling_unit.id if self.handling_unit else None


class PetitionContact(ProtectedContact, Model):
    """Up to five people of one matter: the statutory minimum to reach them (条例第十九条)."""

    __tablename__ = "petition_contact"
    __table_args__ = (
        Index("uq_petition_contact_position", "petition_id", "position", unique=True),
        Index("ix_petition_contact_id_number", "id_number_digest"),
        Index("ix_petition_contact_id_tail", "id_tail_digest"),
        Index("ix_petition_contact_telephone", "telephone_digest"),
        Index("ix_petition_contact_telephone_tail", "telephone_tail_digest"),
        Index("ix_petition_contact_name", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))

    petition: Mapped[Petition] = relationship(back_populates="contacts")

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id


class PetitionVisit(Model):
    """A visit at which the matter was told; one visit may tell several, one matter may bring several visits."""

    __tablename__ = "petition_visit"
    __table_args__ = (Index("ix_petition_visit_visit", "visit_id"),)

    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)

    petition: Mapped[Petition] = relationship()
    visit: Mapped[Visit] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id


class PetitionUnit(Model):
    """A unit that was given a part in the matter: 主办, 协办 or 复查复核. It sees the matter while `until` is empty."""

    __tablename__ = "petition_unit"
    __table_args__ = (
        Index("ix_petition_unit_petition", "petition_id"),
        Index(
            "ix_petition_unit_unit",
            *("unit_id", "part", "petition_id"),
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    part: Mapped[str] = mapped_column(String(12))
    """`rules.petition_words.UnitPart`."""
    task: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date]
    until: Mapped[date | None]

    petition: Mapped[Petition] = relationship(back_populates="parts")
    unit: Mapped[Unit] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id


class PetitionStep(Model):
    """One thing that was done, dated by when it happened and stamped by when it was entered. A step is never deleted:
    undoing it says so on its own line."""

    __tablename__ = "petition_step"
    __table_args__ = (
        Index("ix_petition_step_petition", "petition_id", "id"),
        Index(
            "ix_petition_step_waiting",
            *("waits_for", "petition_id"),
            sqlite_where=text("waits_for IS NOT NULL"),
            postgresql_where=text("waits_for IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    verb: Mapped[str] = mapped_column(String(24))
    """`rules.petition_states.Verb`."""
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """Whose act it is."""
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    from_stage: Mapped[str] = mapped_column(String(20), default="")
    """The stage before it."""
    outcome: Mapped[str] = mapped_column(String(40), default="")
    """A code of the verb's own list: 告知结果, agreed or refused, 处理结论 …"""
    text: Mapped[str] = mapped_column(Text, default="")
    days: Mapped[int | None]
    until: Mapped[date | None]
    waits_for: Mapped[str | None] = mapped_column(String(24))
    """The verb that will answer it (an objection, a request for extension); empty once it is answered."""
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("petition_step.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undo_reason: Mapped[str] = mapped_column(String(200), default="")
    before: Mapped[str] = mapped_column(Text, default="")
    """JSON of the petition's columns that it changed, as they stood before: what undoing puts back."""

    petition: Mapped[Petition] = relationship()
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    to_unit: Mapped[Unit | None] = relationship(foreign_keys=[to_unit_id])
    paper_approval: Mapped["PetitionPaperApproval | None"] = relationship(back_populates="step")

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id


class PetitionPaperApproval(Model):
    """Who approved on paper what a step enters: the step's day is that of the paper, its scan is attached."""

    __tablename__ = "petition_paper_approval"
    __table_args__ = (Index("ix_petition_paper_approval_attachment", "attachment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("petition_step.id"), unique=True)
    approver: Mapped[str] = mapped_column(String(60))
    post: Mapped[str] = mapped_column(String(60))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))

    step: Mapped[PetitionStep] = relationship(back_populates="paper_approval")
    attachment: Mapped[Attachment] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id


class PetitionReply(Versioned, Model):
    """处理意见: drafted by the clerk, approved by the unit's supervisor, with the parts that art. 32 asks for."""

    __tablename__ = "petition_reply"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'submitted', 'approved', 'replaced')", name="state"),
        Index("ix_petition_reply_petition", "petition_id", "id"),
        Index("ix_petition_reply_state", "state", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    conclusion: Mapped[str] = mapped_column(String(12))
    requests: Mapped[str] = mapped_column(Text, default="")
    """投诉请求."""
    facts: Mapped[str] = mapped_column(Text, default="")
    """事实和理由."""
    opinion: Mapped[str] = mapped_column(Text, default="")
    """处理意见."""
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    """法律法规依据."""
    state: Mapped[str] = mapped_column(String(12), default="draft")
    drafted_at: Mapped[datetime]
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    returned_reason: Mapped[str] = mapped_column(String(200), default="")
    approved_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    petition: Mapped[Petition] = relationship()
    unit: Mapped[Unit] = relationship()
    drafted_by: Mapped[Person | None] = relationship(foreign_keys=[drafted_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id


class PetitionReview(Versioned, Model):
    """复查 or 复核 of a reply: asked for, taken on, heard, decided, served (条例第三十五、三十六条)."""

    __tablename__ = "petition_review"
    __table_args__ = (Index("ix_petition_review_petition", "petition_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    kind: Mapped[str] = mapped_column(String(12))
    """`rules.petition_words.ReviewKind`."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """复查、复核机关; may stand outside the tree."""
    applied_on: Mapped[date]
    """The day the organ received the request: its 30 days run from here."""
    request: Mapped[str] = mapped_column(Text, default="")
    late_reason: Mapped[str] = mapped_column(String(200), default="")
    """Why a request after the 30 days was taken on all the same."""
    heard_from: Mapped[date | None]
    heard_to: Mapped[date | None]
    """听证: its days do not count towards 复核 (第三十六条)."""
    decided_on: Mapped[date | None]
    opinion: Mapped[str | None] = mapped_column(String(12))
    opinion_text: Mapped[str] = mapped_column(Text, default="")
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    served_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]

    petition: Mapped[Petition] = relationship()
    unit: Mapped[Unit] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id


class PetitionDelivery(Model):
    """送达回证: which paper reached whom, how and when. A refused or substituted delivery says so."""

    __tablename__ = "petition_delivery"
    __table_args__ = (Index("ix_petition_delivery_petition", "petition_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    paper: Mapped[str] = mapped_column(String(20))
    """What was served: a code of `rules.letters` (notice, reply, review opinion …)."""
    document_number: Mapped[str] = mapped_column(String(40), default="")
    method: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(80), default="")
    served_on: Mapped[date]
    received_by: Mapped[str] = mapped_column(String(60), default="")
    """Who took it in, where not the person addressed, with the relation."""
    refusal: Mapped[str] = mapped_column(String(200), default="")
    served_by: Mapped[str] = mapped_column(String(60), default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]

    petition: Mapped[Petition] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id
