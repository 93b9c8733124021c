"""The rules that a plan never breaks, as constraints of a CP-SAT model."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from ortools.sat.python import cp_model

from rostering.choices import Choices, Shift
from rules.roster import Pair
from rules.roster_checks import binds

ONE_DAY = timedelta(days=1)
Expression = cp_model.LinearExpr | int


class HardModel:
    """One 0-1 variable for each person and shift that may be chosen; `empty` counts the seats left over."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.model = cp_model.CpModel()
        self.taken: dict[tuple[Shift, int], cp_model.IntVar] = {}
        self.shifts_of: dict[int, list[Shift]] = {}
        self._shifts_on: dict[tuple[int, date], list[Shift]] = {}
        self.empty: dict[Shift, cp_model.IntVar] = {}
        self.broken: list[cp_model.IntVar] = []
        """Pairs torn apart by what is fixed: one is fixed on a day on which the other cannot be."""
        self._on_duty: dict[tuple[int, date], Expression] = {}
        self._add_seats()
        self._add_times()
        self._add_rows()
        self._add_pairs()

    def _add_seats(self) -> None:
        for shift, people in self.choices.allowed.items():
            seats = len(self.choices.free[shift])
            for person_id in people:
                self.taken[shift, person_id] = self.model.new_bool_var("")
                self.shifts_of.setdefault(person_id, []).append(shift)
                self._shifts_on.setdefault((person_id, shift.day), []).append(shift)
            self.empty[shift] = self.model.new_int_var(0, seats, "")
            here = [self.taken[shift, person_id] for person_id in people]
            self.model.add(sum(here) + self.empty[shift] == seats)

    def _add_times(self) -> None:
        for person_id, shifts in self.shifts_of.items():
            for crowd in self._crowds(shifts):
                self.model.add_at_most_one(self.taken[shift, person_id] for shift in crowd)

    def _crowds(self, shifts: list[Shift]) -> Iterator[tuple[Shift, ...]]:
        """Sets of shifts that exclude each other: those that some moment lies in, with the rest after them. Each shift is
        looked at only beside those that are not over when it begins."""
        rest = self.choices.problem.limits.rest_hours * 60
        duty_of, place = self.choices.duty_of, {shift: place for place, shift in enumerate(shifts)}
        present: list[Shift] = []
        by_time = sorted(shifts, key=lambda shift: duty_of[shift].begins)
        for moment, begun in groupby(by_time, key=lambda shift: duty_of[shift].begins):
            present = [*(s for s in present if moment < duty_of[s].ends + rest), *begun]
            if len(present) > 1:
                yield tuple(sorted(present, key=place.__getitem__))

    def _add_rows(self) -> None:
        most = self.choices.problem.limits.most_in_row
        if not most:
            return
        for person_id, shifts in self.shifts_of.items():
            kept = self.choices.kept_days.get(person_id, set())
            chosen = {shift.day for shift in shifts} - kept
            starts = {day - n * ONE_DAY for day in chosen for n in range(most + 1)}
            for start in sorted(starts):
                window = [start + n * ONE_DAY for n in range(most + 1)]
                on_duty = [self.on_duty(person_id, day) for day in window if day in chosen]
                spare = most - sum(day in kept for day in window)
                if len(on_duty) > spare:
                    self.model.add(sum(on_duty) <= spare)

    def _add_pairs(self) -> None:
        days = sorted({shift.day for shift in self.empty})
        for pair in self.choices.problem.pairs:
            for day in days:
                if binds(self.choices.problem, pair, day):
                    (self._add_together if pair.together else self._add_apart)(pair, day)

    def _add_apart(self, pair: Pair, day: date) -> None:
        a, b = self.on_duty(pair.a, day), self.on_duty(pair.b, day)
        if not isinstance(a, int) and not isinstance(b, int):
            self.model.add(a + b <= 1)

    def _add_together(self, pair: Pair, day: date) -> None:
        a, b = ((p, self.on_duty(p, day), (p, day) in self.choices.kept_here) for p in (pair.a, pair.b))
        if a[2] and b[2]:
            return
        if a[2] or b[2]:
            self._add_company((b if a[2] else a)[1])
        elif not (isinstance(a[1], int) and isinstance(b[1], int)):
            self.model.add(a[1] == b[1])

    def _add_company(self, partner: Expression) -> None:
        if not isinstance(partner, int):
            self.broken.append(self.model.new_bool_var(""))
            self.model.add(partner + self.broken[-1] >= 1)

    def on_duty(self, person_id: int, day: date) -> Expression:
        """Whether the person is chosen for any shift of the day; the plain 0 where there is none to choose."""
        if (person_id, day) not in self._on_duty:
            self._on_duty[person_id, day] = self._on_duty_anew(person_id, day)
        return self._on_duty[person_id, day]

    def _on_duty_anew(self, person_id: int, day: date) -> Expression:
        shifts = self._shifts_on.get((person_id, day), [])
        taken = [self.taken[shift, person_id] for shift in shifts]
        if not taken:
            return 0
        if self.choices.exclude_each_other(shifts):
            return sum(taken)
        on_duty = self.model.new_bool_var("")
        self.model.add_max_equality(on_duty, taken)
        return on_duty
