"""What a leaver leaves behind in the rosters: duties to come, membership of rotas, swaps that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from models.organisation import Unit
from models.roster import Duty, DutySwap, RosterMember, RosterScheme
from models.staff import Account
from queries.duty_standing import standing_of
from queries.duty_swaps import OPEN, duties_in_force
from queries.roster_rows import slot_of
from rules.roster_conflicts import Replacement

MOST_PROPOSED = 8


@dataclass(frozen=True)
class DutiesLeft:
    """Numbers only, for the sentence of a hand-over."""

    duties: int = 0
    memberships: int = 0
    swaps: int = 0

    @property
    def words(self) -> str:
        """“值班 3 班、班次 1 套”; "" where there is nothing."""
        parts = (
            ("值班", self.duties, "班"),
            ("班次", self.memberships, "套"),
            ("调班申请", self.swaps, "份"),
        )
        return "、".join(f"{what} {count} {unit}" for what, count, unit in parts if count)


def coming_duties(session: Session, person_id: int, now: datetime) -> Sequence[Duty]:
    """Published ones that have not ended, the running one too, in order; one statement."""
    statement = duties_in_force().where(Duty.person_id == person_id, Duty.ends_at > now)
    return session.scalars(statement.order_by(Duty.starts_at, Duty.id)).all()


def memberships_on(session: Session, person_id: int, day: date) -> Sequence[RosterMember]:
    """Of rotas in use, that go on after a day."""
    statement = (
        select(RosterMember)
        .join(RosterScheme, RosterScheme.id == RosterMember.scheme_id)
        .where(
            RosterMember.person_id == person_id,
            RosterScheme.closed_at.is_(None),
            or_(RosterMember.last_day.is_(None), RosterMember.last_day > day),
        )
    )
    return session.scalars(statement.order_by(RosterMember.scheme_id)).all()


def rotas_of(session: Session, memberships: Sequence[RosterMember]) -> list[str]:
    """“柳溪镇 机关值班”, in the order of the memberships."""
    ids = [member.scheme_id for member in memberships]
    statement = select(RosterScheme.id, Unit.short_name, Unit.name, RosterScheme.name).join(
        Unit, Unit.id == RosterScheme.unit_id
    )
    found = {
        scheme_id: f"{short or long} {name}"
        for scheme_id, short, long, name in session.execute(statement.where(RosterScheme.id.in_(ids)))
    }
    return [found[scheme_id] for scheme_id in ids]


def open_swaps_with(session: Session, person_id: int) -> Sequence[DutySwap]:
    """Asked by him or of him, not decided yet."""
    statement = select(DutySwap).where(
        or_(DutySwap.person_id == person_id, DutySwap.other_person_id == person_id), DutySwap.state.in_(OPEN)
    )
    people = (joinedload(DutySwap.person), joinedload(DutySwap.other_person))
    return session.scalars(statement.options(*people, joinedload(DutySwap.duty)).order_by(DutySwap.id)).all()


def proposals(session: Session, duties: Sequence[Duty]) -> dict[int, list[Replacement]]:
    """Duty id → who may stand in, best first. A fixed number of statements for each roster, however many duties."""
    by_roster: dict[int, list[Duty]] = {}
    for duty in duties:
        by_roster.setdefault(duty.roster_id, []).append(duty)
    found = {}
    for group in by_roster.values():
        standing = standing_of(session, group, with_accounts=True)
        for duty in group:
            best = standing.replacements(slot_of(duty), duty.person_id)
            found[duty.id] = [one for one in best if one.person_id != duty.person_id][:MOST_PROPOSED]
    return found


def has_left() -> ColumnElement[bool]:
    """Condition on Duty: whoever stands in it had an account, and has none that is in use."""
    accounts = select(Account.id).where(Account.person_id == Duty.person_id)
    return accounts.exists() & ~accounts.where(Account.disabled_at.is_(None)).exists()
