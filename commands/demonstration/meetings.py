"""联席会议: the county's about one a month, each township's about three; most decisions carried out, some late, one chain."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_registers import MeetingRow, add_meetings
from commands.demonstration.moments import typed_at
from commands.demonstration.offices import County, Office
from commands.demonstration.plan import REASON, Plan, Say
from commands.demonstration.seasons import days, is_office_day
from commands.demonstration.texts import expand
from commands.demonstration.vocabulary import sentences
from models.base import new_uid
from models.organisation import Unit
from rules.roles import Actor

Values = dict[str, Any]

_SHORT, _GOES_UP, _UNDONE, _LATE, _FORGOTTEN = 0.12, 0.03, 0.15, 0.04, 0.035
_RECENT = timedelta(days=120)
_FRESH = timedelta(days=10)
"""So old a record may still wait for its head, and an answer for its reader."""


def fill_meetings(
    session: Session, actor: Actor, plan: Plan, county: County, units: Mapping[int, Unit], say: Say
) -> None:
    """Inside the caller's unit of work."""
    rows = MeetingPlanner(plan.rng("meetings"), county, plan).rows()
    add_meetings(session, actor=actor, now=plan.now, units=units, rows=rows, reason=REASON)
    say(f"联席会议 {len(rows)} 次，议定事项 {sum(len(row.decisions) for row in rows)} 件")


class MeetingPlanner:
    def __init__(self, rng: random.Random, county: County, plan: Plan) -> None:
        self._rng, self._county, self._plan = rng, county, plan
        self._departments = list(county.departments.values())

    def rows(self) -> list[MeetingRow]:
        """By day, the last ones still planned."""
        months = self._months()
        found = [row for month in months for row in self._month(month)]
        coming = [office for office in self._county.townships[:3] if office.clerks]
        found += [self._held(office, months[-1][-1], waits=True) for office in coming[:1]]
        found += [self._planned(office) for office in (self._county.bureau, *coming)]
        return sorted(found, key=lambda row: row.values["held_on"])

    def _months(self) -> list[list[date]]:
        """Office days of each month up to yesterday."""
        past = list(days(self._plan.first_day, self._plan.today - timedelta(days=1)))
        open_days = [day for day in past if is_office_day(day)]
        months = dict.fromkeys((day.year, day.month) for day in open_days)
        return [[day for day in open_days if (day.year, day.month) == month] for month in months]

    def _month(self, open_days: list[date]) -> list[MeetingRow]:
        share, rng = min(1.0, len(open_days) / 20), self._rng
        found = [self._held(self._county.bureau, rng.choice(open_days))]
        for office in self._county.townships:
            times = round((3 - (rng.random() < _SHORT)) * share)
            found += [self._held(office, day) for day in rng.sample(open_days, min(times, len(open_days)))]
        return found

    def _held(self, office: Office, day: date, *, waits: bool = False) -> MeetingRow:
        """`waits`: for its head, whatever the dice say."""
        rng = self._rng
        is_final = not waits and (day < self._plan.today - _FRESH or rng.random() < 0.5)
        goes_up = office is not self._county.bureau and rng.random() < _GOES_UP
        topics = rng.sample(sentences("meeting_topic"), rng.choice((1, 2, 2, 3)))
        items = [self._item(topic, office, day, goes_up and n == 0) for n, topic in enumerate(topics)]
        first = 2 if goes_up else 1
        decisions = [
            self._decision(office, day, place, is_final)
            for place in range(first, len(items) + 1)
            if rng.random() < 0.75
        ]
        values = self._head(office, day) | {"state": "minuted" if is_final else "held"}
        return MeetingRow(values, items, decisions, self._attendees(office, is_held=True))

    def _planned(self, office: Office) -> MeetingRow:
        day = self._plan.today + timedelta(days=self._rng.randint(2, 8))
        topics = self._rng.sample(sentences("meeting_topic"), 2)
        items = [self._plain_item(expand(topic, self._rng, {})) for topic in topics]
        values = self._head(office, day) | {"state": "planned"}
        return MeetingRow(values, items, (), self._attendees(office, is_held=False))

    def _head(self, office: Office, day: date) -> Values:
        leader = self._leader(office)
        return {
            "uid": new_uid(), "unit_id": office.id, "level": self._level(office), "kind": "joint", "title": "",
            "session_no": "", "held_on": day, "starts_at": time(self._rng.choice((9, 15)), 0),
            "place": f"{office.label}会议室", "convenor": "", "chair": f"{leader[2]}{leader[1]}", "topics": "",
            "told_decisions": None, "notes": "", "registered_by_id": office.clerks[0][0] if office.clerks else None,
            "registered_at": self._typed_at(day),
        }  # fmt: skip

    def _typed_at(self, day: date) -> datetime:
        return typed_at(
            self._rng, min(day, self._plan.today - timedelta(days=1)), time(17, 0), self._plan.now
        )

    def _level(self, office: Office) -> str:
        return "county" if office is self._county.bureau else "township"

    def _leader(self, office: Office) -> tuple[int, str, str]:
        heads = self._county.root.heads[-2:] if office is self._county.bureau else office.heads
        return heads[0] if heads else (0, "", "负责人")

    def _plain_item(self, title: str) -> Values:
        return {
            "title": title, "reporting_unit_id": None, "discussion": "", "outcome": None, "escalated_to": None,
            "escalated_on": None, "answered_on": None, "answer": "", "answer_read_at": None,
        }  # fmt: skip

    def _item(self, topic: str, office: Office, day: date, goes_up: bool) -> Values:
        rng = self._rng
        plain = self._plain_item(expand(topic, rng, {}))
        if not goes_up:
            outcome = rng.choices(("decided", "noted", "deferred"), (80, 15, 5))[0]
            return plain | {"outcome": outcome, "discussion": rng.choice(sentences("meeting_talk"))}
        back = day + timedelta(days=rng.randint(15, 40))
        answered = back if back <= self._plan.today else None
        is_news = back > self._plan.today - _FRESH
        return plain | {
            "outcome": "escalated", "discussion": rng.choice(sentences("meeting_above")), "escalated_to": "joint",
            "escalated_on": day, "answered_on": answered,
            "answer_read_at": self._plan.now if answered and not is_news else None,
            "answer": f"县联席会议：由{rng.choice(self._departments).label}牵头办理，{office.label}配合。" if answered else "",
        }  # fmt: skip

    def _decision(self, office: Office, day: date, place: int, is_final: bool) -> Values:
        rng = self._rng
        unit = self._responsible(office)
        allowed = rng.choice((10, 15, 20, 30))
        due, done = day + timedelta(days=allowed), day + timedelta(days=self._days_taken(allowed))
        is_done = is_final and done < self._plan.today and rng.random() >= self._share_undone(due)
        return {
            "item": place, "content": expand(rng.choice(sentences("meeting_decision")), rng, {}), "unit_id": unit.id,
            "person": unit.heads[0][2] if unit.heads else "村支书", "due_on": due, "done_on": done if is_done else None,
            "result": rng.choice(sentences("meeting_result")) if is_done else "",
            "evidence": f"{unit.label}信访卷宗" if is_done else "",
        }  # fmt: skip

    def _days_taken(self, allowed: int) -> int:
        """Nearly always within the limit."""
        rng = self._rng
        return allowed + rng.randint(1, 6) if rng.random() < _LATE else rng.randint(4, allowed)

    def _share_undone(self, due: date) -> float:
        """Some are still at work; of those whose limit is past a handful is left, none from long ago."""
        today = self._plan.today
        if due >= today:
            return _UNDONE
        return _FORGOTTEN if due > today - _RECENT else 0.0

    def _responsible(self, office: Office) -> Office:
        rng = self._rng
        if office is self._county.bureau:
            return rng.choice([*self._departments, *self._county.townships])
        return rng.choice(office.below) if office.below and rng.random() < 0.5 else office

    def _attendees(self, office: Office, *, is_held: bool) -> list[Values]:
        offices = self._departments[:5] if office is self._county.bureau else office.below[:4]
        return [
            {
                "unit_id": one.id, "name": "", "post": "负责人" if one.heads else "村支书", "part": "member",
                "presence": self._rng.choices(("present", "excused"), (94, 6))[0] if is_held else "open",
            }
            for one in offices
        ]  # fmt: skip
