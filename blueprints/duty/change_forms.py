"""Forms that change who is on duty: shape only; the rules are asked by the actions."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from actions.absences import AbsenceData
from actions.duty_swaps import SwapData
from models.roster import Duty
from queries.absences import PersonLine
from queries.duty_swaps import Offer
from queries.register_filter import number_of
from rules.duty_words import AbsenceKind
from rules.office_time import OFFICE_OFFSET
from rules.roster_conflicts import Replacement
from web.form_fields import DayField, Form, OnceForm, ReasonForm, within
from web.template_filters import weekday

CHOOSE = ("", "请选择")
CONFIRMED = "已核对，确定要调"


def reason_field(label: str = "理由") -> StringField:
    return StringField(
        label, validators=[DataRequired("请写明理由。"), Length(2, 200, "理由要 2 至 200 个字。")]
    )


def version_of(form: Any) -> int:
    """The version the page was opened with; 0, which never matches, where it was lost."""
    return number_of(str(form.version.data or "")) or 0


class SwapForm(OnceForm):
    """What is asked: `p12` has person 12 stand in, `d34-2` takes duty 34, as it is in its version 2, in exchange."""

    version = HiddenField()
    other = SelectField("与谁调", validate_choice=False)
    reason = reason_field("调班理由")
    confirmed = BooleanField(CONFIRMED)

    def offering(self, offers: Iterable[Offer], people: Sequence[Replacement]) -> "SwapForm":
        stand_in = [(f"p{one.person_id}", _words_of_person(one)) for one in people]
        exchange = [(f"d{o.duty.id}-{o.duty.version}", _words_of_offer(o)) for o in offers]
        self.other.choices = {"": [CHOOSE], "请人替班（不换回）": stand_in, "与别人的班对换": exchange}
        return self

    def validate_other(self, field: SelectField) -> None:
        if self._duty is None and self._person is None:
            raise ValidationError("请选择与谁调。")

    def as_data(self, duty_id: int) -> SwapData:
        other = self._duty or (None, None)
        return SwapData(
            duty_id=duty_id,
            version=version_of(self),
            reason=self.reason.data or "",
            other_duty_id=other[0],
            other_version=other[1],
            other_person_id=self._person,
            confirmed=bool(self.confirmed.data),
        )

    @property
    def _person(self) -> int | None:
        text = str(self.other.data or "")
        return number_of(text[1:]) if text.startswith("p") else None

    @property
    def _duty(self) -> tuple[int, int] | None:
        row_id, _, version = str(self.other.data or "")[1:].partition("-")
        if not str(self.other.data or "").startswith("d"):
            return None
        found = number_of(row_id), number_of(version)
        return None if found[0] is None or found[1] is None else (found[0], found[1])


class AgreeForm(Form):
    """The other's yes; to be confirmed where something speaks against it."""

    version = HiddenField()
    confirmed = BooleanField(CONFIRMED)


class ApproveForm(AgreeForm):
    note = StringField("审批意见", validators=[within(200)])


class RefuseForm(ReasonForm):
    """Any act on a swap or a leave that ends it, with the reason."""

    version = HiddenField()


class ReplaceForm(Form):
    """A manager sets another person."""

    version = HiddenField()
    person = SelectField("改由谁值", validate_choice=False)
    reason = reason_field()
    confirmed = BooleanField(CONFIRMED)

    def offering(self, best: Sequence[Replacement], rest: Sequence[tuple[int, str]]) -> "ReplaceForm":
        first = [(str(one.person_id), _words_of_person(one)) for one in best]
        others = [(str(person_id), words) for person_id, words in rest]
        self.person.choices = {"": [CHOOSE], "合适的人（最合适的在前）": first, "其他值班人员": others}
        return self

    def validate_person(self, field: SelectField) -> None:
        if number_of(str(field.data or "")) is None:
            raise ValidationError("请选择改由谁值。")

    @property
    def person_id(self) -> int:
        return number_of(str(self.person.data or "")) or 0


class AbsenceForm(OnceForm):
    person = SelectField("人员", validate_choice=False)
    kind = RadioField(
        "类别", choices=AbsenceKind.choices(), default=AbsenceKind.LEAVE.value, validate_choice=False
    )
    first_day = DayField("开始日期", validators=[Optional()])
    last_day = DayField("结束日期", validators=[Optional()])
    note = StringField("说明", validators=[within(100)])

    def offering(self, own: tuple[int, str], people: Sequence[PersonLine]) -> "AbsenceForm":
        others = [(str(one.id), f"{one.name}（{one.unit}）") for one in people if one.id != own[0]]
        self.person.choices = [(str(own[0]), f"本人（{own[1]}）"), *others]
        return self

    def validate_kind(self, field: RadioField) -> None:
        if field.data not in {kind.value for kind in AbsenceKind}:
            raise ValidationError("请选择请假还是愿休。")

    def as_data(self, own_id: int) -> AbsenceData:
        asked = str(self.person.data or "")
        return AbsenceData(
            person_id=(number_of(asked) or 0) if asked else own_id,
            kind=AbsenceKind(self.kind.data),
            first_day=self.first_day.data,
            last_day=self.last_day.data or self.first_day.data,
            note=self.note.data or "",
        )


def hours_of(duty: Duty) -> str:
    """`08:30—次日 08:30`, in the office's time."""
    begins, ends = duty.starts_at + OFFICE_OFFSET, duty.ends_at + OFFICE_OFFSET
    return f"{begins:%H:%M}—{'次日 ' if ends.date() > begins.date() else ''}{ends:%H:%M}"


def words_of_duty(duty: Duty) -> str:
    return f"{duty.day} {weekday(duty.day)} {duty.post.name}"


def _words_of_offer(offer: Offer) -> str:
    name = offer.duty.person.name if offer.duty.person else ""
    return f"{words_of_duty(offer.duty)} {name}{'（需核对）' if offer.conflicts else ''}"


def _words_of_person(one: Replacement) -> str:
    return f"{one.name}（{one.reason}）"
