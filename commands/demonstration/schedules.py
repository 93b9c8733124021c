"""接访安排: the county's and some townships', from two months back to two months ahead."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from commands.demonstration.leader_days import PlannedReception
from commands.demonstration.offices import County, Office
from commands.demonstration.seasons import days, is_office_day
from commands.demonstration.vocabulary import rows
from rules.periods import Period, PeriodKind, period_of
from rules.taxonomy import LeaderReceptionMode

MONTHS_EITHER_WAY = 2
TOWNSHIPS = 4
_TOWNSHIP_DAYS_A_MONTH = 2
_PLANNED_BEFOREHAND = 0.94
_MADE_AHEAD = timedelta(days=5)
_STARTS_AT, _ENDS_AT = time(9, 0), time(11, 30)

Values = dict[str, Any]


class SchedulePlanner:
    """`telephones` are the offices', by unit id."""

    def __init__(
        self,
        rng: random.Random,
        county: County,
        telephones: Mapping[int, str],
        today: date,
        now: datetime,
    ) -> None:
        self._rng = rng
        self._county = county
        self._telephones = telephones
        self._today = today
        self._now = now
        self._roster = {row["post"]: row for row in rows("leaders")}
        self._offices = [county.root, *county.townships[:TOWNSHIPS]]

    def planned(self, held: Sequence[PlannedReception]) -> list[Values]:
        """Past days as they were held, but for a few; a day of each past month that nobody registered; days to come."""
        found = list(self._as_held(held))
        for month in _months(self._today):
            open_days = [d for d in days(month.start, month.end) if is_office_day(d)]
            found += self._coming([d for d in open_days if d >= self._today], len(open_days))
            found += self._missed(month, [d for d in open_days if d < self._today], found)
        return sorted(found, key=lambda values: (values["day"], values["unit_id"]))

    def _as_held(self, held: Sequence[PlannedReception]) -> Iterator[Values]:
        first, ids = _months(self._today)[0].start, {office.id for office in self._offices}
        for reception in held:
            values = reception.values
            if (
                values["unit_id"] in ids
                and reception.day >= first
                and self._rng.random() < _PLANNED_BEFOREHAND
            ):
                same = ("unit_id", "starts_at", "ends_at", "leader_id", "leader_name", "post", "portfolio")
                yield self._values(
                    reception.day, values["mode"], values["place"], **{n: values[n] for n in same}
                )

    def _missed(self, month: Period, open_days: list[date], present: list[Values]) -> Iterator[Values]:
        """The first leader of the county, on a day on which he has nothing else."""
        leader = self._county.root.heads[0]
        taken = {v["day"] for v in present if v["leader_id"] == leader[0]}
        free = [d for d in open_days if d not in taken]
        if free and month.end < self._today:
            yield self._day(self._rng.choice(free), self._county.root, leader)

    def _coming(self, open_days: list[date], of_month: int) -> Iterator[Values]:
        for office in self._offices:
            for leader in office.heads:
                a_month = self._days_a_month(office, leader)
                times = round(a_month * len(open_days) / max(1, of_month))
                for day in self._rng.sample(open_days, min(times, len(open_days))):
                    yield self._day(day, office, leader)

    def _days_a_month(self, office: Office, leader: tuple[int, str, str]) -> int:
        if office is not self._county.root:
            return _TOWNSHIP_DAYS_A_MONTH
        return int(self._roster[leader[2]]["receptions_a_month"])

    def _day(self, day: date, office: Office, leader: tuple[int, str, str]) -> Values:
        is_county = office is self._county.root
        portfolio = self._roster[leader[2]]["portfolio"] if is_county else "分管信访工作"
        place = "县信访局领导接访室" if is_county else f"{office.label}群众来访接待室"
        return self._values(
            day, LeaderReceptionMode.FIXED.value, place, unit_id=office.id, starts_at=_STARTS_AT,
            ends_at=_ENDS_AT, leader_id=leader[0], leader_name=leader[1], post=leader[2], portfolio=portfolio,
        )  # fmt: skip

    def _values(self, day: date, mode: str, place: str, **values: Any) -> Values:
        office = self._county.bureau if values["unit_id"] == self._county.root.id else None
        unit_id = office.id if office else values["unit_id"]
        made = datetime.combine(day.replace(day=1) - _MADE_AHEAD, time(2, 30))
        return values | {
            "day": day,
            "mode": mode,
            "place": place,
            "telephone": self._telephones[unit_id],
            "notes": "",
            "registered_at": min(made, self._now.replace(microsecond=0)),
            "registered_by_id": self._clerk(unit_id),
        }

    def _clerk(self, unit_id: int) -> int | None:
        by_id = {office.id: office for office in [self._county.bureau, *self._offices]}
        clerks = by_id[unit_id].clerks
        return clerks[0][0] if clerks else None


def _months(today: date) -> list[Period]:
    """The month of a day with those around it."""
    found = [period_of(today, PeriodKind.MONTH)]
    for _ in range(MONTHS_EITHER_WAY):
        found.insert(0, found[0].previous())
        found.append(period_of(found[-1].end + timedelta(days=1), PeriodKind.MONTH))
    return found
