"""Fairness as something to minimize: the gap of each class, the gap over all, and the squares of all accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from rostering.hard_rules import Expression, HardModel
from rostering.least_gap import Account, Window, windows
from rostering.levels import CLASSES, Levels, Line
from rostering.search import Search
from rules.roster_words import DayClass


@dataclass(frozen=True)
class Gap:
    """Between the lowest and the highest of one circle; a row of lines is one person's, added up."""

    rows: Sequence[Sequence[Line]]
    low: cp_model.IntVar
    high: cp_model.IntVar

    @property
    def widest(self) -> Window:
        return widest(self.rows)


class FairModel:
    """Adds to the model how many duties of each class everybody gets, and what makes that fair."""

    def __init__(self, hard: HardModel, levels: Levels) -> None:
        self.hard, self.levels = hard, levels
        self.fewest = dict.fromkeys(levels.lines, 0)
        self.most = {key: line.most for key, line in levels.lines.items()}
        """Duties of each line, as far as it is known by now."""
        self.counts = {key: self._count(line) for key, line in levels.lines.items()}
        self.gaps = {day_class: self._gaps(day_class) for day_class in CLASSES}
        self.overall = self._gaps_of([levels.compared_overall(circle) for circle in levels.circles])
        self.squares: Expression = sum(self._square(key, line) for key, line in levels.lines.items())

    def stages(self) -> list[Gap]:
        """In the order in which they are made small, circle by circle."""
        return [*(gap for day_class in CLASSES for gap in self.gaps[day_class]), *self.overall]

    def _count(self, line: Line) -> Expression:
        if not line.shifts:
            return 0
        count = self.hard.model.new_int_var(0, line.most, "")
        taken = [weight * self.hard.taken[shift, line.person_id] for shift, weight in line.shifts]
        self.hard.model.add(sum(taken) == count)
        return count

    def _gaps(self, day_class: DayClass) -> list[Gap]:
        circles = (self.levels.compared(circle, day_class) for circle in self.levels.circles)
        return self._gaps_of([[[line] for line in lines] for lines in circles])

    def _gaps_of(self, circles: Sequence[Sequence[Sequence[Line]]]) -> list[Gap]:
        return [self._gap(rows) for rows in circles if len(rows) > 1]

    def _gap(self, rows: Sequence[Sequence[Line]]) -> Gap:
        low, high = (self.hard.model.new_int_var(*widest(rows), "") for _ in range(2))
        for row in rows:
            level = sum(self._level(line) for line in row)
            self.hard.model.add(low <= level)
            self.hard.model.add(level <= high)
        return Gap(rows, low, high)

    def _level(self, line: Line) -> Expression:
        return line.offset + line.step * self.counts[line.key]

    def _square(self, key: tuple[int, DayClass], line: Line) -> Expression:
        """The square of the level, less that of the offset: it grows faster with each duty, so each is a variable."""
        if not line.shifts:
            return 0
        steps = min(line.most, 2 * self._fair_count[line.day_class] + 4)
        each = [self.hard.model.new_bool_var("") for _ in range(steps)]
        beyond = self.hard.model.new_int_var(0, line.most - steps, "")
        self.hard.model.add(sum(each) + beyond == self.counts[key])
        costs = [line.step * (2 * line.offset + (2 * n + 1) * line.step) for n in range(steps + 1)]
        return sum(cost * step for cost, step in zip(costs, [*each, beyond], strict=True))

    @cached_property
    def _fair_count(self) -> dict[DayClass, int]:
        """Weights a head, rounded up."""
        found = {}
        for day_class in CLASSES:
            lines = [
                line for line in self.levels.lines.values() if line.day_class is day_class and line.shifts
            ]
            found[day_class] = -(-self._total(lines) // max(1, len(lines)))
        return found

    def _total(self, lines: Sequence[Line]) -> int:
        """Weights to be dealt out among them."""
        weight = {shift: weight for line in lines for shift, weight in line.shifts}
        return sum(weight[shift] * len(self.hard.choices.free[shift]) for shift in weight)

    def windows(self, gap: Gap, unfilled: int) -> Iterator[Window]:
        """What the gap might be made to lie in; `unfilled` is the most weights that stay without anybody."""
        lines = [line for row in gap.rows for line in row]
        total = self._total(lines) - sum(self.fewest[line.key] for line in lines)
        return windows([self._account(row) for row in gap.rows], max(0, total - unfilled), total)

    def _account(self, row: Sequence[Line]) -> Account:
        fewest = sum(self.fewest[line.key] for line in row)
        offset = sum(line.level(self.fewest[line.key]) for line in row)
        return Account(offset, row[0].step, sum(self.most[line.key] for line in row) - fewest)

    def hold(self, gap: Gap, width: int, lows: Sequence[int]) -> None:
        """The gap is never wider from now on; where all its possible low ends are known, they bound everybody."""
        self.hard.model.add(gap.high - gap.low <= width)
        if not lows:
            return
        low, high = min(lows), max(lows) + width
        self.hard.model.add(gap.low >= low)
        self.hard.model.add(gap.high <= high)
        for line in (row[0] for row in gap.rows if len(row) == 1):
            self.fewest[line.key] = max(0, -((line.offset - low) // line.step))
            self.most[line.key] = min(line.most, (high - line.offset) // line.step)

    def reached(self, gap: Gap, search: Search) -> Window:
        """That of the roster found last."""
        levels = [sum(self._reached(line, search) for line in row) for row in gap.rows]
        return Window(min(levels), max(levels))

    def _reached(self, line: Line, search: Search) -> int:
        return line.level(search.value(self.counts[line.key]))


def widest(rows: Sequence[Sequence[Line]]) -> Window:
    """What nobody can leave."""
    lowest = min(sum(line.offset for line in row) for row in rows)
    return Window(lowest, max(sum(line.level(line.most) for line in row) for row in rows))
