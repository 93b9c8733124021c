"""Forms of supervision tasks: shape only; the rules are asked by the action."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from actions.supervision.filing import TaskData
from models.supervision import SupervisionTask
from queries.choices import Choice, label_of_unit, understood
from queries.register_filter import number_of
from queries.supervision_origins import Opening, Origin
from rules.errors import RuleViolation
from rules.supervision_rules import (
    LONGEST_DEMAND,
    LONGEST_PERSON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_LINES,
    LineValues,
)
from rules.supervision_states import LineState
from rules.supervision_words import FeedbackCycle, Ground, TaskSource
from web.form_fields import OnceForm, ReasonForm, Starred, within
from web.register_fields import DayField, RowForm, problems_in_rows, put_in_rows, rows_are_fine, rows_of

TYPED_SOURCES = (TaskSource.OTHER, TaskSource.PETITION, TaskSource.INSTRUCTION, TaskSource.MEETING)
"""Those that may be typed; the others come from a record."""


class UnitRow(RowForm):
    """One 承办单位: who, what in particular, by when."""

    unit = StringField("承办单位", validators=[within(80)])
    person = StringField("责任人职务", validators=[within(LONGEST_PERSON)])
    demand = StringField("对这个单位的要求", validators=[within(LONGEST_DEMAND)])
    due_on = DayField("办理期限")

    unit_id: int | None = None

    @property
    def is_blank(self) -> bool:
        fields = (self.unit, self.person, self.demand, self.due_on)
        return not any(f.raw_data and f.raw_data[0].strip() for f in fields)


class TaskForm(OnceForm):
    filed_on = DayField("立项日期", "请填写立项日期。")
    title = StringField("标题", validators=[within(LONGEST_TITLE), Starred()])
    source = SelectField("来源", choices=[(s.value, s.label) for s in TYPED_SOURCES])
    petition = StringField("信访事项编号（信访事项办理的必填）", validators=[within(40)])
    source_text = TextAreaField("批示、议定内容", validators=[within(LONGEST_TEXT)])
    ground = SelectField(
        "依据（信访事项办理的必填）", choices=[("", "不涉及信访事项办理"), *Ground.choices()]
    )
    content = TextAreaField("督办事由", validators=[within(LONGEST_TEXT), Starred()])
    demands = TextAreaField("工作要求（选填）", validators=[within(LONGEST_TEXT)])
    cycle = SelectField("阶段反馈", choices=FeedbackCycle.choices(), default=FeedbackCycle.WEEKLY.value)
    due_on = DayField("办理期限", "请填写办理期限。")
    compared = BooleanField("已核对：承办的不是被检举控告的单位及其下级")

    units: list[UnitRow]

    def with_units(self, saved: list[Mapping[str, Any]], *, more: bool = False) -> "TaskForm":
        """Add the rows: as posted, or as saved."""
        formdata = request.form if self.is_submitted() else None
        self.units = rows_of(UnitRow, "line", formdata, saved, most=MOST_LINES, more=more)
        return self

    def without_origin(self) -> "TaskForm":
        """Where a task comes from is fixed by the record it came from."""
        for name in ("source", "petition", "source_text"):
            del self[name]
        return self

    def is_fine(self, units: Sequence[Choice]) -> bool:
        """The form and its rows together, so that all messages show at once."""
        fine = [self.validate_on_submit(), rows_are_fine(self.units)]
        fine += [_understands(row, units) for row in self.units if not row.is_blank]
        self.form_errors += problems_in_rows("承办单位", self.units)
        return all(fine)

    def add_error(self, violation: RuleViolation) -> None:
        if put_in_rows("line", self.units, violation):
            number = int((violation.field or "").split("-")[1]) + 1
            self.form_errors.append(f"承办单位第 {number} 行：{violation.message}")
        else:
            super().add_error(violation)

    def as_data(self, origin: Origin) -> TaskData:
        return TaskData(
            filed_on=self.filed_on.data,
            title=self.title.data or "",
            ground=Ground(self.ground.data) if self.ground.data else None,
            content=self.content.data or "",
            demands=self.demands.data or "",
            cycle=FeedbackCycle(self.cycle.data),
            due_on=self.due_on.data,
            source=origin,
            lines=tuple(_line(n, row) for n, row in enumerate(self.units) if not row.is_blank),
            compared=bool(self.compared.data),
        )


class TaskCorrectionForm(TaskForm):
    version = HiddenField()


class VoidTaskForm(ReasonForm):
    version = HiddenField()


class IssueTaskForm(OnceForm):
    version = HiddenField()


def version_in(form: Any) -> int:
    return number_of(str(form.version.data or "")) or 0


def fields_of(task: SupervisionTask) -> dict[str, Any]:
    """A saved task as form values."""
    names = ("filed_on", "title", "content", "demands", "cycle", "due_on", "version")
    return {name: getattr(task, name) for name in names} | {"ground": task.ground or ""}


def rows_saved(task: SupervisionTask) -> list[Mapping[str, Any]]:
    live = [line for line in task.lines if line.state != LineState.WITHDRAWN]
    return [
        {
            "unit": label_of_unit(line.unit),
            "person": line.person,
            "demand": line.demand,
            "due_on": line.due_on if line.due_on != task.due_on else None,
        }
        for line in live
    ]


def rows_opened(opening: Opening, units: Sequence[Choice]) -> list[Mapping[str, Any]]:
    labels = {unit.id: unit.label for unit in units}
    return [
        {"unit": labels[unit_id], "person": opening.person}
        for unit_id in opening.unit_ids
        if unit_id in labels
    ]


def _understands(row: UnitRow, units: Sequence[Choice]) -> bool:
    text, row.unit_id = (row.unit.data or "").strip(), None
    if not text:
        return True
    try:
        row.unit_id = understood(list(units), text, "unit").id
    except RuleViolation as violation:
        row.add_error("unit", violation.message)
        return False
    return True


def _line(number: int, row: UnitRow) -> LineValues:
    return LineValues(number, row.unit_id, row.due_on.data, row.demand.data or "", row.person.data or "")
