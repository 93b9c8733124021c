"""Forms of what is done about a line: instruction, unit and limit, reply, finishing, sending on."""

from datetime import datetime

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from blueprints.duty.desk_forms import VersionedForm
from blueprints.duty.moments import limit_of, moment_of
from queries.register_filter import number_of
from rules.desk_rules import LONGEST_DEMAND, LONGEST_TEXT
from rules.errors import RuleViolation
from web.form_fields import DayField, HourField, OnceForm, ReasonForm, within


class LimitForm(VersionedForm):
    due_on = DayField("回复时限", validators=[Optional()])
    due_time = HourField("几点前")

    def limit(self, since: datetime) -> datetime | None:
        """Raises RuleViolation on `due_at`."""
        return limit_of(self.due_on.data, self.due_time.data, since)


class InstructForm(VersionedForm):
    text = TextAreaField("批示内容", validators=[within(LONGEST_TEXT)])
    instructed_by = StringField("批示领导（姓名、职务）", validators=[within(60)])


class OwnInstructForm(VersionedForm):
    text = TextAreaField("批示内容", validators=[within(LONGEST_TEXT)])


class AssignForm(LimitForm):
    responsible_unit = StringField("承办单位", validators=[within(80)])


class ReplyForm(VersionedForm):
    text = TextAreaField("回复内容", validators=[within(LONGEST_TEXT)])
    replied_on = DayField("回复日期", validators=[Optional()])
    replied_time = HourField("时间")

    def replied_at(self) -> datetime | None:
        """None: now. Raises RuleViolation on `replied_at` where only one half was typed."""
        moment = moment_of(self.replied_on.data, self.replied_time.data)
        if moment is None and (self.replied_on.data or self.replied_time.data):
            raise RuleViolation("回复日期和时间要么都填，要么都不填（不填就是现在）。", "replied_at")
        return moment


class FinishForm(VersionedForm):
    pass


class ReopenForm(VersionedForm, ReasonForm):
    pass


class SendForm(LimitForm, OnceForm):
    units = SelectMultipleField("转给", validate_choice=False)
    demand = StringField("要求", validators=[within(LONGEST_DEMAND)])

    @property
    def unit_ids(self) -> list[int]:
        return [number for text in self.units.data or () if (number := number_of(text)) is not None]


class TakeBackForm(VersionedForm, ReasonForm):
    pass
