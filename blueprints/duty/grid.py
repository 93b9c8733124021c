"""A roster as a grid of fields: what stands in each cell, what was typed there, what that would break."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import abort, render_template, request
from wtforms import StringField

from actions.rosters import DayChange, may_undo
from blueprints.duty.roster_forms import VersionForm
from extensions import db
from models.roster import Duty, Roster, RosterMember
from queries.choices import Choice, understood
from queries.duty_answering import may_publish
from queries.register_filter import number_of
from queries.roster_problem import problem_of
from queries.roster_rows import duties_of, slot_of
from queries.roster_schemes import whole_scheme
from queries.rosters import load_own_roster
from queries.terms import calendar_of
from rules.errors import NotVisible, RuleViolation
from rules.roster import Conflict, Slot
from rules.roster_conflicts import conflicts
from rules.roster_days import day_class
from rules.roster_rules import is_part
from rules.roster_words import DayClass
from web import clock
from web.form_fields import within
from web.session import actor


class GridForm(VersionForm):
    """The cells are fields of their own: `d12` the name, `v12` the version shown, `k12` held fast."""

    reason = StringField("改动理由", validators=[within(200)])


@dataclass(frozen=True)
class GridCell:
    duty: Duty
    text: str
    version: str
    locked: bool
    error: str = ""
    is_over: bool = False
    """It has begun in a published roster: who stood there is history."""


@dataclass(frozen=True)
class GridLine:
    day: date
    is_rest: bool
    mark: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Told:
    """A conflict with the cells it touches."""

    conflict: Conflict
    cells: tuple[str, ...]


class Grid:
    """One roster opened for changing, with what stands in its cells."""

    def __init__(self, roster: Roster, members: list[RosterMember], duties: list[Duty]) -> None:
        self.roster, self.members, self.duties = roster, members, duties
        self.choice_of = _choices(members)
        self.cells = {duty.id: self._cell(duty) for duty in duties}
        self._people: dict[int, int | None] = {duty.id: duty.person_id for duty in duties}

    @classmethod
    def opened(cls, roster_id: int) -> "Grid":
        """Drafts by who plans, published ones by who publishes. Raises NotVisible."""
        roster = load_own_roster(db.session(), actor(), roster_id)
        if roster.is_void:
            abort(404)
        if roster.is_published and not may_publish(actor(), roster.unit):
            raise NotVisible("roster")
        scheme = whole_scheme(db.session(), roster.scheme_id)
        members = [
            m
            for m in scheme.members
            if (m.last_day is None or m.last_day >= roster.first_day)
            and (m.first_day is None or m.first_day <= roster.last_day)
        ]
        return cls(roster, members, duties_of(db.session(), roster_id))

    def typed(self, *, renew: bool = False) -> "Grid":
        """With what was posted; `renew` takes the versions of now, so that saving over them is deliberate."""
        for duty in self.duties:
            cell = self.cells[duty.id]
            if f"d{duty.id}" in request.form and not cell.is_over:
                self.cells[duty.id] = self._typed(duty, cell, renew)
        return self

    @property
    def wrong(self) -> list[GridCell]:
        return [cell for cell in self.cells.values() if cell.error]

    @property
    def changes(self) -> list[DayChange]:
        return [
            DayChange(d.id, number_of(cell.version) or 0, self._people[d.id], cell.locked)
            for d in self.duties
            if not (cell := self.cells[d.id]).is_over
        ]

    @property
    def told(self) -> list[Told]:
        """What the roster would break as it is typed."""
        problem = problem_of(db.session(), self.roster, keeps_all=True)
        duties = [d for d in self.duties if not is_part(d.seat)]
        assigned = {slot_of(d): p for d in duties if (p := self._people[d.id]) is not None}
        cell_of = {slot_of(d): f"d{d.id}" for d in duties}
        return [Told(c, _cells(c, cell_of)) for c in conflicts(problem, assigned)]

    @property
    def lines(self) -> list[GridLine]:
        calendar, days = calendar_of(db.session()), dict[date, list[GridCell]]()
        for duty in self.duties:
            days.setdefault(duty.day, []).append(self.cells[duty.id])
        found = []
        for day, cells in days.items():
            kind = day_class(day, calendar)
            mark = kind.label if kind in (DayClass.HOLIDAY, DayClass.SPRING_FESTIVAL) else ""
            found.append(GridLine(day, kind is not DayClass.WORKDAY, mark, tuple(cells)))
        return found

    @property
    def heads(self) -> list[str]:
        """Of the fullest day: post and seat."""
        fullest = max((line.cells for line in self.lines), key=len, default=())
        return [_head(cell.duty) for cell in fullest]

    def page(self, form: GridForm) -> str:
        return render_template(
            "duty/edit_roster.html",
            form=form,
            grid=self,
            roster=self.roster,
            lines=self.lines,
            heads=self.heads,
            told=self.told,
            wrong=self.wrong,
            has_undo=may_undo(self.roster),
            preview=False,
        )

    def _cell(self, duty: Duty) -> GridCell:
        begun = self.roster.is_published and duty.starts_at <= clock.now()
        return GridCell(
            duty, self._name(duty), str(duty.version), duty.locked, is_over=begun or is_part(duty.seat)
        )

    def _name(self, duty: Duty) -> str:
        choice = self.choice_of.get(duty.person_id or 0)
        return choice.label if choice else (duty.person.name if duty.person else "")

    def _typed(self, duty: Duty, cell: GridCell, renew: bool) -> GridCell:
        text = " ".join(request.form.get(f"d{duty.id}", "").split())[:40]
        version = cell.version if renew else request.form.get(f"v{duty.id}", "")
        found = replace(cell, text=text, version=version, locked=f"k{duty.id}" in request.form)
        if text == self._name(duty):
            return found
        try:
            person_id = understood(list(self.choice_of.values()), text, f"d{duty.id}").id if text else None
        except RuleViolation as violation:
            return replace(found, error=violation.message)
        self._people[duty.id] = person_id
        return found


def _choices(members: Sequence[RosterMember]) -> dict[int, Choice]:
    """By person; two of one name are told apart by their place in the order."""
    names = [member.person.name for member in members]
    return {
        m.person_id: Choice(
            m.person_id,
            m.person.name if names.count(m.person.name) == 1 else f"{m.person.name}（{place}）",
            f"#{place}",
            m.person.initials,
        )
        for place, m in enumerate(members, start=1)
    }


def _cells(conflict: Conflict, cell_of: dict[Slot, str]) -> tuple[str, ...]:
    return tuple(cell_of[slot] for slot in conflict.slots if slot in cell_of)


def _head(duty: Duty) -> str:
    return f"{duty.post.name} {duty.seat}" if duty.post.need > 1 else duty.post.name
