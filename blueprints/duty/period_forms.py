"""Forms of 特殊时段: shape only; the rules are asked by the actions."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from wtforms import BooleanField, Field, HiddenField, IntegerField, StringField, TextAreaField, TimeField
from wtforms.validators import NumberRange, Optional, StopValidation
from wtforms.widgets import TextInput

from actions.special_periods import PeriodData, ReportData
from models.duty_desk import PeriodReport, SpecialPeriod
from rules.special_periods import LONGEST_NAME, LONGEST_TEXT, MOST_EVENTS, USUAL_HOUR
from web.form_fields import DayField, Form, OnceForm, ReasonForm, required, with_ids, within

LONGEST_LEADER = 60


def present(message: str) -> Callable[[Any, Field], None]:
    """Like DataRequired, but a value that could not be read keeps its own message."""

    def check(_form: Any, field: Field) -> None:
        if field.errors:
            raise StopValidation
        if field.data is None:
            raise StopValidation(message)

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


class PeriodDay(DayField):
    """2026-07-15, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError("日期写法不对，请写成 2026-07-15。")
        if text:
            super().process_formdata([text])


class PeriodHour(TimeField):
    """17:00, or 17：00."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = unicodedata.normalize("NFKC", valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d(:00)?", text):
            raise ValueError("时间写法不对，请写成 17:00。")
        super().process_formdata([text[:5] if len(text) > 5 else text])


class PeriodForm(OnceForm):
    name = StringField("名称", validators=[required("名称"), within(LONGEST_NAME)])
    first_day = PeriodDay("第一天", validators=[present("请填写第一天。")])
    last_day = PeriodDay("最后一天", validators=[present("请填写最后一天。")])
    report_at = PeriodHour(
        "每天报送截止时间", default=USUAL_HOUR, validators=[present("请填写每天报送的时间。")]
    )
    doubled = BooleanField("值班岗位双人双岗", default=True)
    demands = TextAreaField("工作要求", validators=[within(LONGEST_TEXT)])

    def as_data(self) -> PeriodData:
        return PeriodData(
            name=(self.name.data or "").strip(),
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            report_at=self.report_at.data,
            demands=(self.demands.data or "").strip(),
            doubled=bool(self.doubled.data),
        )


class PeriodCorrectionForm(PeriodForm):
    version = HiddenField()
    reason = StringField("更正理由", validators=[required("更正理由"), within(200)])


class EndForm(ReasonForm):
    version = HiddenField()
    last_day = PeriodDay("改为最后一天", validators=[present("请填写最后一天。")])


class VoidForm(ReasonForm):
    version = HiddenField()


class ReportForm(Form):
    """The day's report of one unit; `version` and `reason` where one stands already."""

    events = IntegerField(
        "事件起数",
        default=0,
        widget=TextInput(),
        validators=[Optional(), NumberRange(0, MOST_EVENTS, f"应在 0 到 {MOST_EVENTS} 之间。")],
    )
    content = TextAreaField("情况", validators=[within(LONGEST_TEXT)])
    leader = StringField("当天带班领导", validators=[within(LONGEST_LEADER)])
    version = HiddenField()
    reason = StringField("更正理由", validators=[within(200)])

    def as_data(self) -> ReportData:
        return ReportData(
            self.events.data or 0, (self.content.data or "").strip(), (self.leader.data or "").strip()
        )


def period_fields(period: SpecialPeriod) -> dict[str, Any]:
    names = ("name", "first_day", "last_day", "report_at", "doubled", "demands", "version")
    return {name: getattr(period, name) for name in names}


def report_fields(report: PeriodReport | None, leader: str = "") -> dict[str, Any]:
    """What stands; of a new report the leader who is on duty."""
    if report is None:
        return {"events": 0, "leader": leader}
    return {name: getattr(report, name) for name in ("events", "content", "leader", "version")}


def end_form(period: SpecialPeriod, today: Any) -> EndForm:
    data = {"version": period.version, "last_day": max(today, period.first_day)}
    return with_ids(EndForm(formdata=None, data=data), "end")  # type: ignore[return-value]


def void_form(period: SpecialPeriod) -> VoidForm:
    return with_ids(VoidForm(formdata=None, data={"version": period.version}), "void")  # type: ignore[return-value]
