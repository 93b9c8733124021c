"""Forms of one roster: shape only; the rules are asked by the action."""

from wtforms import HiddenField, SelectField

from queries.register_filter import number_of
from web.form_fields import Form, OnceForm, ReasonForm
from web.register_fields import DayField


class PlanForm(OnceForm):
    scheme = SelectField("班次", validate_choice=False)
    first_day = DayField("起始日期", "请填写起始日期。")
    last_day = DayField("截止日期", "请填写截止日期。")


class VersionForm(Form):
    version = HiddenField()

    @property
    def number(self) -> int:
        return number_of(self.version.data) or 0


class ExtendForm(VersionForm):
    last_day = DayField("延长到", "请填写延长后的截止日期。")


class VoidForm(ReasonForm, VersionForm):
    pass
