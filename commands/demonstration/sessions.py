"""村级接访: each Wednesday in each village, mostly without a visitor."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from commands.demonstration.moments import typed_at
from commands.demonstration.names import person_name
from commands.demonstration.offices import Office
from commands.demonstration.seasons import WEDNESDAY, days, is_holiday
from commands.demonstration.texts import expand
from commands.demonstration.vocabulary import sentences
from rules.taxonomy import Outcome, SessionMode

HELD_SHARE = 0.97
_REGISTERED_APART = 0.6
"""Of the matters heard in a village with an account, so many are also registered as visits."""

_MODES = (SessionMode.VISITORS, SessionMode.CASE_TALK, SessionMode.TALK, SessionMode.CHECK)
_MODE_CHANCES = (9, 13, 30, 48)
_PARTS = (Outcome.SOLVED, Outcome.COMMITTED, Outcome.ESCALATED)
_PART_CHANCES = (913, 82, 5)


@dataclass
class PlannedSession:
    village: Office
    day: date
    values: dict[str, Any]
    matters: list[dict[str, Any]] = field(default_factory=list)
    registered_visits: int = 0
    """How many of its matters are also registered as visits."""


class SessionPlanner:
    def __init__(self, rng: random.Random, villages: list[Office], now: datetime) -> None:
        self._rng = rng
        self._villages = villages
        self._now = now
        self._diligence = {v.id: min(1.0, rng.gauss(HELD_SHARE + 0.005, 0.02)) for v in villages}
        self._attendees = {v.id: self._who_attends(v) for v in villages}

    def between(self, first: date, last: date) -> list[PlannedSession]:
        """Every Wednesday of every village, less the few that were missed."""
        return [
            self._session(village, day)
            for day in days(first, last) if day.weekday() == WEDNESDAY
            for village in self._villages
            if self._rng.random() < self._diligence[village.id] - (0.12 if is_holiday(day) else 0)
        ]  # fmt: skip

    def _who_attends(self, village: Office) -> str:
        names = [person_name(self._rng) for _ in range(2)]
        return f"驻村干部{names[0]}、村干部{village.clerks[0][1]}、第一书记{names[1]}"

    def _session(self, village: Office, day: date) -> PlannedSession:
        mode = self._rng.choices(_MODES, _MODE_CHANCES)[0]
        parts = self._parts() if mode is SessionMode.VISITORS else {}
        values: dict[str, Any] = {
            "unit_id": village.id,
            "session_date": day,
            "mode": mode.value,
            "attendees": self._attendees[village.id],
            "notes": "" if parts else expand(self._rng.choice(sentences(mode.value)), self._rng, {}),
            "registered_by_id": village.clerks[0][0],
            "registered_at": typed_at(self._rng, day, time(15, self._rng.randint(0, 59)), self._now),
            **_sums(parts),
        }
        planned = PlannedSession(
            village, day, values, [self._matter(part, day) for part in parts for _ in parts[part]]
        )
        if village.has_account:
            planned.registered_visits = sum(self._rng.random() < _REGISTERED_APART for _ in planned.matters)
        return planned

    def _parts(self) -> dict[Outcome, list[int]]:
        """Persons of each batch, by what became of it."""
        found: dict[Outcome, list[int]] = {part: [] for part in _PARTS}
        for _ in range(self._rng.choices((1, 2, 3), (72, 21, 7))[0]):
            part = self._rng.choices(_PARTS, _PART_CHANCES)[0]
            found[part].append(self._rng.choices((1, 2, 3, 5), (58, 28, 11, 3))[0])
        return found

    def _matter(self, part: Outcome, day: date) -> dict[str, Any]:
        due = day + timedelta(days=self._rng.choice((7, 10, 15, 30))) if part is Outcome.COMMITTED else None
        summary = expand(self._rng.choice(sentences("session_matter")), self._rng, {})
        return {"summary": summary, "disposition": part.value, "due_date": due}


def _sums(parts: dict[Outcome, list[int]]) -> dict[str, int]:
    """The columns of the totals; the three parts add up to the whole."""
    sums = {}
    for part in _PARTS:
        persons = parts.get(part, [])
        sums[f"{part.value}_batches"], sums[f"{part.value}_persons"] = len(persons), sum(persons)
    return {
        "batches": sum(n for name, n in sums.items() if name.endswith("batches")),
        "persons": sum(n for name, n in sums.items() if name.endswith("persons")),
        **sums,
    }
