"""特殊时段: the last National Day, a running period of the county, and one of a township for its villages."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from commands.demonstration.offices import County, Office
from commands.demonstration.plan import Plan
from commands.demonstration.seasons import days
from commands.demonstration.texts import expand
from commands.demonstration.vocabulary import sentences
from models.base import new_uid
from models.duty_desk import SpecialPeriod
from rules.special_periods import NOTHING_HAPPENED, due_at
from rules.taxonomy import VILLAGE_LEVEL

_LATE, _NEVER, _EVENTFUL = 0.03, 0.01, 0.06
REPORT_AT = time(17, 0)
DEMANDS = "各单位主要负责人带班，值班电话 24 小时畅通；每天报送当日情况，没有事件也要报，重大情况随时报。"

Values = dict[str, Any]


@dataclass(frozen=True)
class PlannedPeriod:
    period: SpecialPeriod
    reporters: Sequence[Office]


class PeriodPlanner:
    def __init__(self, rng: random.Random, county: County, plan: Plan) -> None:
        self._rng, self._county, self._plan = rng, county, plan

    def periods(self) -> list[PlannedPeriod]:
        today, county = self._plan.today, self._county
        year = today.year if today >= date(today.year, 10, 9) else today.year - 1
        below = [*county.departments.values(), *county.townships]
        township = county.townships[0]
        villages = [o for o in township.below if o.category in VILLAGE_LEVEL]
        running = (today - timedelta(days=3), today + timedelta(days=4))
        return [
            self._period(
                county.root, county.bureau, f"{year}年国庆节", date(year, 10, 1), date(year, 10, 8), below
            ),
            self._period(county.root, county.bureau, "安全生产集中值守", *running, below),
            self._period(township, township, "护林防火值守", *running, villages),
        ]

    def _period(
        self, unit: Office, by: Office, name: str, first: date, last: date, reporters: Sequence[Office]
    ) -> PlannedPeriod:
        period = SpecialPeriod(
            uid=new_uid(), unit_id=unit.id, name=name, first_day=first, last_day=last, report_at=REPORT_AT,
            demands=DEMANDS, doubled=unit is self._county.root and last < self._plan.today,
            declared_at=datetime.combine(first - timedelta(days=2), time(2, 0)), declared_by_id=by.clerks[0][0],
        )  # fmt: skip
        return PlannedPeriod(period, reporters)

    def reports(self, planned: PlannedPeriod) -> Iterator[Values]:
        """Up to now; most come in the last hours before the time asked for."""
        period = planned.period
        for day in days(period.first_day, min(period.last_day, self._plan.today)):
            for office in planned.reporters:
                reported_at = self._reported_at(day)
                if reported_at <= self._plan.now and self._rng.random() >= _NEVER:
                    yield self._report(period, office, day, reported_at)

    def _reported_at(self, day: date) -> datetime:
        late = self._rng.random() < _LATE
        minutes = self._rng.randint(5, 120) if late else -self._rng.randint(1, 8 * 60)
        return due_at(day, REPORT_AT) + timedelta(minutes=minutes)

    def _report(self, period: SpecialPeriod, office: Office, day: date, reported_at: datetime) -> Values:
        rng = self._rng
        eventful = rng.random() < _EVENTFUL
        leader = office.heads[0] if office.heads else None
        return {
            "period_id": period.id,
            "unit_id": office.id,
            "day": day,
            "events": 1 if eventful else 0,
            "content": expand(rng.choice(sentences("duty_event")), rng, {}) if eventful else NOTHING_HAPPENED,
            "leader": f"{leader[1]} {leader[2]}" if leader else "",
            "due_at": due_at(day, REPORT_AT),
            "reported_at": reported_at,
            "reported_by_id": office.clerks[0][0] if office.clerks else None,
        }
