"""Forms of the office's side: number registers, seals, templates."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from actions.bulletin_templates import TemplateData
from actions.document_registers import GRIDS
from queries.register_filter import number_of
from rules.bulletin_kinds import BulletinKind
from rules.numbering import DocumentSeries
from web.form_fields import Form, OnceForm, ReasonForm, required, within

USUAL_WIDTH = 42


class VersionField(HiddenField):
    """The version of the row that the form was opened with."""

    @property
    def expected(self) -> int:
        return number_of(str(self.data or "")) or 0


class RegisterForm(OnceForm):
    word = StringField("机关代字", validators=[required("机关代字"), within(12)])
    mark = StringField("发文机关标志", validators=[required("发文机关标志"), within(30)])
    series = SelectField("用于", choices=[(one.value, one.label) for one in DocumentSeries])
    grid = SelectField("版面", choices=list(GRIDS.items()))


class RegisterChangeForm(Form):
    version = VersionField()
    mark = StringField("发文机关标志", validators=[required("发文机关标志"), within(30)])
    grid = SelectField("版面", choices=list(GRIDS.items()))


class SealForm(OnceForm):
    name = StringField("印章名称", validators=[required("印章名称"), within(60)])
    width_mm = IntegerField("直径（毫米）", default=USUAL_WIDTH, validators=[InputRequired("请填写直径。")])
    image = FileField("印章图片", validators=[FileRequired("请选择印章图片。")])


class RetirementForm(ReasonForm):
    """Several stand on one page: `place` keeps their ids apart."""

    version = VersionField()

    def __init__(self, place: str = "retire", **options: Any) -> None:
        super().__init__(**options)
        for field in self:
            field.id = f"{place}-{field.name}"


class TemplateForm(OnceForm):
    version = VersionField()
    kind = SelectField("种类", choices=BulletinKind.choices())
    name = StringField("模板名称", validators=[required("模板名称"), within(40)])
    title = StringField("标题", validators=[required("标题"), within(120)])
    addressees = StringField("主送机关", validators=[within(400)])
    copies_to = StringField("抄送机关", validators=[within(400)])
    source = TextAreaField("正文", validators=[required("正文")])

    @property
    def template(self) -> TemplateData:
        """Of a valid form."""
        return TemplateData(
            kind=BulletinKind(self.kind.data),
            name=self.name.data,
            title=self.title.data,
            source=self.source.data,
            addressees=self.addressees.data or "",
            copies_to=self.copies_to.data or "",
        )
