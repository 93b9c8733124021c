"""Forms of 班次设置: shape only; the rules are asked by the action."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from actions.roster_members import MemberData, PairData
from actions.roster_schemes import PostData, SchemeData
from models.roster import RosterMember, RosterPair, RosterPost, RosterScheme
from queries.register_filter import number_of
from queries.roster_rows import days_of
from rules.errors import RuleViolation
from rules.roster_presets import PostPreset, Preset
from rules.roster_rules import MOST_POSTS, days_of_text
from rules.roster_words import Pattern, RosterKind
from web.form_fields import Form, OnceForm, required, within
from web.register_fields import (
    CountField,
    DayField,
    HourField,
    RowForm,
    UnitField,
    present,
    problems_in_rows,
    put_in_rows,
    rows_are_fine,
    rows_of,
)

WEEKDAYS = [(str(n), f"周{word}") for n, word in enumerate("一二三四五六日", start=1)]


class TicksField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PostRowForm(RowForm):
    """One post; a row without a name is none."""

    post_id = HiddenField()
    at_unit = HiddenField()
    name = StringField("岗位", validators=[within(40)])
    starts = HourField("开始")
    ends = HourField("结束")
    need = CountField("人数", most=20, default=1)
    weight = CountField("分量", most=20, default=1)

    @property
    def is_blank(self) -> bool:
        return not (self.name.data or "").strip()

    def as_data(self, number: int) -> PostData:
        return PostData(
            number=number,
            name=(self.name.data or "").strip(),
            starts=self.starts.data,
            ends=self.ends.data,
            need=self.need.data,
            weight=self.weight.data,
            id=number_of(self.post_id.data),
            at_unit_id=number_of(self.at_unit.data),
        )


class SchemeForm(OnceForm):
    """A rota with its posts. Rows of posts are added by a button and dropped by emptying their name."""

    unit = UnitField("单位", validators=[present("请选择单位。")])
    kind = HiddenField()
    period = HiddenField()
    version = HiddenField()
    name = StringField("名称", validators=[required("名称"), within(40)])
    pattern = SelectField("哪些天值班", choices=Pattern.choices(), validate_choice=False)
    weekdays = TicksField("星期几", choices=WEEKDAYS, validate_choice=False)
    month_days = StringField("每月几号", validators=[within(40)])
    puts_off = BooleanField("遇节假日顺延到下一工作日")
    rest_hours = CountField("两班之间至少休息（小时）", most=240)
    most_in_row = CountField("最多连续几天", most=31, default=1)
    place = StringField("地点", validators=[within(80)])
    telephone = StringField("值班电话", validators=[within(40)])

    rows: list[PostRowForm]
    read_days: tuple[int, ...] = ()

    def validate_pattern(self, field: SelectField) -> None:
        if field.data not in {p.value for p in Pattern}:
            raise ValidationError("请选择哪些天值班。")

    def validate_month_days(self, field: StringField) -> None:
        if self.pattern.data != Pattern.MONTHLY.value:
            return
        try:
            self.read_days = days_of_text(field.data or "")
        except RuleViolation as violation:
            raise ValidationError(violation.message) from None

    def with_rows(
        self, saved: Iterable[Mapping[str, Any]], *, more: bool = False, posted: bool = True
    ) -> "SchemeForm":
        """The rows as posted, or as saved where another form of the page was posted."""
        formdata = request.form if posted and self.is_submitted() else None
        shown = [] if formdata is not None else list(saved)
        self.rows = rows_of(PostRowForm, "post", formdata, shown, most=MOST_POSTS, more=more)
        return self

    def is_fine(self) -> bool:
        """The form and its rows together, so that all messages show at once."""
        fine = [self.validate_on_submit(), rows_are_fine(self.rows)]
        self.form_errors += problems_in_rows("岗位", self.rows)
        return all(fine)

    def add_error(self, violation: RuleViolation) -> None:
        if put_in_rows("post", self.rows, violation):
            self.form_errors.append(
                f"岗位第 {int((violation.field or '').split('-')[1]) + 1} 行：{violation.message}"
            )
        else:
            super().add_error(violation)

    def as_data(self) -> SchemeData:
        pattern = Pattern(self.pattern.data)
        weekdays = tuple(sorted(n for text in self.weekdays.data or () if (n := number_of(text))))
        days = {Pattern.WEEKLY: weekdays, Pattern.MONTHLY: self.read_days}.get(pattern, ())
        return SchemeData(
            unit_id=self.unit.data,
            kind=RosterKind(self.kind.data),
            name=(self.name.data or "").strip(),
            pattern=pattern,
            days=days,
            puts_off=bool(self.puts_off.data),
            rest_hours=self.rest_hours.data,
            most_in_row=self.most_in_row.data,
            place=(self.place.data or "").strip(),
            telephone=(self.telephone.data or "").strip(),
            posts=tuple(row.as_data(n) for n, row in enumerate(self.rows) if not row.is_blank),
            period_id=number_of(self.period.data),
        )


class MemberRowForm(RowForm):
    """One member in the table of members; `prefix` is `member-7-` with the member's id."""

    position = CountField("次序", most=999)
    first_day = DayField("从哪天起")
    last_day = DayField("到哪天止")
    share = SelectField(
        "份额", choices=[(str(n), f"{n}%") for n in range(100, 0, -10)], validate_choice=False, default="100"
    )
    posts = TicksField("岗位", validate_choice=False)
    field = StringField("分管工作", validators=[within(80)])
    deputy = SelectField("AB岗", validate_choice=False)
    leaves = BooleanField("退出")

    def offering(
        self, posts: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]
    ) -> "MemberRowForm":
        self.posts.choices, self.deputy.choices = list(posts), [("", "—"), *people]
        return self

    @property
    def is_blank(self) -> bool:
        return False

    def as_data(self, number: int) -> MemberData:
        return MemberData(
            number=number,
            member_id=number,
            position=self.position.data,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            share=number_of(self.share.data),
            posts=frozenset(n for text in self.posts.data or () if (n := number_of(text))),
            field=(self.field.data or "").strip(),
            deputy_id=number_of(self.deputy.data),
            leaves=bool(self.leaves.data),
        )


class MembersForm(Form):
    version = HiddenField()
    rows: dict[int, MemberRowForm]

    def with_members(
        self, members: Sequence[RosterMember], posts: Sequence[RosterPost], *, posted: bool = True
    ) -> "MembersForm":
        """The rows as posted, or as saved where another form of the page was posted."""
        formdata = request.form if posted and self.is_submitted() else None
        people = [(str(m.person_id), m.person.name) for m in members]
        ticks = [(str(post.id), post.name) for post in posts]
        self.rows = {
            m.id: MemberRowForm(formdata=formdata, prefix=f"member-{m.id}-", data=_member_fields(m)).offering(
                ticks, people
            )
            for m in members
        }
        return self

    def is_fine(self) -> bool:
        fine = [self.validate_on_submit(), *(row.validate() for row in self.rows.values())]
        return all(fine)

    def add_error(self, violation: RuleViolation) -> None:
        _kind, _, rest = (violation.field or "").partition("-")
        number, _, name = rest.partition("-")
        row = self.rows.get(number_of(number) or 0)
        if row is not None and name in row:
            row.add_error(name, violation.message)
        else:
            super().add_error(violation)

    def as_data(self) -> list[MemberData]:
        return [row.as_data(member_id) for member_id, row in self.rows.items()]


def _member_fields(member: RosterMember) -> dict[str, Any]:
    return {
        "position": member.position,
        "first_day": member.first_day,
        "last_day": member.last_day,
        "share": str(member.share),
        "posts": [str(link.post_id) for link in member.posts],
        "field": member.field,
        "deputy": str(member.deputy_id or ""),
    }


class NewMembersForm(Form):
    """Several people of the unit at once, and one more by name."""

    version = HiddenField()
    people = TicksField("本单位人员", validate_choice=False)
    other = StringField("其他单位的人", validators=[within(80)])
    posts = TicksField("担任的岗位", validate_choice=False)

    @property
    def person_ids(self) -> list[int]:
        return [n for text in self.people.data or () if (n := number_of(text))]

    @property
    def post_ids(self) -> set[int]:
        return {n for text in self.posts.data or () if (n := number_of(text))}


TOGETHER = {"1": "同日搭班", "0": "不能同日"}


class PairRowForm(RowForm):
    one = SelectField("一人", validate_choice=False)
    other = SelectField("另一人", validate_choice=False)
    together = SelectField("关系", choices=list(TOGETHER.items()), validate_choice=False, default="1")

    @property
    def is_blank(self) -> bool:
        return not self.one.data and not self.other.data


class PairsForm(Form):
    version = HiddenField()
    rows: list[PairRowForm]

    def with_pairs(
        self, pairs: Sequence[RosterPair], members: Sequence[RosterMember], *, more: bool = False
    ) -> "PairsForm":
        formdata = request.form if self.is_submitted() else None
        saved = [
            {"one": str(p.one_id), "other": str(p.other_id), "together": str(int(p.together))} for p in pairs
        ]
        shown = [] if formdata is not None else saved
        self.rows = rows_of(PairRowForm, "pair", formdata, shown, most=100, more=more)
        people = [("", "—"), *((str(m.person_id), m.person.name) for m in members)]
        for row in self.rows:
            row.one.choices = row.other.choices = people
        return self

    def add_error(self, violation: RuleViolation) -> None:
        if not put_in_rows("pair", self.rows, violation):
            super().add_error(violation)

    def as_data(self) -> list[PairData]:
        return [
            PairData(n, number_of(row.one.data), number_of(row.other.data), row.together.data != "0")
            for n, row in enumerate(self.rows)
            if not row.is_blank
        ]


def preset_fields(preset: Preset, posts: Sequence[PostPreset]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Form values of a new rota, and of its rows of posts."""
    weekly = preset.pattern is Pattern.WEEKLY
    values = {
        "kind": preset.kind.value,
        "name": preset.name,
        "pattern": preset.pattern.value,
        "weekdays": [str(n) for n in preset.days] if weekly else [],
        "month_days": "" if weekly else "，".join(map(str, preset.days)),
        "puts_off": preset.puts_off,
        "rest_hours": preset.rest_hours,
        "most_in_row": preset.most_in_row,
    }
    return values, [
        {"name": p.name, "starts": p.starts, "ends": p.ends, "need": p.need, "weight": 1} for p in posts
    ]


def scheme_fields(
    scheme: RosterScheme, posts: Sequence[RosterPost]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A stored rota as form values, and its posts as rows."""
    days, pattern = days_of(scheme), Pattern(scheme.pattern)
    names = (
        "kind",
        "name",
        "pattern",
        "puts_off",
        "rest_hours",
        "most_in_row",
        "place",
        "telephone",
        "version",
    )
    values = {name: getattr(scheme, name) for name in names} | {
        "unit": scheme.unit_id,
        "weekdays": [str(n) for n in days] if pattern is Pattern.WEEKLY else [],
        "month_days": "，".join(map(str, days)) if pattern is Pattern.MONTHLY else "",
    }
    return values, [
        {
            "post_id": str(post.id),
            "at_unit": str(post.at_unit_id or ""),
            "name": post.name,
            "starts": post.starts_at,
            "ends": post.ends_at,
            "need": post.need,
            "weight": post.weight,
        }
        for post in posts
    ]
