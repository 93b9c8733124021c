"""Forms of the two registers. Shape only; the unit stands fixed once a row is made."""

from typing import Any

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired

from rules.register_rules import (
    LONGEST_INDICATOR,
    LONGEST_OUTLET,
    LONGEST_TITLE,
    FigureValues,
    PublicationValues,
)
from rules.register_words import PublicationLevel
from web.form_fields import DayField, OnceForm, ReasonForm, Starred, required, within
from web.matter_forms import numbered


class PublicationForm(OnceForm):
    unit = IntegerField("单位", validators=[InputRequired("请选择单位。")])
    published_on = DayField("日期", validators=[InputRequired("请填写日期。")])
    title = StringField("标题", validators=[required("标题"), within(LONGEST_TITLE)])
    level = SelectField(
        "级别", choices=[("", "请选择"), *numbered(PublicationLevel)], default="", validators=[Starred()]
    )
    outlet = StringField("刊载于", validators=[within(LONGEST_OUTLET)])

    def values(self) -> PublicationValues:
        return PublicationValues(
            published_on=self.published_on.data,
            title=" ".join((self.title.data or "").split()),
            level=PublicationLevel(self.level.data) if self.level.data else None,
            outlet=(self.outlet.data or "").strip(),
        )


class FigureForm(OnceForm):
    unit = IntegerField("单位", validators=[InputRequired("请选择单位。")])
    period = StringField("期间", validators=[required("期间"), within(40)])
    indicator = StringField("指标", validators=[required("指标名称"), within(LONGEST_INDICATOR)])
    value = StringField("数值", validators=[required("数值"), within(40)])

    def values(self) -> FigureValues:
        return FigureValues(*(str(f.data or "") for f in (self.period, self.indicator, self.value)))


class _Correcting(ReasonForm):
    version = IntegerField(validators=[InputRequired()])


class CorrectPublicationForm(PublicationForm, _Correcting):
    pass


class CorrectFigureForm(FigureForm, _Correcting):
    pass


class VoidRowForm(_Correcting):
    pass


def void_form(version: int) -> Any:
    return VoidRowForm(formdata=None, data={"version": version})
