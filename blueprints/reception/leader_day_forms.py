"""Forms of leaders' receptions: shape only; the rules are asked by the action."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from actions.leader_receptions import PromiseData, ReceptionData
from models.leader_reception import LeaderReception
from queries.choices import Choice, understood
from queries.register_filter import number_of
from rules.errors import RuleViolation
from rules.matter_rules import LONGEST_SUMMARY, MOST_PROMISES
from rules.taxonomy import LeaderReceptionMode
from web.form_fields import OnceForm, ReasonForm, required, within
from web.register_fields import (
    CountField,
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

TEXTS = ("leader_name", "post", "portfolio", "place", "companions", "notes")
COUNTS = ("batches", "persons", "solved")


class PromiseForm(RowForm):
    """One promise: what, by which unit, by when."""

    promise_id = HiddenField()
    summary = StringField("承诺事项", validators=[within(LONGEST_SUMMARY)])
    responsible_unit = StringField("责任单位", validators=[within(80)])
    due_date = DayField("期限")

    unit_id: int | None = None

    @property
    def is_blank(self) -> bool:
        return not any(
            f.raw_data and f.raw_data[0].strip() for f in (self.summary, self.responsible_unit, self.due_date)
        )


class LeaderDayForm(OnceForm):
    unit = UnitField("单位", validators=[present("请选择单位。")])
    reception_date = DayField("接访日期", "请填写接访日期。")
    starts_at = HourField("开始时间")
    ends_at = HourField("结束时间")
    leader_name = StringField("领导姓名", validators=[required("领导姓名"), within(40)])
    post = StringField("职务", validators=[within(60)])
    portfolio = StringField("分管工作", validators=[within(80)])
    mode = SelectField(
        "方式",
        choices=LeaderReceptionMode.choices(),
        default=LeaderReceptionMode.FIXED.value,
        validate_choice=False,
    )
    place = StringField("地点", validators=[within(80)])
    companions = StringField("陪同单位、人员", validators=[within(200)])
    batches = CountField("批次", default=0)
    persons = CountField("人次", default=0)
    solved = CountField("解决件数", default=0)
    notes = TextAreaField("备注", validators=[within(2000)])
    visits = SelectMultipleField("当天来访", validate_choice=False)
    visits_shown = HiddenField()
    """Set where the day's visits were offered: only then do empty boxes mean that none is linked."""

    promises: list[PromiseForm]

    def with_promises(
        self, saved: list[Mapping[str, Any]], *, more: bool = False, typed: Any = None
    ) -> "LeaderDayForm":
        """Add the rows: as posted, as left half-filled (`typed`), or as saved."""
        formdata = request.form if self.is_submitted() else typed
        self.promises = rows_of(PromiseForm, "promise", formdata, saved, most=MOST_PROMISES, more=more)
        return self

    def is_fine(self, units: Sequence[Choice]) -> bool:
        """The form and its rows together, the units typed in them understood, so that all messages show at once."""
        fine = [self.validate_on_submit(), rows_are_fine(self.promises)]
        if self.mode.data not in {m.value for m in LeaderReceptionMode}:
            self.mode.errors = ["请选择方式。"]
            fine.append(False)
        fine += [_understands(row, units) for row in self.promises if not row.is_blank]
        self.form_errors += problems_in_rows("承诺", self.promises)
        return all(fine)

    def add_error(self, violation: RuleViolation) -> None:
        if put_in_rows("promise", self.promises, violation):
            number = int((violation.field or "").split("-")[1]) + 1
            self.form_errors.append(f"承诺第 {number} 行：{violation.message}")
        else:
            super().add_error(violation)

    def as_data(self) -> ReceptionData:
        chosen = set(filter(None, map(number_of, self.visits.data or ())))
        return ReceptionData(
            unit_id=self.unit.data,
            reception_date=self.reception_date.data,
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            mode=LeaderReceptionMode(self.mode.data),
            promises=tuple(_promise(n, row) for n, row in enumerate(self.promises) if not row.is_blank),
            visit_ids=frozenset(chosen) if self.visits_shown.data else None,
            **{name: (self[name].data or "").strip() for name in TEXTS},
            **{name: self[name].data or 0 for name in COUNTS},
        )


class LeaderDayCorrectionForm(LeaderDayForm):
    version = HiddenField()
    reason = StringField("更正理由", validators=[required("更正理由"), within(200)])


class VoidForm(ReasonForm):
    version = HiddenField()


class PromiseCompletionForm(OnceForm):
    completed_on = DayField("落实日期", "请填写落实日期。")
    result = StringField("落实情况", validators=[required("落实情况"), within(LONGEST_SUMMARY)])


def fields_of(row: LeaderReception) -> dict[str, Any]:
    """A saved reception as form values."""
    names = ("reception_date", "starts_at", "ends_at", "mode", "version", *TEXTS, *COUNTS)
    return {name: getattr(row, name) for name in names} | {"unit": row.unit_id}


def promises_of(row: LeaderReception, units: Sequence[Choice]) -> list[Mapping[str, Any]]:
    labels = {u.id: u.label for u in units}
    return [
        {
            "promise_id": p.id,
            "summary": p.summary,
            "responsible_unit": labels.get(
                p.responsible_unit_id or 0, p.responsible_unit.label if p.responsible_unit else ""
            ),
            "due_date": p.due_date,
        }
        for p in row.promises
    ]


def _understands(row: PromiseForm, units: Sequence[Choice]) -> bool:
    text = (row.responsible_unit.data or "").strip()
    row.unit_id = None
    if not text:
        return True
    try:
        row.unit_id = understood(list(units), text, "responsible_unit").id
    except RuleViolation as violation:
        row.add_error("responsible_unit", violation.message)
        return False
    return True


def _promise(number: int, row: PromiseForm) -> PromiseData:
    saved = str(row.promise_id.data or "")
    return PromiseData(
        number=number,
        summary=(row.summary.data or "").strip(),
        responsible_unit_id=row.unit_id,
        due_date=row.due_date.data,
        promise_id=number_of(saved),
    )
