"""One form for each step: what it asks, and nothing that the petition knows already."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from rules.petition_rules import LONGEST_TEXT, MOST_EXTENSION
from rules.petition_words import (
    Acceptance,
    ArchiveTerm,
    Conclusion,
    DeliveryMethod,
    HandlingClass,
    Rating,
    Resolution,
    ReviewOpinion,
    ServedPaper,
)
from rules.taxonomy import Labelled
from web.form_fields import DayField, OnceForm, Starred, within
from web.matter_forms import numbered

NOT_CHOSEN = ""


def words_or_none(words: type[Labelled]) -> list[tuple[str, str]]:
    return [(NOT_CHOSEN, "请选择"), *numbered(words)]


class StepForm(OnceForm):
    """Every step has its version of the page. One that is done here (`rules.petition_states.DONE_HERE`) has no day to
    fill in: it is done today."""

    version = IntegerField(validators=[InputRequired()])
    unit_id: int | None = None
    """What `to_unit` names, once it was looked up."""

    def word(self, name: str, words: type[Any]) -> Any:
        """The member chosen; None where nothing was."""
        code = self[name].data
        return words(code) if code else None

    def text_of(self, name: str) -> str:
        return (self[name].data or "").strip()


class DatedForm(StepForm):
    """A step that happened on a day: what was done on paper may be entered later."""

    on = DayField("日期", validators=[InputRequired("请填写日期。")])


def text_field(label: str, *, needed: bool = False) -> TextAreaField:
    return TextAreaField(label, validators=[within(LONGEST_TEXT), *([Starred()] if needed else [])])


def choice_field(label: str, words: type[Labelled]) -> SelectField:
    """One that must be chosen."""
    return SelectField(label, choices=words_or_none(words), default=NOT_CHOSEN, validators=[Starred()])


def unit_field(label: str) -> StringField:
    """A unit that must be named."""
    return StringField(label, validators=[within(80), Starred()])


def compared_field() -> BooleanField:
    """Asked only of an accusation whose accused no unit is (`record_page`)."""
    return BooleanField("已核对：收件的不是被检举控告的单位及其下级")


class SendForm(DatedForm):
    to_unit = unit_field("责任单位")
    text = text_field("办理要求")
    compared = compared_field()


class AssignForm(SendForm):
    until = DayField("反馈期限", validators=[Optional(), Starred()])


class TakeForm(DatedForm):
    text = text_field("说明")


class ReceiveForm(DatedForm):
    pass


class ObjectForm(DatedForm):
    text = text_field("异议的详细理由", needed=True)
    to_unit = StringField("建议的责任单位", validators=[within(80)])


class DecideForm(StepForm):
    decision = RadioField(
        "决定",
        choices=[("agreed", "同意"), ("refused", "不同意")],
        validators=[InputRequired("请选择同意或不同意。")],
    )
    text = text_field("理由")

    @property
    def is_agreed(self) -> bool:
        return self.decision.data == "agreed"


class DecideObjectionForm(DecideForm, DatedForm):
    text = text_field("理由", needed=True)


class DisputeForm(DatedForm):
    text = text_field("争议情况", needed=True)


class DesignateForm(DatedForm):
    to_unit = unit_field("指定的责任单位")
    text = text_field("裁定依据", needed=True)
    compared = compared_field()


class UnitForm(DatedForm):
    to_unit = unit_field("协办单位")
    text = text_field("分工")
    compared = compared_field()


class HandOverForm(DatedForm):
    to_unit = unit_field("承接的单位")
    text = text_field("移交理由", needed=True)
    paper_number = StringField("依据文号", validators=[within(40)])
    compared = compared_field()


class EndUnitForm(DatedForm):
    """`offer` the units that help now before it is shown."""

    to_unit = SelectField("协办单位", validate_choice=False, validators=[Starred()])
    text = text_field("说明")

    def offer(self, units: list[tuple[int, str]]) -> None:
        several = [(NOT_CHOSEN, "请选择")] if len(units) != 1 else []
        self.to_unit.choices = [*several, *((str(unit_id), label) for unit_id, label in units)]


class NotifyForm(DatedForm):
    acceptance = choice_field("告知结果", Acceptance)
    handling_class = SelectField("办理类别", choices=words_or_none(HandlingClass), default=NOT_CHOSEN)
    text = text_field("理由、依据和办理途径")


class AcceptForm(DatedForm):
    """告知受理 of many: a refusal has reasons of its own, so each is told by itself."""

    handling_class = choice_field("办理类别", HandlingClass)
    text = text_field("办理途径等说明")


class TextForm(DatedForm):
    text = text_field("情况", needed=True)


class ExtensionForm(StepForm):
    days = IntegerField(
        "延长天数",
        validators=[
            Optional(),
            Starred(),
            NumberRange(1, MOST_EXTENSION, f"延期 1 至 {MOST_EXTENSION} 日。"),
        ],
    )
    text = text_field("延期理由", needed=True)


class ApproveForm(StepForm):
    reply_version = IntegerField(validators=[InputRequired()])


class PaperForm(DecideForm, DatedForm):
    """登记纸质批准. `offer` the attachments that may be chosen before it is shown."""

    approver = StringField("批准人", validators=[InputRequired("请填写批准人。"), within(60)])
    post = StringField("职务", validators=[InputRequired("请填写职务。"), within(60)])
    attachment = SelectField("批件扫描件（已在附件中的）", validate_choice=False)
    file = FileField("或上传扫描件")

    def offer(self, attachments: list[tuple[int, str]]) -> None:
        self.attachment.choices = [(NOT_CHOSEN, "请选择"), *((str(i), name) for i, name in attachments)]


class PaperReplyForm(PaperForm):
    reply_version = IntegerField(validators=[InputRequired()])


class ReplyForm(OnceForm):
    version = IntegerField(validators=[InputRequired()])
    reply_version = IntegerField(validators=[InputRequired()])
    conclusion = choice_field("处理结论", Conclusion)
    requests = text_field("投诉请求")
    facts = text_field("事实和理由")
    opinion = text_field("处理意见")
    legal_basis = text_field("法律法规依据")


class ServeForm(DatedForm):
    paper = choice_field("送达的文书", ServedPaper)
    document_number = StringField("文书字号", validators=[within(40)])
    method = choice_field("送达方式", DeliveryMethod)
    place = StringField("送达地点", validators=[within(80)])
    received_by = StringField("代收人及关系", validators=[within(60)])
    refusal = StringField("拒收事由", validators=[within(200)])
    served_by = StringField("送达人", validators=[within(60)])


class ConcludeForm(DatedForm):
    resolution = SelectField("化解状态", choices=words_or_none(Resolution), default=NOT_CHOSEN)
    text = text_field("办理结果")


class ResolveForm(DatedForm):
    resolution = choice_field("化解状态", Resolution)
    text = text_field("说明")


class RateForm(DatedForm):
    bureau_rating = SelectField("对信访部门", choices=words_or_none(Rating), default=NOT_CHOSEN)
    unit_rating = SelectField("对责任单位", choices=words_or_none(Rating), default=NOT_CHOSEN)


class InstructForm(DatedForm):
    text = text_field("批示内容", needed=True)
    until = DayField("要求期限", validators=[Optional()])


class ApplyForm(DatedForm):
    to_unit = unit_field("复查（复核）机关")
    text = text_field("申请的请求和理由", needed=True)
    late_reason = StringField("逾期申请仍受理的理由", validators=[within(200)])


class HearForm(DatedForm):
    until = DayField("听证结束日期", validators=[Optional()])
    text = text_field("听证情况")


class OpinionForm(DatedForm):
    opinion = choice_field("意见", ReviewOpinion)
    text = text_field("事实认定和意见", needed=True)
    legal_basis = text_field("依据", needed=True)


class ArchiveForm(DatedForm):
    term = choice_field("保管期限", ArchiveTerm)
    text = text_field("说明")


class MergeForm(DatedForm):
    into = StringField("并入的信访事项编号", validators=[within(40), Starred()])
    text = text_field("说明")


class UndoForm(DatedForm):
    text = text_field("撤销理由", needed=True)
