"""值班信息 and 工作指令 of two years at the county's desk: nearly all are answered in time, the latest still run."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from commands.demonstration.moments import typed_at
from commands.demonstration.offices import County, Office
from commands.demonstration.places import CITY_BUREAU
from commands.demonstration.plan import Plan
from commands.demonstration.seasons import days
from commands.demonstration.texts import expand
from commands.demonstration.vocabulary import sentences
from models.base import new_uid
from rules.desk_words import EntryMode
from rules.duty_messages import MessageKind, is_finished
from rules.office_time import OFFICE_OFFSET

INFORMATION_A_YEAR, INSTRUCTIONS_A_YEAR = 650, 180
_LATE = 0.015
_ASKS_FOR_ANSWER = 0.55
_HOURS = (2, 4, 8, 24)
_MODES = (EntryMode.TELEPHONE, EntryMode.SYSTEM, EntryMode.FAX)
_MODE_CHANCES = (55, 35, 10)

Values = dict[str, Any]


class MessagePlanner:
    """Draws rows of DeskEntry in the order in which they came; nothing of them lies after now."""

    def __init__(self, rng: random.Random, county: County, plan: Plan) -> None:
        self._rng, self._county, self._now = rng, county, plan.now.replace(second=0, microsecond=0)
        self._days = list(days(plan.first_day, plan.today))
        self._offices = [*county.townships, *county.departments.values()]
        self._above = (county.root, county.by_code[CITY_BUREAU])

    def rows(self) -> list[Values]:
        years = len(self._days) / 365
        drawn = [self._information(moment) for moment in self._moments(round(INFORMATION_A_YEAR * years))]
        drawn += [self._instruction(moment) for moment in self._moments(round(INSTRUCTIONS_A_YEAR * years))]
        return sorted(drawn, key=lambda row: row["happened_at"])

    def _moments(self, number: int) -> list[datetime]:
        found = [self._moment(day) for day in self._rng.choices(self._days, k=number)]
        return [moment for moment in found if moment <= self._now]

    def _moment(self, day: date) -> datetime:
        """Most by day, some in the night."""
        hour = self._rng.randint(8, 18) if self._rng.random() < 0.8 else self._rng.randint(0, 23)
        return datetime.combine(day, time(hour, self._rng.randint(0, 59))) - OFFICE_OFFSET

    def _information(self, happened_at: datetime) -> Values:
        rng = self._rng
        source = rng.choice(self._offices) if rng.random() < 0.8 else rng.choice(self._above)
        responsible = source if source in self._offices and rng.random() < 0.7 else None
        due_at = (
            happened_at + timedelta(hours=rng.choice(_HOURS)) if rng.random() < _ASKS_FOR_ANSWER else None
        )
        return self._row(MessageKind.INFORMATION, happened_at, source, responsible, due_at)

    def _instruction(self, happened_at: datetime) -> Values:
        responsible = self._rng.choice(self._offices) if self._rng.random() < 0.9 else None
        if self._rng.random() < 0.3:
            due_at = happened_at + timedelta(hours=self._rng.choice(_HOURS))
        else:
            later = (happened_at + OFFICE_OFFSET).date() + timedelta(days=self._rng.randint(1, 3))
            due_at = datetime.combine(later, time(17, 0)) - OFFICE_OFFSET
        return self._row(
            MessageKind.INSTRUCTION, happened_at, self._rng.choice(self._above), responsible, due_at
        )

    def _row(
        self, kind: MessageKind, happened_at: datetime, source: Office, responsible: Office | None,
        due_at: datetime | None,
    ) -> Values:  # fmt: skip
        rng, desk = self._rng, self._county.bureau
        local = happened_at + OFFICE_OFFSET
        about = responsible or (desk if kind is MessageKind.INSTRUCTION else self._told_by(source))
        replied_at = self._replied_at(happened_at, due_at)
        done = is_finished(kind.value, due_at, replied_at)
        return {
            "uid": new_uid(),
            "unit_id": desk.id,
            "happened_at": happened_at,
            "kind": kind.value,
            "mode": rng.choices(_MODES, _MODE_CHANCES)[0].value,
            "source_unit_id": source.id,
            "content": expand(rng.choice(sentences(f"duty_{kind.value}")), rng, {"unit": about.label}),
            "responsible_unit_id": responsible.id if responsible else None,
            "due_at": due_at,
            "replied_at": replied_at,
            "reply": "已办理，情况已报送。" if replied_at else "",
            "done_at": (replied_at or happened_at) if done else None,
            "registered_by_id": rng.choice(desk.clerks)[0],
            "registered_at": typed_at(rng, local.date(), local.time(), self._now),
        }

    def _told_by(self, source: Office) -> Office:
        """Whom information is about: who sent it, or one of the offices of which somebody above tells."""
        return source if source in self._offices else self._rng.choice(self._offices)

    def _replied_at(self, happened_at: datetime, due_at: datetime | None) -> datetime | None:
        """Somewhere before the hour asked for, now and then after it; not yet where that has not come."""
        if due_at is None:
            return None
        minutes = int((due_at - happened_at).total_seconds() // 60)
        late = self._rng.random() < _LATE
        taken = minutes + self._rng.randint(5, 300) if late else self._rng.randint(minutes // 4, minutes)
        replied_at = happened_at + timedelta(minutes=taken)
        return replied_at if replied_at <= self._now else None
