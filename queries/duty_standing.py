"""Published rosters as they stand after every change, in the plain form that the rules of rosters read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.roster import Duty, RosterScheme
from queries.roster_problem import Rota, engagement
from queries.roster_rows import slot_of
from rules.roster import Conflict, Engagement, RosterProblem, Slot
from rules.roster_conflicts import Replacement, RosterBook, replacements
from rules.roster_rules import is_part


@dataclass(frozen=True)
class Standing:
    """The rosters that hold some duties, and what binds their people besides. One problem of the rules for them all."""

    problem: RosterProblem
    assigned: Mapping[Slot, int]
    deputy_of: Mapping[int, int]
    """Person → who is asked first (AB岗)."""
    parts: tuple[tuple[Slot, Engagement], ...] = ()
    """Divided duties: what their other holders stood, by the seat that was divided."""

    def obstacles(self, moves: Mapping[Slot, int]) -> tuple[Conflict, ...]:
        """What would speak against these people in these slots, all moved at once."""
        book = RosterBook(self._problem_but_for(moves), {**self.assigned, **moves})
        found = (c for slot, person_id in moves.items() for c in book.obstacles(slot, person_id))
        return tuple({conflict.text: conflict for conflict in found}.values())

    def _problem_but_for(self, moves: Mapping[Slot, int]) -> RosterProblem:
        """Who comes back to a duty is not hindered by having stood in it before."""
        parts = tuple(part for slot, part in self.parts if slot not in moves)
        if not parts:
            return self.problem
        return replace(self.problem, engagements=(*self.problem.engagements, *parts))

    def replacements(self, slot: Slot, holder_id: int | None) -> tuple[Replacement, ...]:
        """Who may stand in, best first: AB岗, then the smallest account."""
        return replacements(
            self._problem_but_for({slot: 0}), self.assigned, slot, self.deputy_of.get(holder_id or 0)
        )


def standing_of(session: Session, duties: Sequence[Duty], *, with_accounts: bool = False) -> Standing:
    """Duties of one scheme. A fixed number of statements, whatever the number of people and days."""
    rota, rosters = Rota(session, duties[0].roster.scheme_id), {duty.roster_id for duty in duties}
    rows = _rows(session, rosters)
    whole = [duty for duty in rows if not is_part(duty.seat)]
    days = [duty.day for duty in rows]
    problem = rota.problem(
        [slot_of(duty) for duty in whole], (), min(days), max(days), rosters, with_accounts=with_accounts
    )
    assigned = {slot_of(duty): duty.person_id for duty in whole if duty.person_id is not None}
    deputies = {m.person_id: m.deputy_id for m in rota.scheme.members if m.deputy_id is not None}
    return Standing(problem, assigned, deputies, tuple(_parts(rota.scheme, rows)))


def _rows(session: Session, rosters: set[int]) -> Sequence[Duty]:
    statement = select(Duty).where(Duty.roster_id.in_(rosters))
    return session.scalars(statement.order_by(Duty.day, Duty.post_id, Duty.seat)).all()


def _parts(scheme: RosterScheme, rows: Sequence[Duty]) -> Iterator[tuple[Slot, Engagement]]:
    for duty in rows:
        if is_part(duty.seat) and duty.person_id is not None:
            yield slot_of(duty), engagement(duty.person_id, duty.starts_at, duty.ends_at, scheme.name)
