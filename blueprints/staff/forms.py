from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from models.organisation import Unit
from queries.register_filter import number_of
from rules.roles import Role
from rules.taxonomy import UnitCategory
from web.form_fields import DayField, Form, OnceForm, ReasonForm, required, within

INDENT = "\u3000"


def unit_options(units: list[tuple[Unit, int]], empty: str = "请选择") -> list[tuple[str, str]]:
    """Choices of a drop-down; the depth is shown by full-width blanks."""
    return [("", empty), *((str(u.id), f"{INDENT * depth}{u.label}") for u, depth in units)]


class VersionedForm(ReasonForm):
    """Several stand on one page: `place` keeps their ids apart."""

    version = HiddenField()

    def __init__(self, place: str = "", **options: Any) -> None:
        super().__init__(**options)
        for field in self if place else ():
            field.id = f"{place}-{field.id}"

    @property
    def expected(self) -> int:
        return number_of(self.version.data) or 0


class UnitForm(Form):
    code = StringField("机构代码", validators=[required("机构代码"), within(32)])
    name = StringField("名称", validators=[required("名称"), within(80)])
    short_name = StringField("简称", validators=[within(40)])
    category = SelectField("类别", choices=UnitCategory.choices())
    parent = SelectField("上级", validate_choice=False)
    sort_order = IntegerField(
        "排序", default=0, validators=[InputRequired("请填写排序。"), NumberRange(0, 99999)]
    )
    telephone = StringField("办公电话", validators=[within(40)])


class UnitEditForm(VersionedForm):
    name = StringField("名称", validators=[required("名称"), within(80)])
    short_name = StringField("简称", validators=[within(40)])
    category = SelectField("类别")
    sort_order = IntegerField("排序", validators=[InputRequired("请填写排序。"), NumberRange(0, 99999)])
    telephone = StringField("办公电话", validators=[within(40)])


class UnitClosingForm(VersionedForm):
    last_day = DayField(
        "撤销日期（存续的最后一天）", validators=[DataRequired("请填写撤销日期，如 2026-07-15。")]
    )
    successor = SelectField("承接单位", validate_choice=False)


class AccountForm(Form):
    username = StringField("用户名", validators=[required("用户名"), within(40)])
    name = StringField("姓名", validators=[required("姓名"), within(40)])
    unit = SelectField("单位", validate_choice=False, validators=[DataRequired("请选择单位。")])
    post = StringField("职务", validators=[within(60)])
    telephone = StringField("办公电话", validators=[within(40)])


class PersonForm(Form):
    name = StringField("姓名", validators=[required("姓名"), within(40)])
    unit = SelectField("单位", validate_choice=False, validators=[DataRequired("请选择单位。")])
    post = StringField("职务", validators=[within(60)])
    telephone = StringField("办公电话", validators=[within(40)])


class PersonEditForm(VersionedForm):
    name = StringField("姓名", validators=[required("姓名"), within(40)])
    telephone = StringField("办公电话", validators=[within(40)])


class MoveForm(VersionedForm):
    unit = SelectField("调往单位", validate_choice=False, validators=[DataRequired("请选择单位。")])
    post = StringField("新职务", validators=[within(60)])
    from_date = DayField("到任日期", validators=[DataRequired("请填写到任日期，如 2026-07-15。")])


class HandOverForm(VersionedForm):
    """With one `duty_12` for each duty to come: `hand_over_form`."""

    successor = SelectField("承接人", validate_choice=False)

    def duty_field(self, duty_id: int) -> SelectField:
        field: SelectField = self[f"duty_{duty_id}"]
        return field

    @property
    def passed_on(self) -> dict[int, int]:
        """Duty → who stands there from now on; those left empty are not in it."""
        fields = ((name, field) for name, field in self._fields.items() if name.startswith("duty_"))
        return {
            int(name.removeprefix("duty_")): person_id
            for name, field in fields
            if (person_id := number_of(field.data)) is not None
        }


LEFT_EMPTY = "留作空岗，由值班管理人员另派"


def hand_over_form(version: int, duties: dict[int, tuple[str, list[tuple[int, str]]]]) -> HandOverForm:
    """`duties`: duty → its words, and who may stand in as (person, words), the best first and chosen."""
    fields = {
        f"duty_{duty_id}": SelectField(
            words,
            choices=[*((str(person), label) for person, label in best), ("", LEFT_EMPTY)],
            default=str(best[0][0]) if best else "",
            validate_choice=False,
        )
        for duty_id, (words, best) in duties.items()
    }
    made: HandOverForm = type("HandOverForm", (HandOverForm,), fields)(version=version)
    return made


class RoleForm(VersionedForm):
    role = SelectField("角色", choices=[("", "（收回角色）"), *((r.value, r.label) for r in Role)])


class SealedForm(VersionedForm):
    reads_sealed = BooleanField("可以阅读检举控告材料")


class OfficeRuleForm(OnceForm):
    value = IntegerField("新值", validators=[InputRequired("请填写数字。")])
    valid_from = DayField("从哪天起", validators=[DataRequired("请填写日期，如 2026-07-15。")])
    basis = StringField("依据", validators=[required("依据"), within(200)])


class TelephoneFilter(Form):
    class Meta(Form.Meta):
        csrf = False

    q = StringField("查找", validators=[Optional(), within(40)])
