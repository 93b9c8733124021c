"""来访登记: one row is one 批 (one group, one matter, one day, one place)."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.category import Category
from models.contact import ProtectedContact
from models.organisation import Unit
from models.staff import Person

LIVE = text("voided_at IS NULL")
GUARDED = "(sealed OR accused_person_id IS NOT NULL)"
"""The few visits that not everybody in scope may read, in the words of their index: queries must repeat them."""

TOTALS_COLUMNS = (
    "visit_date",
    "unit_id",
    "responsible_unit_id",
    "persons",
    "category_id",
    "visit_kind",
    "outcome",
    "purpose",
    "reception_type",
    "sealed",
    "accused_person_id",
    "accused_unit_id",
    "registered_by_id",
    "due_date",
    "completed_on",
    "voided_at",
)

WHO_MAY_READ = ("accused_person_id", "accused_unit_id", "registered_by_id")
"""With `sealed`, what says whether an actor may read a row."""
ADDED_UP = ("unit_id", "persons", "voided_at", "sealed", *WHO_MAY_READ)
"""What a unit's rows need beside their key to be added up from an index, each asked whether it is sealed."""
CATEGORY_COLUMNS = (
    *("category_id", "visit_date", "id", "sealed", "persons", "unit_id"),
    *("responsible_unit_id", "accused_person_id", "accused_unit_id", "registered_by_id", "voided_at"),
)


def live_index(name: str, *columns: str, unique: bool = False, also: str = "") -> Index:
    """Over the rows that are not void, and of which `also` is true. With `voided_at` among its columns SQLite reads
    all it wants from the index; without, it looks at each row to see that it is not void."""
    where = text(f"voided_at IS NULL AND {also}") if also else LIVE
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


class Visit(Registered, Voidable, Versioned, Model):
    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("persons BETWEEN 1 AND 9999", name="persons"),
        CheckConstraint(
            "representatives BETWEEN 1 AND 5 AND representatives <= persons", name="representatives"
        ),
        # The columns after the id hold all that figures read, so that they never touch the rows themselves.
        live_index("ix_visit_date", "visit_date", "id", "sealed", "persons", "visit_kind", "unit_id"),
        live_index(
            "ix_visit_unit_date",
            *("unit_id", "visit_date", "id", "sealed", "persons", "visit_kind", "voided_at", *WHO_MAY_READ),
        ),
        live_index(
            "ix_visit_responsible_date",
            *("responsible_unit_id", "visit_date", "id", *ADDED_UP),
            also="responsible_unit_id IS NOT NULL",
        ),
        # A frequent category holds a tenth of all visits: its list asks who may see them from the index, too.
        live_index("ix_visit_category_date", *CATEGORY_COLUMNS),
        live_index(
            "ix_visit_words",
            *("reception_type", "outcome", "visit_kind", "visit_date", "sealed", "persons", "unit_id"),
            "voided_at",
        ),
        # All that a list's conditions and totals read.
        live_index("ix_visit_totals", *TOTALS_COLUMNS),
        live_index("ix_visit_persons", "persons", "id", "voided_at"),
        live_index("ix_visit_paper_page", "paper_page", also="paper_page IS NOT NULL"),
        live_index("ix_visit_guarded", "visit_date", "unit_id", also=GUARDED),
        # The few that wait for an answer, with all that is asked of them on everybody's first page.
        live_index(
            "ix_visit_open_due",
            *("due_date", "id", "unit_id", "responsible_unit_id", "sealed"),
            *("accused_person_id", "accused_unit_id", "registered_by_id", "completed_on", "voided_at"),
            also="completed_on IS NULL AND due_date IS NOT NULL",
        ),
        # Void rows too: an import has these entries ready before it publishes fifty thousand rows at once.
        Index("ix_visit_digest", "unit_id", "content_digest"),
        live_index(
            "uq_visit_external", "unit_id", "external_number", unique=True, also="external_number IS NOT NULL"
        ),
        Index("uq_visit_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """登记单位."""
    visit_date: Mapped[date]
    visit_time: Mapped[time | None]
    reception_type: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(80), default="")
    receptionist: Mapped[str] = mapped_column(String(80), default="")
    """接访人, as written."""
    persons: Mapped[int]
    """来访人数, persons present (人次)."""
    representatives: Mapped[int] = mapped_column(default=1)
    """代表人数, at most 5 (条例第20条)."""
    involved_persons: Mapped[int | None]
    """涉及人数, persons affected."""
    visit_kind: Mapped[str] = mapped_column(String(10))
    """初访 or 重访: it belongs to the matter, not to the person."""
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    location_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """问题属地."""
    accused_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    accused_text: Mapped[str] = mapped_column(String(80), default="")
    """被反映单位, as a unit of the tree where it is one, else as written."""
    accused_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """A named member of staff, who therefore never sees this matter (回避)."""
    content: Mapped[str] = mapped_column(Text)
    reply: Mapped[str] = mapped_column(Text, default="")
    """答复意见: what the office told the visitor."""
    outcome: Mapped[str] = mapped_column(String(20))
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    due_date: Mapped[date | None]
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """经办人: who follows it up; moves when a leaver hands over."""
    completed_on: Mapped[date | None]
    completion: Mapped[str] = mapped_column(Text, default="")
    confidential: Mapped[bool] = mapped_column(default=False)
    """要求保密: the name is masked everywhere."""
    sealed: Mapped[bool] = mapped_column(default=False)
    """检举控告: named staff only, never the accused (条例第30条)."""
    anonymous: Mapped[bool] = mapped_column(default=False)
    paper_page: Mapped[str | None] = mapped_column(String(40))
    """Page of the blank register it was first written on; `registered_at` then is when it was typed."""

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    location_unit: Mapped[Unit | None] = relationship(foreign_keys=[location_unit_id])
    accused_unit: Mapped[Unit | None] = relationship(foreign_keys=[accused_unit_id])
    responsible_unit: Mapped[Unit | None] = relationship(foreign_keys=[responsible_unit_id])
    accused_person: Mapped[Person | None] = relationship(foreign_keys=[accused_person_id])
    category: Mapped[Category] = relationship()
    handler: Mapped[Person | None] = relationship(foreign_keys=[handler_id])
    registered_by: Mapped[Person | None] = relationship(foreign_keys="Visit.registered_by_id")
    contacts: Mapped[list["VisitContact"]] = relationship(
        back_populates="visit", order_by="VisitContact.position"
    )

    @property
    def is_open(self) -> bool:
        return self.due_date is not None and self.completed_on is None and not self.is_void

    def is_group(self, threshold: int) -> bool:
        return self.persons >= threshold


class VisitContact(ProtectedContact, Model):
    __tablename__ = "visit_contact"
    __table_args__ = (
        Index("uq_visit_contact_position", "visit_id", "position", unique=True),
        Index("ix_visit_contact_id_number", "id_number_digest"),
        Index("ix_visit_contact_id_tail", "id_tail_digest"),
        Index("ix_visit_contact_telephone", "telephone_digest"),
        Index("ix_visit_contact_telephone_tail", "telephone_tail_digest"),
        Index("ix_visit_contact_name", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))

    visit: Mapped[Visit] = relationship(back_populates="contacts")

    def audit_subject(self) -> tuple[str, int | None]:
        return "visit", self.visit_id


class SerialCounter(Model):
    """The last serial number given to a unit, for a kind of record and a year."""

    __tablename__ = "serial_counter"
    audited = False

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(4), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Submission(Model):
    """A form's idempotency key and the record it made: the same form sent twice makes one record."""

    __tablename__ = "submission"
    audited = False

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)
