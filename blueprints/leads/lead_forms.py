"""Forms of lead assignments: the four things that are fixed (四定), and one form for each step. Shape only."""

from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from queries.choices import Choice
from rules.lead_rules import (
    LONGEST_LEAD_TEXT,
    LONGEST_LEADER,
    LONGEST_MEASURES,
    LONGEST_PLACE,
    LONGEST_POST,
    LONGEST_TEAM,
    LeadValues,
)
from rules.lead_states import LeadResult
from web.form_fields import DayField, OnceForm, Starred, required, within
from web.matter_forms import chosen, id_of, numbered


class FourFixedForm(OnceForm):
    """四定: 牵头领导, 责任单位, 责任人和专班, 时限和化解方案."""

    leader = StringField("包案领导", validators=[required("包案领导姓名"), within(LONGEST_LEADER)])
    leader_post = StringField("领导职务", validators=[within(LONGEST_POST)])
    responsible_unit = StringField("责任单位", validators=[required("责任单位"), within(80)])
    responsible_person = StringField(
        "责任人（姓名、职务）", validators=[required("责任人"), within(LONGEST_POST)]
    )
    team = StringField("工作专班", validators=[within(LONGEST_TEAM)])
    due_on = DayField("办理时限", validators=[InputRequired("请填写办理时限。")])
    measures = TextAreaField("化解方案", validators=[within(LONGEST_MEASURES)])

    def values(self, units: list[Choice]) -> LeadValues:
        """What is not understood of the unit becomes an error of its field."""
        return LeadValues(
            leader_name=" ".join((self.leader.data or "").split()),
            leader_post=self.text_of("leader_post"),
            responsible_unit_id=id_of(chosen(self, "responsible_unit", units)),
            responsible_person=self.text_of("responsible_person"),
            team=self.text_of("team"),
            measures=self.text_of("measures"),
            due_on=self.due_on.data,
        )

    def text_of(self, name: str) -> str:
        return (self[name].data or "").strip()


class ProposeForm(FourFixedForm):
    petition = StringField("信访事项编号", validators=[required("信访事项编号"), within(64)])
    text = TextAreaField("提出包案的理由（选填）", validators=[within(LONGEST_LEAD_TEXT)])


class LeadStepForm(OnceForm):
    """Every step has its version of the page."""

    version = IntegerField(validators=[InputRequired()])

    def word(self, name: str, words: type[Any]) -> Any:
        """The member chosen; None where nothing was."""
        return words(self[name].data) if self[name].data else None


class AdjustForm(FourFixedForm):
    version = IntegerField(validators=[InputRequired()])
    text = StringField("调整的理由", validators=[required("调整的理由"), within(200)])


def _text(label: str, *, needed: bool = True) -> TextAreaField:
    """What is needed is refused by the action, in its own words."""
    return TextAreaField(label, validators=[within(LONGEST_LEAD_TEXT), *([Starred()] if needed else [])])


class ApproveLeadForm(LeadStepForm):
    text = _text("意见（选填）", needed=False)


class ProgressForm(LeadStepForm):
    on = DayField("日期", validators=[InputRequired("请填写日期。")])
    text = _text("做了什么、到哪一步")


class MeetForm(LeadStepForm):
    on = DayField("会面日期", validators=[InputRequired("请填写日期。")])
    text = _text("沟通的内容和结果")


class InstructForm(LeadStepForm):
    text = _text("批示内容")
    until = DayField("要求期限（选填）", validators=[Optional()])


class AskExtensionForm(LeadStepForm):
    until = DayField("延至", validators=[Optional(), Starred()])
    text = _text("延期的理由")


class ReasonedForm(LeadStepForm):
    text = _text("理由")


class SubmitForm(LeadStepForm):
    on = DayField("办结日期", validators=[InputRequired("请填写日期。")])
    result = SelectField(
        "包案结果", choices=[("", "请选择"), *numbered(LeadResult)], default="", validators=[Starred()]
    )
    text = _text("结果情况")
    evidence = StringField("佐证材料存放处（已上传附件的可不填）", validators=[within(LONGEST_PLACE)])


class AcceptForm(LeadStepForm):
    text = _text("验收意见")


class CloseForm(LeadStepForm):
    text = _text("佐证材料存放处（没有附件的必填）", needed=False)


class UndoLeadForm(LeadStepForm):
    text = StringField("撤销的理由", validators=[within(200), Starred()])


class VoidLeadForm(LeadStepForm):
    text = StringField("作废的理由", validators=[within(200), Starred()])
