"""Forms of bulletins: shape only; the rules are asked by the actions."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from actions.bulletins import FORMATS, BulletinData
from models.bulletin import Bulletin
from queries.organisation import UnitLine
from queries.register_filter import number_of
from rules.bulletin_kinds import BulletinKind
from rules.periods import parse_period
from web.bulletin_recipients import GROUPS, expanded
from web.form_fields import Form, OnceForm, ReasonForm, required, within


class NewBulletinForm(OnceForm):
    """What to begin with; the rest comes from the template."""

    template = SelectField("模板", validate_choice=False)
    period = StringField("期间", validators=[required("期间"), within(24)])
    offered = HiddenField()
    """The period that the page filled in: left as it was, it means the usual one of the template that was chosen."""
    subject_unit = SelectField("统计单位（含下级）", validate_choice=False)


class BulletinTextForm(Form):
    """Everything an author may change."""

    version = HiddenField()
    over = HiddenField()
    """以我的内容为准: the version of somebody else's text that was shown, and is to be replaced."""
    kind = SelectField("种类", choices=BulletinKind.choices(), validate_choice=False)
    period = StringField("期间", validators=[required("期间"), within(24)])
    subject_unit = SelectField("统计单位（含下级）", validate_choice=False)
    format = SelectField("公文格式", choices=list(FORMATS.items()), validate_choice=False)
    urgency = SelectField(
        "紧急程度", choices=[("", "（无）"), ("加急", "加急"), ("特急", "特急")], validate_choice=False
    )
    title = StringField("标题", validators=[required("标题"), within(120)])
    addressees = StringField("主送机关", validators=[within(400)])
    copies_to = StringField("抄送机关", validators=[within(400)])
    note = StringField("附注", validators=[within(60)])
    source = TextAreaField("正文", validators=[required("正文")])
    groups = SelectMultipleField("发送范围", choices=list(GROUPS.items()), validate_choice=False)
    recipients = SelectMultipleField("发送单位", validate_choice=False)

    def version_replaced(self) -> int:
        return number_of(self.over.data) or number_of(self.version.data) or 0

    def as_data(self, units: Sequence[UnitLine], corrects_id: int | None) -> BulletinData:
        """Raises RuleViolation on `kind` or `period`."""
        return BulletinData(
            kind=BulletinKind.from_label(_label(self.kind.data), "kind"),
            period=parse_period(self.period.data or ""),
            subject_unit_id=number_of(self.subject_unit.data) or 0,
            title=self.title.data or "",
            source=self.source.data or "",
            addressees=self.addressees.data or "",
            copies_to=self.copies_to.data or "",
            format=self.format.data or "",
            urgency=self.urgency.data or "",
            note=self.note.data or "",
            recipients=expanded(self.groups.data or [], self.recipients.data or [], units),
            corrects_id=corrects_id,
        )


class StepForm(Form):
    """One press of a button on a record that may have changed meanwhile."""

    version = HiddenField()


class SubmitForm(StepForm):
    names_checked = BooleanField("以上姓名已逐个核对，都不是信访人")


class StepReasonForm(ReasonForm):
    version = HiddenField()


class CorrectForm(OnceForm):
    """起草更正: pressed twice it makes one draft."""


class IssueForm(StepForm):
    seen = HiddenField()
    """Digest of the text as the signer saw it."""
    register = SelectField("发文字号", validate_choice=False)
    seal = SelectField("用印", validate_choice=False)


def fields_of(row: Bulletin) -> dict[str, Any]:
    """A saved draft as form values."""
    names = (
        "version",
        "kind",
        "period",
        "format",
        "urgency",
        "title",
        "addressees",
        "copies_to",
        "note",
        "source",
    )
    values = {name: getattr(row, name) for name in names}
    return values | {
        "subject_unit": str(row.subject_unit_id),
        "recipients": [str(r.unit_id) for r in row.recipients],
    }


def _label(code: str | None) -> str:
    return dict(BulletinKind.choices()).get(code or "", code or "")
