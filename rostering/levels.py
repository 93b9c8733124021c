"""Everybody's account as a whole number that the solver can compare: `offset + step × duties chosen`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import gcd, lcm

from rostering.choices import Choices, Shift
from rules.roster import DUTY, PersonAccount
from rules.roster_accounts import accounts, circles, is_compared
from rules.roster_words import DayClass

CLASSES = (DayClass.SPRING_FESTIVAL, DayClass.HOLIDAY, DayClass.WEEKEND, DayClass.WORKDAY)
"""The dearest days first: fairness in an earlier class is never given up for a later one."""


@dataclass(frozen=True)
class Line:
    """One person's account of one class: `shifts` are the choices that add to it, each `weight` times `step`."""

    person_id: int
    day_class: DayClass
    offset: int
    step: int
    shifts: tuple[tuple[Shift, int], ...]
    is_compared: bool

    @property
    def key(self) -> tuple[int, DayClass]:
        return self.person_id, self.day_class

    @property
    def most(self) -> int:
        """The most that can be chosen, in weights: no more than one reckons with, often less."""
        return sum(weight for _, weight in self.shifts)

    def level(self, chosen: int) -> int:
        return self.offset + self.step * chosen


@dataclass(frozen=True)
class Levels:
    choices: Choices

    @cached_property
    def before_choosing(self) -> tuple[PersonAccount, ...]:
        """With what is fixed alone."""
        return accounts(self.choices.problem, self.choices.kept)

    @cached_property
    def circles(self) -> tuple[tuple[int, ...], ...]:
        places = {m.person_id: place for place, m in enumerate(self.choices.members)}
        return tuple(tuple(sorted(c, key=places.__getitem__)) for c in circles(self.choices.problem))

    @cached_property
    def lines(self) -> dict[tuple[int, DayClass], Line]:
        """By person and class; all numbers divided by what they have in common."""
        raw = {(a.person_id, c): self._line(a, c) for a in self._in_order() for c in CLASSES}
        common = gcd(*(n for line in raw.values() for n in (line.offset, line.step))) or 1
        return {key: _divided(line, common) for key, line in raw.items()}

    def compared(self, circle: Iterable[int], day_class: DayClass) -> list[Line]:
        lines = (self.lines[person_id, day_class] for person_id in circle)
        return [line for line in lines if line.is_compared]

    def compared_overall(self, circle: Iterable[int]) -> list[list[Line]]:
        """Each person's lines of all classes, to be added up."""
        people = (p for p in circle if any(self.lines[p, c].is_compared for c in CLASSES))
        return [[self.lines[p, c] for c in CLASSES] for p in people]

    def _in_order(self) -> list[PersonAccount]:
        held = {account.person_id: account for account in self.before_choosing}
        return [held[member.person_id] for member in self.choices.members]

    @cached_property
    def _choices_of(self) -> Mapping[tuple[int, DayClass], list[Shift]]:
        found: dict[tuple[int, DayClass], list[Shift]] = {}
        for shift, people in self.choices.allowed.items():
            for person_id in people:
                found.setdefault((person_id, self.choices.problem.classes[shift.day]), []).append(shift)
        return found

    @cached_property
    def _share_multiple(self) -> int:
        return lcm(*(member.share for member in self.choices.members))

    @cached_property
    def _common_weight(self) -> int:
        return gcd(*(post.weight for post in self.choices.problem.posts))

    def _line(self, account: PersonAccount, day_class: DayClass) -> Line:
        factor = self._share_multiple // account.share
        shifts = self._choices_of.get((account.person_id, day_class), [])
        posts, common = self.choices.problem.post_of, self._common_weight
        return Line(
            account.person_id,
            day_class,
            account.after[day_class] * factor,
            DUTY * factor * common,
            tuple((shift, posts[shift.post_id].weight // common) for shift in shifts),
            is_compared(account.due, day_class),
        )


def _divided(line: Line, common: int) -> Line:
    return Line(
        line.person_id,
        line.day_class,
        line.offset // common,
        line.step // common,
        line.shifts,
        line.is_compared,
    )
