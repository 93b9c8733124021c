"""Forms of one decision: shape only."""

from wtforms import HiddenField, StringField, TextAreaField

from queries.register_filter import number_of
from rules.meeting_rules import LONGEST_EVIDENCE, LONGEST_RESULT
from web.form_fields import Form, ReasonForm, Starred, within
from web.register_fields import DayField


class VersionedForm(Form):
    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version the page was opened with; 0, which never matches, where it was lost."""
        return number_of(str(self.version.data or "")) or 0


class CompletionForm(VersionedForm):
    done_on = DayField("落实日期", "请填写落实日期。")
    result = TextAreaField("落实情况", validators=[within(LONGEST_RESULT), Starred()])
    evidence = StringField("佐证材料存放处（没有附件的必填）", validators=[within(LONGEST_EVIDENCE)])


class ReopenForm(VersionedForm, ReasonForm):
    pass
