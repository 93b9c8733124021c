"""排班: who takes part in which rota (scheme), what was planned and published (roster), who stands when (duty)."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.staff import Person
from models.visit import live_index

OPEN = text("closed_at IS NULL")


class RosterScheme(Versioned, Model):
    """班次设置 of one rota of one unit: on which days, which posts, by which rules. Closed, never deleted."""

    __tablename__ = "roster_scheme"
    __table_args__ = (
        CheckConstraint("rest_hours BETWEEN 0 AND 240", name="rest_hours"),
        CheckConstraint("most_in_row BETWEEN 1 AND 31", name="most_in_row"),
        Index(
            "uq_roster_scheme_name", "unit_id", "name", unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(20))
    """`rules.roster_words.RosterKind`."""
    name: Mapped[str] = mapped_column(String(40))
    pattern: Mapped[str] = mapped_column(String(10))
    """`rules.roster_words.Pattern`."""
    pattern_days: Mapped[str] = mapped_column(String(40), default="")
    """Weekdays 1–7 or days of the month, separated by commas; empty for each day."""
    puts_off: Mapped[bool] = mapped_column(default=False)
    """遇节假日顺延: a day off moves to the next working day."""
    rest_hours: Mapped[int] = mapped_column(default=24)
    """Between the end of a duty and the beginning of the person's next one."""
    most_in_row: Mapped[int] = mapped_column(default=1)
    """Days with a duty, one after another, of one person."""
    place: Mapped[str] = mapped_column(String(80), default="")
    telephone: Mapped[str] = mapped_column(String(40), default="")
    period_id: Mapped[int | None] = mapped_column(ForeignKey("special_period.id"), index=True)
    closed_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship()
    posts: Mapped[list["RosterPost"]] = relationship(order_by="RosterPost.position, RosterPost.id")
    members: Mapped[list["RosterMember"]] = relationship(order_by="RosterMember.position, RosterMember.id")
    pairs: Mapped[list["RosterPair"]] = relationship(order_by="RosterPair.id")


class RosterPost(Model):
    """岗位: 带班领导, 值班员（主）, a village. Retired when it has been planned with."""

    __tablename__ = "roster_post"
    __table_args__ = (
        CheckConstraint("need BETWEEN 1 AND 20", name="need"),
        CheckConstraint("weight BETWEEN 1 AND 20", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("roster_scheme.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    """Not after the beginning: on the next day; equal: 24 hours."""
    need: Mapped[int] = mapped_column(default=1)
    """How many people stand in it at once."""
    weight: Mapped[int] = mapped_column(default=1)
    """How much a duty counts in a person's account."""
    at_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """The village to which it goes on a Wednesday."""
    retired_at: Mapped[datetime | None]

    at_unit: Mapped[Unit | None] = relationship()

    def place(self, usual: str) -> str:
        """Where one goes: the village of a village's post, else the desk's place."""
        return self.at_unit.name if self.at_unit is not None else usual

    def audit_subject(self) -> tuple[str, int | None]:
        return "roster_scheme", self.scheme_id


class RosterMember(Model):
    """A person who takes turns, from when to when, with what share; those who leave keep their row."""

    __tablename__ = "roster_member"
    __table_args__ = (
        UniqueConstraint("scheme_id", "person_id"),
        CheckConstraint("share BETWEEN 10 AND 200", name="share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("roster_scheme.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int]
    """The published order."""
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    share: Mapped[int] = mapped_column(default=100)
    """Per cent of a full member's duties."""
    field: Mapped[str] = mapped_column(String(80), default="")
    """分管工作, for the public notice of reception days."""
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """AB岗: who is asked first when this one cannot."""

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])
    posts: Mapped[list["RosterMemberPost"]] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "roster_scheme", self.scheme_id


class RosterMemberPost(Model):
    """In which posts a member may stand."""

    __tablename__ = "roster_member_post"

    member_id: Mapped[int] = mapped_column(ForeignKey("roster_member.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("roster_post.id"), primary_key=True, index=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("roster_scheme.id"))

    def audit_subject(self) -> tuple[str, int | None]:
        return "roster_scheme", self.scheme_id


class RosterPair(Model):
    """Two people who must share a day (搭班) or must not."""

    __tablename__ = "roster_pair"
    __table_args__ = (
        UniqueConstraint("scheme_id", "one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("roster_scheme.id"))
    one_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    together: Mapped[bool]

    one: Mapped[Person] = relationship(foreign_keys=[one_id])
    other: Mapped[Person] = relationship(foreign_keys=[other_id])

    def audit_subject(self) -> tuple[str, int | None]:
        return "roster_scheme", self.scheme_id


class RosterAbsence(Registered, Voidable, Versioned, Model):
    """请假、公差 of a person, or days wished off; holds in every rota of the person."""

    __tablename__ = "roster_absence"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="order"),
        CheckConstraint("kind IN ('leave', 'wish')", name="kind"),
        live_index("ix_roster_absence_person", "person_id", "last_day", "first_day"),
        live_index("ix_roster_absence_unit", "unit_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(8))
    first_day: Mapped[date]
    last_day: Mapped[date]
    note: Mapped[str] = mapped_column(String(100), default="")

    unit: Mapped[Unit] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    registered_by: Mapped[Person | None] = relationship(foreign_keys="RosterAbsence.registered_by_id")

    @property
    def by_another(self) -> bool:
        """Noted by somebody else than the person concerned."""
        return self.registered_by_id is not None and self.registered_by_id != self.person_id


class Roster(Voidable, Versioned, Model):
    """班表 of one scheme for a stretch of days: a draft until it is published, then changed by swaps and by hand."""

    __tablename__ = "roster"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="order"),
        live_index("ix_roster_scheme_day", "scheme_id", "first_day"),
        live_index("ix_roster_unit_day", "unit_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("roster_scheme.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    planned_at: Mapped[datetime]
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proven: Mapped[bool] = mapped_column(default=False)
    """Whether the planner proved that no fairer roster exists; false as soon as somebody changes a day by hand."""
    findings: Mapped[str] = mapped_column(Text, default="{}")
    """JSON of what the last change by hand put aside, so that it can be taken back."""
    provisional: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: days that were planned by their weekday alone, since the year's calendar was not known → their class."""
    edition: Mapped[int] = mapped_column(default=0)
    """How often it was published; 0 is a draft."""
    published_at: Mapped[datetime | None]

    scheme: Mapped[RosterScheme] = relationship()
    unit: Mapped[Unit] = relationship()
    duties: Mapped[list["Duty"]] = relationship(order_by="Duty.day, Duty.post_id, Duty.seat")

    @property
    def is_published(self) -> bool:
        return self.edition > 0


class Duty(Versioned, Model):
    """One seat of one post on one day. `person_id` is None where nobody could be found: an empty post."""

    __tablename__ = "duty"
    __table_args__ = (
        UniqueConstraint("roster_id", "day", "post_id", "seat"),
        CheckConstraint("ends_at > starts_at", name="order"),
        Index("ix_duty_unit_starts", "unit_id", "starts_at"),
        Index("ix_duty_person_starts", "person_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("roster_post.id"), index=True)
    day: Mapped[date]
    seat: Mapped[int]
    """From 1."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assigned: Mapped[str] = mapped_column(String(10))
    """`rules.roster_words.Assigned`: how the person came to it."""
    locked: Mapped[bool] = mapped_column(default=False)
    """Set by hand or held fast: a new plan keeps it."""
    original_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who stood here in the first edition, where somebody else stands now."""
    reason: Mapped[str] = mapped_column(String(200), default="")

    roster: Mapped[Roster] = relationship(back_populates="duties")
    unit: Mapped[Unit] = relationship()
    post: Mapped[RosterPost] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    original_person: Mapped[Person | None] = relationship(foreign_keys=[original_person_id])

    def audit_subject(self) -> tuple[str, int | None]:
        return "roster", self.roster_id


class RosterEdition(Model):
    """A roster as it was published: kept whole, so that changes since then can be marked. Never rewritten."""

    __tablename__ = "roster_edition"
    __table_args__ = (UniqueConstraint("roster_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    number: Mapped[int]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    rows: Mapped[str] = mapped_column(Text)
    """JSON: day, post, seat, person and name of each duty."""
    terms: Mapped[str] = mapped_column(Text, default="")
    """JSON of what held then: members, shares, posts, weights (`queries/roster_terms.py`)."""
    settled_to: Mapped[date | None]
    settled: Mapped[str] = mapped_column(Text, default="")
    """JSON: what everybody brought from the rosters that ended before `settled_to` (`queries/roster_accounts.py`)."""

    published_by: Mapped[Person | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "roster", self.roster_id


OPEN_SWAP = text("state IN ('asked', 'accepted')")


class DutySwap(Versioned, Model):
    """调班: asked, accepted by the other, approved by the supervisor. Without `other_duty_id` the other stands in (替班)."""

    __tablename__ = "duty_swap"
    __table_args__ = (
        CheckConstraint(
            "state IN ('asked', 'accepted', 'declined', 'approved', 'refused', 'cancelled')", name="state"
        ),
        Index(
            "uq_duty_swap_open", "duty_id", unique=True, sqlite_where=OPEN_SWAP, postgresql_where=OPEN_SWAP
        ),
        Index("ix_duty_swap_unit_state", "unit_id", "state", "id"),
        Index("ix_duty_swap_other_state", "other_person_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"))
    other_duty_id: Mapped[int | None] = mapped_column(ForeignKey("duty.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    """Who asks, and stands in `duty_id`."""
    other_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[str] = mapped_column(String(200), default="")

    unit: Mapped[Unit] = relationship()
    duty: Mapped[Duty] = relationship(foreign_keys=[duty_id])
    other_duty: Mapped[Duty | None] = relationship(foreign_keys=[other_duty_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    other_person: Mapped[Person] = relationship(foreign_keys=[other_person_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def approved_by_party(self) -> bool:
        """本人批准: by one of the two whose duty it is."""
        return self.state == "approved" and self.decided_by_id in (self.person_id, self.other_person_id)


class DutyFeed(Versioned, Model):
    """A person's calendar address: a secret that can be renewed, found again by its keyed digest."""

    __tablename__ = "duty_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    """None: withdrawn."""
    cipher: Mapped[str] = mapped_column(Text)
    renewed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
