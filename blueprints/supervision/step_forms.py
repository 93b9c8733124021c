"""One form for each step on a line: what it asks, and nothing that the task knows already."""

from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from rules.petition_rules import LONGEST_REASON
from rules.supervision_rules import LONGEST_TEXT
from web.form_fields import DayField, OnceForm, Starred, within


class StepForm(OnceForm):
    """One that is done here (`rules.supervision_states.DONE_HERE`) has no day to fill in: it is done today."""

    version = HiddenField()


class DatedForm(StepForm):
    """A step that happened on a day: what was done on paper may be entered later."""

    on = DayField("日期", validators=[InputRequired("请填写日期。")])


def text_field(label: str, *, needed: bool = True) -> Any:
    """What is needed is refused by the action, in its own words."""
    return TextAreaField(label, validators=[within(LONGEST_TEXT), *([Starred()] if needed else [])])


class ReceiveForm(DatedForm):
    pass


class ReportForm(DatedForm):
    text = text_field("办理进展")


class SubmitForm(DatedForm):
    text = text_field("办理结果")
    evidence = StringField("佐证材料存放何处（没有附件的必填）", validators=[within(200)])


class AskExtensionForm(StepForm):
    until = DayField("延到", validators=[Optional(), Starred()])
    text = text_field("延期的理由")


class AcceptForm(DatedForm):
    text = text_field("复核意见（选填）", needed=False)


class ReturnForm(DatedForm):
    until = DayField("重新反馈期限", validators=[Optional(), Starred()])
    text = text_field("退回的理由")


class DecideExtensionForm(StepForm):
    decision = RadioField(
        "决定",
        choices=[("agreed", "同意"), ("refused", "不同意")],
        validators=[InputRequired("请选择同意或不同意。")],
    )
    text = text_field("理由（不同意的必填）", needed=False)

    @property
    def is_agreed(self) -> bool:
        return bool(self.decision.data == "agreed")


class CloseForm(StepForm):
    text = text_field("销号意见（选填）", needed=False)


class RefuseClosingForm(DatedForm):
    text = text_field("不予销号的理由")


class UrgeForm(StepForm):
    text = text_field("催办内容（选填）", needed=False)


class WithdrawForm(StepForm):
    text = text_field("撤回的理由")


class UndoForm(StepForm):
    step = HiddenField()
    text = StringField("撤销理由", validators=[within(LONGEST_REASON), Starred()])
