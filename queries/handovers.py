"""交接班: when a desk changes hands, what was handed over, which hand-overs are missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from models.duty_desk import DeskEntry, DeskHandover, DeskHandoverMatter
from models.organisation import Unit
from models.roster import Duty, Roster, RosterPost, RosterScheme
from models.staff import Person
from queries.desk_scope import READ
from queries.paging import PAGE_SIZE, Order, PageOf, page_of
from queries.register_filter import args_of, below_unit, days_in_words, days_of, number_of, unit_in_words
from queries.roster_rows import in_force
from queries.scope import in_scope, in_scope_of, is_root
from rules.desk_shifts import USUAL_HOURS, latest_owed
from rules.office_time import day_begins, day_of
from rules.roles import Actor
from rules.taxonomy import VILLAGE_LEVEL

H = DeskHandover
OFF = aliased(Person, name="off_person")
ON = aliased(Person, name="on_person")
DUTY_KINDS = ("duty", "special")
"""`rules.roster_words.RosterKind` of rotas that keep a desk."""
KEPT_WITHIN = timedelta(days=31)
"""A desk in whose log nothing was written for so long keeps none."""
ORDER = Order("shift", "交接时间", H.shift_ends_at, H.id, read=datetime)


def handover_hours(session: Session, unit_ids: Iterable[int]) -> dict[int, tuple[time, ...]]:
    """Unit id → the hours at which the posts of its 24-hour rota begin; units without one are left out."""
    statement = (
        select(RosterScheme.unit_id, RosterPost.starts_at)
        .join(RosterPost, RosterPost.scheme_id == RosterScheme.id)
        .where(
            RosterScheme.unit_id.in_(list(unit_ids)),
            RosterScheme.kind == DUTY_KINDS[0],
            RosterScheme.closed_at.is_(None),
            RosterPost.retired_at.is_(None),
        )
        .distinct()
    )
    found: dict[int, set[time]] = {}
    for unit_id, hour in session.execute(statement):
        found.setdefault(unit_id, set()).add(hour)
    return {unit_id: tuple(sorted(hours)) for unit_id, hours in found.items()}


def hours_of(session: Session, unit_id: int) -> tuple[time, ...]:
    """Of one desk; 8:30 where it has no rota."""
    return handover_hours(session, [unit_id]).get(unit_id, USUAL_HOURS)


def handover_of_shift(session: Session, unit_id: int, shift_ends_at: datetime) -> DeskHandover | None:
    return session.scalar(select(H).where(H.unit_id == unit_id, H.shift_ends_at == shift_ends_at))


def last_notes(session: Session, entry_ids: Sequence[int]) -> dict[int, str]:
    """What was said of each line at its latest hand-over."""
    if not entry_ids:
        return {}
    statement = (
        select(DeskHandoverMatter.entry_id, DeskHandoverMatter.note)
        .where(DeskHandoverMatter.entry_id.in_(entry_ids))
        .order_by(DeskHandoverMatter.id)
    )
    return {entry_id: note for entry_id, note in session.execute(statement)}


@dataclass(frozen=True)
class HandoverMatter:
    """An unfinished line as it was signed, and when it was finished or voided since."""

    entry_id: int
    number: str
    happened_at: datetime
    kind: str
    content: str
    due_at: datetime | None
    note: str
    done_at: datetime | None


def matters_of(session: Session, handover_id: int) -> list[HandoverMatter]:
    statement = (
        select(DeskHandoverMatter, func.coalesce(DeskEntry.done_at, DeskEntry.voided_at))
        .join(DeskEntry, DeskHandoverMatter.entry_id == DeskEntry.id)
        .where(DeskHandoverMatter.handover_id == handover_id)
        .order_by(DeskHandoverMatter.position)
    )
    return [
        HandoverMatter(m.entry_id, m.number, m.happened_at, m.kind, m.content, m.due_at, m.note, done_at)
        for m, done_at in session.execute(statement)
    ]


@dataclass(frozen=True)
class HandoverFilter:
    """Which hand-overs a list shows, by the day of the moment at which the shift ended."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None

    @classmethod
    def from_args(cls, args: Any, *, usual_unit: int | None = None) -> Self:
        """Raises RuleViolation naming the field."""
        first, last = days_of(args)
        asked = args.get("unit", "").strip()
        return cls(first, last, number_of(asked) if asked else usual_unit)

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    def select(self, session: Session, actor: Actor) -> Any:
        statement = in_scope(H, actor, READ)
        if self.from_:
            statement = statement.where(H.shift_ends_at >= day_begins(self.from_))
        if self.to:
            statement = statement.where(H.shift_ends_at < day_begins(self.to + timedelta(days=1)))
        if self.unit:
            statement = statement.where(below_unit(session, H.unit_id, self.unit))
        return statement

    def sentence(self, session: Session) -> str:
        parts = [unit_in_words(session, self.unit) if self.unit else "", days_in_words(self.from_, self.to)]
        return "，".join(p for p in parts if p) or "全部交接班记录"


@dataclass(frozen=True)
class HandoverRow:
    id: int
    unit: str
    shift_ends_at: datetime
    off: str
    off_signed_at: datetime | None
    on: str
    on_signed_at: datetime | None
    matters: int
    articles: str


def list_handovers(
    session: Session,
    actor: Actor,
    chosen: HandoverFilter,
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> PageOf[HandoverRow]:
    """One page, latest shift first; one statement besides the chosen unit's."""
    matters = select(func.count(DeskHandoverMatter.id)).where(DeskHandoverMatter.handover_id == H.id)
    statement = (
        chosen.select(session, actor)
        .join(Unit, H.unit_id == Unit.id)
        .join(OFF, H.off_person_id == OFF.id)
        .outerjoin(ON, H.on_person_id == ON.id)
        .with_only_columns(
            H.id.label("row_id"),
            H.shift_ends_at.label("sort_value"),
            Unit.short_name,
            Unit.name.label("unit_name"),
            OFF.name.label("off"),
            ON.name.label("on"),
            H.off_signed_at,
            H.on_signed_at,
            H.articles,
            matters.scalar_subquery().label("matters"),
        )
    )
    page = page_of(session, statement, ORDER, after=after, before=before, size=size)
    rows = [
        HandoverRow(
            r.row_id, r.short_name or r.unit_name, r.sort_value, r.off, r.off_signed_at, r.on or "",
            r.on_signed_at, r.matters, r.articles,
        )
        for r in page.rows
    ]  # fmt: skip
    return PageOf(rows, page.after, page.before)


@dataclass(frozen=True)
class MissingHandover:
    """A desk whose latest hand-over is not signed by both, an hour after its moment. `off_signed`: by one it is."""

    unit_id: int
    unit: str
    shift_ends_at: datetime
    off_signed: bool


def missing_handovers(
    session: Session, actor: Actor, now: datetime, *, only: int | None = None
) -> list[MissingHandover]:
    """Of the desks in scope that keep a log or have a published rota. Three statements, one where there is none."""
    kept = {
        unit_id: (label, min(moment for moment in (written, stood) if moment is not None))
        for unit_id, label, written, stood in session.execute(_desks(actor, now, only))
    }
    if not kept:
        return []
    hours = handover_hours(session, kept)
    owed = {unit_id: latest_owed(now, hours.get(unit_id, USUAL_HOURS)) for unit_id in kept}
    states = {
        (unit_id, moment): (off, on)
        for unit_id, moment, off, on in session.execute(
            select(H.unit_id, H.shift_ends_at, H.off_signed_at, H.on_signed_at).where(
                H.unit_id.in_(list(kept)), H.shift_ends_at >= now - timedelta(days=4)
            )
        )
    }
    found = []
    for unit_id, (label, since) in kept.items():
        off, on = states.get((unit_id, owed[unit_id]), (None, None))
        if on is None and since <= owed[unit_id]:
            found.append(MissingHandover(unit_id, label, owed[unit_id], off is not None))
    return found


def _desks(actor: Actor, now: datetime, only: int | None) -> Any:
    """(unit id, label, first line, first duty) of desks that are kept: what was imported tells of no desk kept here."""
    since = now - KEPT_WITHIN
    written = (
        select(func.min(DeskEntry.happened_at))
        .where(
            DeskEntry.unit_id == Unit.id,
            DeskEntry.happened_at >= since,
            DeskEntry.voided_at.is_(None),
            DeskEntry.import_batch_id.is_(None),
        )
        .scalar_subquery()
    )
    stood = (
        select(func.min(Duty.starts_at))
        .join(Roster, Duty.roster_id == Roster.id)
        .join(RosterScheme, Roster.scheme_id == RosterScheme.id)
        .where(
            Duty.unit_id == Unit.id,
            Duty.starts_at.between(since, now),
            in_force(),
            RosterScheme.kind.in_(DUTY_KINDS),
        )
        .scalar_subquery()
    )
    reach = [] if is_root(actor.scope_path) else [in_scope_of(actor, Unit.id)]
    whose = reach if only is None else [Unit.id == only]
    return (
        select(
            Unit.id,
            func.coalesce(func.nullif(Unit.short_name, ""), Unit.name).label("label"),
            written.label("written"),
            stood.label("stood"),
        )
        .where(
            Unit.path != "",
            Unit.category.not_in([c.value for c in VILLAGE_LEVEL]),
            or_(Unit.valid_to.is_(None), Unit.valid_to >= day_of(now)),
            or_(written.is_not(None), stood.is_not(None)),
            *whose,
        )
        .order_by(Unit.path)
    )
