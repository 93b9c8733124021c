"""来访: who is received where, how many come, and what is written down."""

import random
from collections import Counter
from datetime import date, datetime
from typing import Any

from actions.bulk_registers import VisitRow
from commands.demonstration.handling import handled
from commands.demonstration.matters import Matter, MatterSource
from commands.demonstration.moments import office_time, typed_at
from commands.demonstration.offices import County, Office
from commands.demonstration.seasons import day_weight, days
from rules.taxonomy import Purpose, ReceptionType, VisitKind

_BUREAU_SHARE, _TOWNSHIP_SHARE = 0.44, 0.38
_OUTREACH_SHARE = 0.06


class VisitPlanner:
    """Draws visits one after another; `now` is the real moment, naive UTC."""

    def __init__(
        self, rng: random.Random, county: County, category_ids: dict[str, int], today: date, now: datetime
    ) -> None:
        self._rng = rng
        self._county = county
        self._matters = MatterSource(rng, county)
        self._category_ids = category_ids
        self._today = today
        self._now = now

    def ordinary(self, day: date) -> VisitRow:
        """Somebody comes to the bureau, a township or a department on an office day."""
        matter, again = self._matters.come(day)
        unit = self._unit_for(matter)
        outreach = self._rng.random() < _OUTREACH_SHARE and unit.category is not self._county.bureau.category
        kind = ReceptionType.OUTREACH if outreach else ReceptionType.DAILY
        place = f"{matter.village.label}党群服务中心" if outreach else self._place(unit)
        return self._row(day, unit, matter, again, kind, place, self._rng.choice(unit.clerks))

    def before_leader(self, day: date, unit: Office, leader: str, place: str) -> VisitRow:
        """Somebody a leader receives; the bureau or the township writes it down."""
        matter, again = self._matters.come(day, accusations=False)
        clerk = self._rng.choice(unit.clerks)
        return self._row(day, unit, matter, again, ReceptionType.LEADER, place, (clerk[0], leader))

    def at_session(self, day: date, village: Office) -> VisitRow:
        matter, again = self._matters.come(day, village, accusations=False)
        place = f"{village.label}党群服务中心"
        return self._row(day, village, matter, again, ReceptionType.VILLAGE, place, village.clerks[0])

    def _unit_for(self, matter: Matter) -> Office:
        if matter.template.purpose is Purpose.ACCUSATION:
            return self._county.bureau
        chance = self._rng.random()
        if chance < _BUREAU_SHARE:
            return self._county.bureau
        if chance < _BUREAU_SHARE + _TOWNSHIP_SHARE:
            return matter.township
        return self._county.departments.get(matter.template.department, matter.township)

    def _place(self, unit: Office) -> str:
        if unit is self._county.bureau:
            return f"县信访局接访大厅{self._rng.choice('一二三四')}号窗口"
        return f"{unit.label}群众来访接待室"

    def _row(
        self,
        day: date,
        unit: Office,
        matter: Matter,
        again: bool,
        kind: ReceptionType,
        place: str,
        receptionist: tuple[int, str],
    ) -> VisitRow:
        received = office_time(self._rng)
        persons = self._persons(matter)
        anonymous = matter.template.purpose is Purpose.ACCUSATION and self._rng.random() < 0.3
        values: dict[str, Any] = {
            "unit_id": unit.id,
            "visit_date": day,
            "visit_time": received,
            "reception_type": kind.value,
            "place": place,
            "receptionist": receptionist[1],
            "registered_by_id": receptionist[0],
            "handler_id": receptionist[0],
            "registered_at": typed_at(self._rng, day, received, self._now),
            "persons": persons,
            "representatives": min(persons, 5)
            if persons < 5
            else self._rng.randint(max(2, len(matter.contacts)), 5),
            "involved_persons": persons * self._rng.randint(1, 6) if matter.is_group else None,
            "visit_kind": (VisitKind.REPEAT if again else VisitKind.FIRST).value,
            "category_id": self._category_ids[matter.template.category],
            "purpose": matter.template.purpose.value,
            "location_unit_id": (matter.village if self._rng.random() < 0.8 else matter.township).id,
            "accused_unit_id": matter.accused_unit.id if matter.accused_unit else None,
            "accused_text": matter.accused_text,
            "content": self._matters.told(matter, persons, again),
            "confidential": matter.confidential,
            "sealed": matter.template.purpose is Purpose.ACCUSATION,
            "anonymous": anonymous,
            **handled(self._rng, self._county, unit, matter, day, self._today),
        }
        return VisitRow(values, () if anonymous else [vars(c) for c in matter.contacts[:persons]])

    def _persons(self, matter: Matter) -> int:
        rng = self._rng
        if not matter.is_group:
            return max(rng.choices((1, 2, 3, 4), (68, 20, 8, 4))[0], min(len(matter.contacts), 4))
        least, most = rng.choices(((5, 9), (10, 20), (21, 50), (51, 110)), (62, 27, 9, 2))[0]
        return rng.randint(least, most)


def visits_by_day(rng: random.Random, first: date, last: date, count: int) -> Counter[date]:
    """How many ordinary visits come on each day."""
    every = [day for day in days(first, last)]
    weights = [day_weight(day) * rng.uniform(0.7, 1.3) for day in every]
    return Counter(rng.choices(every, weights, k=count))


def quarters(first: date, last: date) -> list[tuple[date, date]]:
    """Lots of about three months, both ends included."""
    starts = [first, *(d for d in days(first, last) if d.day == 1 and d.month % 3 == 1 and d > first)]
    ends = [*starts[1:], date.fromordinal(last.toordinal() + 1)]
    return [(a, date.fromordinal(b.toordinal() - 1)) for a, b in zip(starts, ends, strict=True)]
