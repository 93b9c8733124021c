"""Forms of the schedule of leaders' reception days: shape only; the rules are asked by the action."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask import request
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from actions.leader_schedule import ScheduledData
from models.leader_schedule import LeaderSchedule
from queries.register_filter import number_of
from rules.errors import RuleViolation
from rules.periods import Period
from rules.schedule_rules import MOST_ROWS, day_in_month, month_of
from rules.taxonomy import LeaderReceptionMode
from web.form_fields import Form, OnceForm, ReasonForm, required, within
from web.register_fields import (
    DayField,
    HourField,
    RowForm,
    UnitField,
    present,
    problems_in_rows,
    put_in_rows,
    rows_are_fine,
    rows_of,
)

TEXTS = ("leader_name", "post", "portfolio", "place", "telephone")
ROWS_AT_FIRST = 8


def _mode_field() -> SelectField:
    return SelectField(
        "方式",
        choices=LeaderReceptionMode.choices(),
        default=LeaderReceptionMode.FIXED.value,
        validate_choice=False,
    )


def _known_mode(_form: Form, field: SelectField) -> None:
    if field.data not in {m.value for m in LeaderReceptionMode}:
        raise ValidationError("请选择方式。")


class ScheduledForm(OnceForm):
    """One leader's day."""

    unit = UnitField("单位", validators=[present("请选择单位。")])
    day = DayField("接访日期", "请填写接访日期。")
    starts_at = HourField("开始时间")
    ends_at = HourField("结束时间")
    leader_name = StringField("领导姓名", validators=[required("领导姓名"), within(40)])
    post = StringField("职务", validators=[within(60)])
    portfolio = StringField("分管工作", validators=[within(80)])
    mode = _mode_field()
    place = StringField("地点", validators=[within(80)])
    telephone = StringField("联系电话", validators=[within(40)])
    notes = TextAreaField("备注", validators=[within(2000)])

    validate_mode = staticmethod(_known_mode)

    def as_data(self) -> ScheduledData:
        return ScheduledData(
            unit_id=self.unit.data,
            day=self.day.data,
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            mode=LeaderReceptionMode(self.mode.data),
            notes=(self.notes.data or "").strip(),
            **{name: (self[name].data or "").strip() for name in TEXTS},
        )


class ScheduledCorrectionForm(ScheduledForm):
    version = HiddenField()
    reason = StringField("更正理由", validators=[required("更正理由"), within(200)])


class MonthRowForm(RowForm):
    """One day in the table of a month."""

    day = StringField("日期", validators=[within(12)])
    leader_name = StringField("领导姓名", validators=[within(40)])
    post = StringField("职务", validators=[within(60)])
    portfolio = StringField("分管工作", validators=[within(80)])
    place = StringField("地点", validators=[within(80)])

    known: frozenset[str] = frozenset()
    """Leaders whom the page offered: one without a day has none in this month."""
    read_day: Any = None

    @property
    def is_blank(self) -> bool:
        if (self.day.data or "").strip():
            return False
        name = (self.leader_name.data or "").strip()
        return name in self.known or not any(
            (field.data or "").strip() for field in (self.leader_name, self.post, self.place)
        )

    def reads_day(self, month: Period) -> bool:
        try:
            if not (self.day.data or "").strip():
                raise RuleViolation("请填写日期。", "day")
            self.read_day = day_in_month(self.day.data, month)
        except RuleViolation as violation:
            self.add_error("day", violation.message)
            return False
        return True


class MonthForm(OnceForm):
    """Many days of one office and month; hours, form, place and telephone hold for all rows."""

    unit = UnitField("单位", validators=[present("请选择单位。")])
    month = HiddenField()
    starts_at = HourField("开始时间")
    ends_at = HourField("结束时间")
    mode = _mode_field()
    place = StringField("地点", validators=[within(80)])
    telephone = StringField("联系电话", validators=[within(40)])

    validate_mode = staticmethod(_known_mode)

    rows: list[MonthRowForm]

    def with_rows(self, roster: Iterable[LeaderSchedule], *, more: bool = False) -> "MonthForm":
        """The rows: as posted, or the leaders of the last roster and empty ones."""
        leaders = list(roster)
        saved: list[Mapping[str, Any]] = [
            {"leader_name": one.leader_name, "post": one.post, "portfolio": one.portfolio} for one in leaders
        ]
        saved += [{}] * (ROWS_AT_FIRST - len(saved))
        formdata = request.form if self.is_submitted() else None
        self.rows = rows_of(
            MonthRowForm, "entry", formdata, saved[: MOST_ROWS - 1], most=MOST_ROWS, more=more
        )
        for row in self.rows:
            row.known = frozenset(one.leader_name for one in leaders)
        return self

    @property
    def filled(self) -> list[tuple[int, MonthRowForm]]:
        return [(n, row) for n, row in enumerate(self.rows) if not row.is_blank]

    def is_fine(self) -> bool:
        """The form and its rows together, so that all messages show at once."""
        fine = [self.validate_on_submit(), rows_are_fine(self.rows)]
        month = month_of(self.month.data or "")
        fine += [row.reads_day(month) for _, row in self.filled]
        if not self.filled:
            self.form_errors.append("一天也没有填：请至少给一位领导填上日期。")
        self.form_errors += problems_in_rows("", self.rows)
        return all(fine) and bool(self.filled)

    def add_error(self, violation: RuleViolation) -> None:
        if put_in_rows("entry", self.rows, violation):
            number = int((violation.field or "").split("-")[1]) + 1
            self.form_errors.append(f"第 {number} 行：{violation.message}")
        else:
            super().add_error(violation)

    def as_data(self) -> list[ScheduledData]:
        whole = ScheduledData(
            unit_id=self.unit.data,
            day=None,
            leader_name="",
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            mode=LeaderReceptionMode(self.mode.data),
            place=(self.place.data or "").strip(),
            telephone=(self.telephone.data or "").strip(),
        )
        return [_of_row(whole, number, row) for number, row in self.filled]


def _of_row(whole: ScheduledData, number: int, row: MonthRowForm) -> ScheduledData:
    typed = {name: (row[name].data or "").strip() for name in ("leader_name", "post", "portfolio", "place")}
    return replace(whole, number=number, day=row.read_day, **typed | {"place": typed["place"] or whole.place})


class ActForm(ReasonForm):
    """One act on a day; several of them stand on its page, so `place` keeps the ids of their fields apart."""

    version = HiddenField()
    place = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for field in self:
            field.id = f"{self.place}-{field.id}"
            field.label.field_id = field.id


class VoidForm(ActForm):
    place = "void"


class PostponeForm(ActForm):
    place = "postpone"

    day = DayField("延期到", "请填写延期后的日期。")


class SwapForm(ActForm):
    place = "swap"

    other = SelectField("与谁对换", validate_choice=False)

    def offering(self, others: Iterable[LeaderSchedule], words: Mapping[int, str]) -> "SwapForm":
        """A choice carries its row's version, so that a change of either row is noticed."""
        self.other.choices = [("", "请选择")] + [(f"{o.id}-{o.version}", words[o.id]) for o in others]
        return self

    def validate_other(self, field: SelectField) -> None:
        if self.chosen is None:
            raise ValidationError("请选择与谁对换。")

    @property
    def chosen(self) -> tuple[int, int] | None:
        """(id, version) of the other row."""
        row_id, _, version = str(self.other.data or "").partition("-")
        parsed = number_of(row_id), number_of(version)
        return (parsed[0], parsed[1]) if parsed[0] is not None and parsed[1] is not None else None


def fields_of(row: LeaderSchedule) -> dict[str, Any]:
    """A saved day as form values."""
    names = ("day", "starts_at", "ends_at", "mode", "version", "notes", *TEXTS)
    return {name: getattr(row, name) for name in names} | {"unit": row.unit_id}
