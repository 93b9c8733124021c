"""Forms of batches of old cases (交办批次). Shape only."""

from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from rules.campaign_rules import (
    LONGEST_CAMPAIGN,
    LONGEST_NOTES,
    LONGEST_NUMBER,
    LONGEST_SOURCE,
    CampaignValues,
)
from rules.petition_words import SourceLevel
from web.form_fields import DayField, Form, OnceForm, ReasonForm, Starred, required, within
from web.matter_forms import numbered


class CampaignForm(OnceForm):
    name = StringField("批次名称", validators=[required("批次名称"), within(LONGEST_CAMPAIGN)])
    source_level = SelectField(
        "交办层级", choices=[("", "请选择"), *numbered(SourceLevel)], default="", validators=[Starred()]
    )
    source = StringField("交办机关", validators=[within(LONGEST_SOURCE)])
    document_number = StringField("文号", validators=[within(LONGEST_NUMBER)])
    received_on = DayField("收到日期", validators=[InputRequired("请填写收到日期。")])
    due_on = DayField("办结期限", validators=[Optional()])
    notes = TextAreaField("说明", validators=[within(LONGEST_NOTES)])

    def values(self) -> CampaignValues:
        return CampaignValues(
            name=" ".join((self.name.data or "").split()),
            source_level=SourceLevel(self.source_level.data) if self.source_level.data else None,
            source=(self.source.data or "").strip(),
            document_number=(self.document_number.data or "").strip(),
            received_on=self.received_on.data,
            due_on=self.due_on.data,
            notes=(self.notes.data or "").strip(),
        )


class VersionedReasonForm(ReasonForm):
    version = IntegerField(validators=[InputRequired()])


class CorrectCampaignForm(CampaignForm, VersionedReasonForm):
    pass


class NumbersForm(Form):
    """A pasted list, or a sheet with a column of numbers; `confirmed` once the preview was seen."""

    numbers = TextAreaField("编号（没有选表格的必填）", validators=[within(70_000)])
    file = FileField("或者选择表格")
    confirmed = HiddenField()
