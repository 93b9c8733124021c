"""Whose duty it is, who may take it, and which swaps wait for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from models.roster import Duty, DutySwap, Roster, RosterPost, RosterScheme
from models.staff import Account, Person
from queries.duty_answering import answers_for
from queries.duty_standing import Standing
from queries.register_filter import args_of, one_of
from queries.roster_rows import in_force, slot_of
from queries.scope import within
from rules.duty_changes import hindrances
from rules.duty_words import SwapState
from rules.errors import NotVisible
from rules.roles import Actor, Permission
from rules.roster import Conflict

FAR_AHEAD = timedelta(days=62)
"""Duties of others within this time are offered for a swap."""
OPEN = tuple(state.value for state in SwapState if state.is_open)
MOST_LISTED = 200

_WHOLE_DUTY = (
    joinedload(Duty.person),
    joinedload(Duty.original_person),
    joinedload(Duty.post).joinedload(RosterPost.at_unit),
    joinedload(Duty.unit),
    joinedload(Duty.roster).joinedload(Roster.scheme),
)
_WHOLE_SWAP = (
    joinedload(DutySwap.duty).options(*_WHOLE_DUTY),
    joinedload(DutySwap.other_duty).options(*_WHOLE_DUTY),
    joinedload(DutySwap.person),
    joinedload(DutySwap.other_person),
    joinedload(DutySwap.decided_by),
    joinedload(DutySwap.unit),
)


def published_duties() -> Select[Duty]:
    """Joined with their rosters, voided ones too; each with all that its line shows."""
    return (
        select(Duty).join(Roster, Roster.id == Duty.roster_id).where(Roster.edition > 0).options(*_WHOLE_DUTY)
    )


def duties_in_force() -> Select[Duty]:
    return published_duties().where(in_force())


def load_own_duty(session: Session, actor: Actor, duty_id: int) -> Duty:
    """A duty of a published roster in which the actor stands. Raises NotVisible."""
    return _one(session, Duty.id == duty_id, Duty.person_id == (actor.person_id or 0))


def load_managed_duty(session: Session, actor: Actor, duty_id: int) -> Duty:
    """A duty of a published roster of a unit whose rosters the actor publishes. Raises NotVisible."""
    if not actor.may(Permission.DUTY_PUBLISH):
        raise NotVisible("duty")
    return _one(session, Duty.id == duty_id, answers_for(actor, Duty.unit_id))


def duty_now(session: Session, duty_id: int) -> Duty | None:
    """Any duty of a published roster, as it stands: whoever has chosen it says which version."""
    return session.scalar(duties_in_force().where(Duty.id == duty_id))


def _one(session: Session, *conditions: ColumnElement[bool]) -> Duty:
    duty = session.scalar(duties_in_force().where(*conditions))
    if duty is None:
        raise NotVisible("duty")
    return duty


def swap_is_visible(actor: Actor) -> ColumnElement[bool]:
    """To the two people, and to who plans or publishes the unit's rosters."""
    own = or_(
        DutySwap.person_id == (actor.person_id or 0), DutySwap.other_person_id == (actor.person_id or 0)
    )
    plans = actor.may(Permission.DUTY_PLAN) or actor.may(Permission.DUTY_PUBLISH)
    if not plans or not actor.scope_path:
        return own if actor.may(Permission.DUTY_OWN) else false()
    return or_(own, within(DutySwap.unit_id, actor.scope_path))


def load_swap(session: Session, actor: Actor, swap_id: int) -> DutySwap:
    """With both duties and people. Raises NotVisible."""
    statement = select(DutySwap).where(DutySwap.id == swap_id, swap_is_visible(actor)).options(*_WHOLE_SWAP)
    swap = session.scalar(statement)
    if swap is None:
        raise NotVisible("duty_swap")
    return swap


def open_swaps_of(session: Session, duty_ids: Sequence[int]) -> Sequence[DutySwap]:
    """Those that are asked or accepted and concern one of the duties, on either side."""
    concerns = or_(DutySwap.duty_id.in_(duty_ids), DutySwap.other_duty_id.in_(duty_ids))
    statement = select(DutySwap).where(DutySwap.state.in_(OPEN), concerns).order_by(DutySwap.id)
    return session.scalars(statement.options(joinedload(DutySwap.person))).all()


def with_account(session: Session, people: Sequence[int]) -> frozenset[int]:
    """Those who can sign in and answer."""
    statement = select(Account.person_id).where(
        Account.person_id.in_(people), Account.disabled_at.is_(None), Account.role.is_not(None)
    )
    return frozenset(session.scalars(statement))


@dataclass(frozen=True)
class Offer:
    """A duty of somebody else that could be taken in exchange; `conflicts` speak against it without forbidding it."""

    duty: Duty
    conflicts: tuple[Conflict, ...]


def exchangeable(session: Session, duty: Duty, now: datetime) -> Sequence[Duty]:
    """Duties of others in the published rosters of the same scheme that have not ended and are in no open swap, by day."""
    asked, taken = aliased(DutySwap), aliased(DutySwap)
    statement = duties_in_force().where(
        Roster.scheme_id == duty.roster.scheme_id,
        Duty.id != duty.id,
        Duty.person_id.is_not(None),
        Duty.person_id != duty.person_id,
        Duty.ends_at > now,
        Duty.starts_at < max(now, duty.starts_at) + FAR_AHEAD,
        ~select(asked.id).where(asked.duty_id == Duty.id, asked.state.in_(OPEN)).exists(),
        ~select(taken.id).where(taken.other_duty_id == Duty.id, taken.state.in_(OPEN)).exists(),
    )
    return session.scalars(statement.order_by(Duty.starts_at, Duty.post_id, Duty.seat)).all()


def offers(standing: Standing, duty: Duty, others: Sequence[Duty], reachable: frozenset[int]) -> list[Offer]:
    """Of these, what no rule forbids, with people who can answer."""
    found = []
    for other in others:
        if other.person_id not in reachable:
            continue
        conflicts = standing.obstacles(exchange(duty, other))
        if not hindrances(conflicts):
            found.append(Offer(other, conflicts))
    return found


def exchange(duty: Duty, other: Duty) -> dict[Any, int]:
    """Each in the other's slot."""
    return {slot_of(duty): other.person_id or 0, slot_of(other): duty.person_id or 0}


@dataclass(frozen=True)
class SwapFilter:
    """Each field is one name of the query string."""

    state: str = "open"
    mine: bool = False

    @classmethod
    def from_args(cls, args: Any) -> Self:
        return cls(state=one_of(STATES, args.get("state", ""), "open"), mine=args.get("mine") == "1")

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    def select(self, actor: Actor) -> Select[DutySwap]:
        statement = select(DutySwap).where(swap_is_visible(actor))
        if self.mine:
            statement = statement.where(_own(actor))
        if self.state == "open":
            statement = statement.where(DutySwap.state.in_(OPEN))
        elif self.state != "all":
            statement = statement.where(DutySwap.state == self.state)
        return statement.order_by(DutySwap.id.desc())

    def sentence(self, count: int) -> str:
        whose = "我的" if self.mine else ""
        shown = f"{MOST_LISTED} 条以上，只列最近的" if count > MOST_LISTED else f"{count} 条"
        return f"{whose}调班，{STATES[self.state]}：{shown}。"


STATES = {"open": "办理中", "all": "全部"} | {state.value: state.label for state in SwapState}


def list_swaps(session: Session, actor: Actor, chosen: SwapFilter) -> Sequence[DutySwap]:
    """The latest first; one more than MOST_LISTED: there are more. One statement."""
    statement = chosen.select(actor).options(*_WHOLE_SWAP).limit(MOST_LISTED + 1)
    return session.scalars(statement).all()


def swaps_for(session: Session, actor: Actor, since: datetime) -> Sequence[DutySwap]:
    """The actor's own: open ones, and those answered or decided since a moment; the latest first."""
    lately = or_(DutySwap.decided_at >= since, DutySwap.answered_at >= since)
    statement = select(DutySwap).where(_own(actor), or_(DutySwap.state.in_(OPEN), lately))
    return session.scalars(statement.options(*_WHOLE_SWAP).order_by(DutySwap.id.desc()).limit(50)).all()


def _own(actor: Actor) -> ColumnElement[bool]:
    person_id = actor.person_id or 0
    return or_(DutySwap.person_id == person_id, DutySwap.other_person_id == person_id)


@dataclass(frozen=True)
class OwnDuty:
    """A duty of the actor, for the list; moments are naive UTC."""

    id: int
    day: date
    starts_at: datetime
    ends_at: datetime
    unit: str
    scheme: str
    post: str
    place: str
    assigned: str
    swap_id: int | None
    """An open swap that concerns it."""
    colleagues: tuple[str, ...] = ()


def own_duties(
    session: Session, person_id: int, *, ending_after: datetime, starting_before: datetime
) -> list[OwnDuty]:
    """By time, with who shares each one. Two statements."""
    statement = (
        duties_in_force()
        .where(Duty.person_id == person_id, Duty.ends_at > ending_after, Duty.starts_at < starting_before)
        .order_by(Duty.starts_at, Duty.id)
    )
    duties = session.scalars(statement).all()
    shared = sharing(session, duties)
    swaps = {i: s.id for s in open_swaps_of(session, [d.id for d in duties]) for i in _duties_of(s)}
    return [_own_duty(d, swaps.get(d.id), shared.get(d.id, ())) for d in duties]


def sharing(session: Session, duties: Sequence[Duty]) -> dict[int, tuple[str, ...]]:
    """Duty → `post name` of the others who stand in the same roster during it, by post. One statement."""
    if not duties:
        return {}
    statement = (
        select(Duty, Person.name, RosterPost.name)
        .join(Person, Person.id == Duty.person_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .where(Duty.roster_id.in_({d.roster_id for d in duties}), Duty.day.in_({d.day for d in duties}))
        .order_by(RosterPost.position, RosterPost.id, Duty.seat)
    )
    rows = session.execute(statement).all()
    return {d.id: tuple(f"{post} {name}" for other, name, post in rows if _meet(d, other)) for d in duties}


def _meet(duty: Duty, other: Duty) -> bool:
    same = other.roster_id == duty.roster_id and other.person_id != duty.person_id
    return same and other.starts_at < duty.ends_at and duty.starts_at < other.ends_at


def _duties_of(swap: DutySwap) -> tuple[int, ...]:
    return (swap.duty_id,) if swap.other_duty_id is None else (swap.duty_id, swap.other_duty_id)


def _own_duty(duty: Duty, swap_id: int | None, colleagues: tuple[str, ...]) -> OwnDuty:
    scheme: RosterScheme = duty.roster.scheme
    return OwnDuty(
        id=duty.id,
        day=duty.day,
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
        unit=duty.unit.label,
        scheme=scheme.name,
        post=duty.post.name,
        place=duty.post.place(scheme.place),
        assigned=duty.assigned,
        swap_id=swap_id,
        colleagues=colleagues,
    )


def waiting_for_answer(actor: Actor) -> ColumnElement[bool]:
    """Condition on DutySwap: the actor is asked."""
    return and_(DutySwap.other_person_id == (actor.person_id or 0), DutySwap.state == SwapState.ASKED.value)
