"""领导接访: county leaders by their roster, township leaders about once in five weeks."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from commands.demonstration.moments import typed_at
from commands.demonstration.offices import County, Office
from commands.demonstration.seasons import days, is_office_day
from commands.demonstration.texts import expand
from commands.demonstration.vocabulary import rows, sentences
from rules.taxonomy import LeaderReceptionMode

_TOWNSHIP_RECEPTIONS_A_MONTH = 10 / 12
_MODES = (
    LeaderReceptionMode.FIXED, LeaderReceptionMode.APPOINTMENT, LeaderReceptionMode.DOWN_WITH_CASE,
    LeaderReceptionMode.OUTREACH,
)  # fmt: skip
_MODE_CHANCES = (60, 15, 12, 13)
_BUSY_DEPARTMENTS = ("住建局", "自然资源局", "人社局", "农业农村局", "民政局", "公安局", "教体局", "城管局")


@dataclass
class PlannedReception:
    day: date
    registering: Office
    """Who writes down the visits that the leader receives."""
    leader: str
    place: str
    values: dict[str, Any]
    promises: list[dict[str, Any]] = field(default_factory=list)
    registered_visits: int = 0


class ReceptionPlanner:
    def __init__(self, rng: random.Random, county: County, today: date, now: datetime) -> None:
        self._rng = rng
        self._county = county
        self._today = today
        self._now = now
        self._departments = [county.departments[name] for name in _BUSY_DEPARTMENTS]
        self._roster = {row["post"]: row for row in rows("leaders")}

    def between(self, first: date, last: date) -> list[PlannedReception]:
        """By day; each month each leader's number of receptions on different office days."""
        found = []
        for month in sorted({(d.year, d.month) for d in days(first, last)}):
            open_days = [d for d in days(first, last) if (d.year, d.month) == month and is_office_day(d)]
            found += self._month(open_days)
        return sorted(found, key=lambda planned: planned.day)

    def _month(self, open_days: list[date]) -> list[PlannedReception]:
        share = len(open_days) / 21
        found = []
        for leader in self._county.root.heads:
            times = self._times(int(self._roster[leader[2]]["receptions_a_month"]) * share)
            found += [self._county_leader(day, leader) for day in self._days(open_days, times)]
        for township in self._county.townships:
            times = self._times(_TOWNSHIP_RECEPTIONS_A_MONTH * share)
            found += [self._township_leader(day, township) for day in self._days(open_days, times)]
        return found

    def _times(self, expected: float) -> int:
        return int(expected) + (self._rng.random() < expected % 1)

    def _days(self, open_days: list[date], times: int) -> list[date]:
        return self._rng.sample(open_days, min(times, len(open_days)))

    def _county_leader(self, day: date, leader: tuple[int, str, str]) -> PlannedReception:
        portfolio = self._roster[leader[2]]["portfolio"]
        place, companions = "县信访局领导接访室", f"县信访局{self._rng.choice(self._county.bureau.clerks)[1]}"
        batches = self._rng.choices((0, 1, 2, 3, 4), (4, 22, 36, 26, 12))[0]
        return self._reception(
            day, self._county.root, self._county.bureau, leader, portfolio, place, companions, batches, 0.5
        )

    def _township_leader(self, day: date, township: Office) -> PlannedReception:
        batches = self._rng.choices((0, 1, 2, 3), (22, 46, 24, 8))[0]
        place, companions = f"{township.label}群众来访接待室", f"{township.label}{township.clerks[0][1]}"
        leader = township.heads[0]
        return self._reception(
            day, township, township, leader, "分管信访工作", place, companions, batches, 0.35
        )

    def _reception(
        self, day: date, unit: Office, registering: Office, leader: tuple[int, str, str], portfolio: str, place: str,
        companions: str, batches: int, registered_share: float,
    ) -> PlannedReception:  # fmt: skip
        rng = self._rng
        starts = time(rng.choice((8, 9, 9, 15)), rng.choice((0, 30)))
        promises = [self._promise(day, registering) for _ in range(batches) if rng.random() < 0.6]
        values = {
            "unit_id": unit.id,
            "reception_date": day,
            "starts_at": starts,
            "ends_at": time(starts.hour + 2, starts.minute),
            "leader_id": leader[0],
            "leader_name": leader[1],
            "post": leader[2],
            "portfolio": portfolio,
            "mode": rng.choices(_MODES, _MODE_CHANCES)[0].value,
            "place": place,
            "companions": companions,
            "batches": batches,
            "persons": sum(rng.choices((1, 2, 3, 6), (50, 30, 14, 6))[0] for _ in range(batches)),
            "solved": sum(rng.random() < 0.36 for _ in range(batches)),
            "notes": rng.choice(sentences("reception_note")),
            "registered_by_id": registering.clerks[0][0],
            "registered_at": typed_at(rng, day, time(17, 0), self._now),
        }
        registered = sum(rng.random() < registered_share for _ in range(batches))
        return PlannedReception(day, registering, leader[1], place, values, promises, registered)

    def _promise(self, day: date, registering: Office) -> dict[str, Any]:
        own = (
            registering
            if registering is not self._county.bureau
            else self._rng.choice(self._county.townships)
        )
        responsible = own if self._rng.random() < 0.4 else self._rng.choice(self._departments)
        due = day + timedelta(days=self._rng.choice((15, 20, 30, 45)))
        done = day + timedelta(days=self._rng.randint(5, 40))
        completed = done if done <= self._today and self._rng.random() < 0.94 else None
        return {
            "summary": expand(self._rng.choice(sentences("promise")), self._rng, {"unit": responsible.label}),
            "responsible_unit_id": responsible.id,
            "due_date": due,
            "completed_on": completed,
            "result": self._rng.choice(sentences("promise_result")) if completed else "",
        }
