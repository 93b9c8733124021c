"""Two years of the three registers, drawn day by day and written in lots of a quarter."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.bulk_petitions import add_petitions
from actions.bulk_registers import (
    ReceptionRow,
    SessionRow,
    VisitRow,
    add_receptions,
    add_scheduled,
    add_sessions,
    add_visits,
)
from commands.demonstration.leader_days import PlannedReception, ReceptionPlanner
from commands.demonstration.offices import County
from commands.demonstration.petitions import PetitionPlanner
from commands.demonstration.plan import REASON, Plan, Say
from commands.demonstration.schedules import SchedulePlanner
from commands.demonstration.sessions import PlannedSession, SessionPlanner
from commands.demonstration.visits import VisitPlanner, quarters, visits_by_day
from models.category import Category
from models.organisation import Unit
from rules.roles import Actor
from web.clock import local

Occasion = PlannedSession | PlannedReception


@dataclass
class _Lot:
    """Visits of a quarter in the order of their days, and what some of them are linked to."""

    visits: list[VisitRow] = field(default_factory=list)
    occasions: list[tuple[int, Occasion]] = field(default_factory=list)
    """(position of the visit, its session or reception)"""


class Registers:
    def __init__(
        self, session: Session, actor: Actor, plan: Plan, county: County, units: Mapping[int, Unit]
    ) -> None:
        self._session, self._actor, self._units, self._plan = session, actor, units, plan
        codes = {code: id_ for code, id_ in session.execute(select(Category.code, Category.id))}
        self._visits = VisitPlanner(plan.rng("visits"), county, codes, plan.today, plan.now)
        self._sessions = SessionPlanner(plan.rng("sessions"), county.villages, plan.now)
        self._receptions = ReceptionPlanner(plan.rng("leaders"), county, plan.today, plan.now)
        telephones = {id_: unit.telephone for id_, unit in units.items()}
        self._schedules = SchedulePlanner(plan.rng("schedules"), county, telephones, plan.today, plan.now)
        self._petitions = PetitionPlanner(plan.rng("petitions"), county, codes, plan)
        self._by_day = visits_by_day(plan.rng("days"), plan.first_day, plan.today, plan.size.visits)

    def fill(self, say: Say) -> None:
        """Sessions and receptions up to yesterday, visits up to this hour; then what leaders had and have planned."""
        held: list[PlannedReception] = []
        yesterday = self._plan.today - timedelta(days=1)
        for first, last in quarters(self._plan.first_day, self._plan.today):
            sessions = self._sessions.between(first, min(last, yesterday))
            receptions = self._receptions.between(first, min(last, yesterday))
            held += receptions
            lot = self._draw(first, last, [*sessions, *receptions])
            self._write(lot, sessions, receptions)
            say(
                f"{first} 至 {last}：来访 {len(lot.visits)} 批，村级接访 {len(sessions)} 场，领导接访 {len(receptions)} 次"
            )

        planned = self._schedules.planned(held)
        add_scheduled(self._session, actor=self._actor, now=self._plan.now, rows=planned, reason=REASON)
        say(f"接访安排 {len(planned)} 次")
        petitions = self._petitions.rows()
        add_petitions(
            self._session,
            actor=self._actor,
            now=self._plan.now,
            units=self._units,
            rows=petitions,
            reason=REASON,
        )
        say(f"信访事项 {len(petitions)} 件")

    def _draw(self, first: date, last: date, occasions: list[Occasion]) -> _Lot:
        on: dict[date, list[Occasion]] = defaultdict(list)
        for occasion in occasions:
            on[occasion.day].append(occasion)
        lot = _Lot()
        for day in sorted(d for d in {*self._by_day, *on} if first <= d <= last):
            for row, occasion in self._day(day, on[day]):
                if occasion is not None:
                    lot.occasions.append((len(lot.visits), occasion))
                lot.visits.append(row)
        return lot

    def _day(self, day: date, occasions: list[Occasion]) -> list[tuple[VisitRow, Occasion | None]]:
        """In the order of their hours; of today only what has been by now."""
        drawn: list[tuple[VisitRow, Occasion | None]] = [
            (self._visits.ordinary(day), None) for _ in range(self._by_day[day])
        ]
        drawn += [(row, occasion) for occasion in occasions for row in self._received_at(occasion)]
        if day == self._plan.today:
            hour = local(self._plan.now).time()
            drawn = [one for one in drawn if one[0].values["visit_time"] < hour]
        return sorted(drawn, key=lambda one: one[0].values["visit_time"])

    def _received_at(self, occasion: Occasion) -> Iterator[VisitRow]:
        for _ in range(occasion.registered_visits):
            if isinstance(occasion, PlannedSession):
                yield self._visits.at_session(occasion.day, occasion.village)
            else:
                yield self._visits.before_leader(
                    occasion.day, occasion.registering, occasion.leader, occasion.place
                )

    def _write(self, lot: _Lot, sessions: list[PlannedSession], receptions: list[PlannedReception]) -> None:
        session, how = self._session, {"actor": self._actor, "now": self._plan.now, "units": self._units}
        ids = add_visits(session, rows=lot.visits, reason=REASON, **how)
        linked: dict[int, list[int]] = defaultdict(list)
        for position, occasion in lot.occasions:
            linked[id(occasion)].append(ids[position])
        add_sessions(
            session,
            rows=[SessionRow(s.values, s.matters, linked[id(s)]) for s in sessions],
            reason=REASON,
            **how,
        )
        add_receptions(
            session,
            rows=[ReceptionRow(r.values, r.promises, linked[id(r)]) for r in receptions],
            reason=REASON,
            **how,
        )
