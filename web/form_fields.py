"""Forms: Chinese messages, refusals shown at their field, an idempotency key, fields that fit this country."""

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField, TimeField
from wtforms.validators import DataRequired, Length, Optional

from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.periods import FIRST_YEAR, LAST_YEAR


class Refused(Exception):
    """A rule refused what the form asked; its words now stand in the form."""


class Form(FlaskForm):
    """Base of all forms."""

    is_stale = False
    """Whether it was refused because somebody else saved the row after it was opened."""

    class Meta:
        locales = ["zh"]

    def add_error(self, violation: RuleViolation) -> None:
        field = self._fields.get(violation.field or "")
        if field is None:
            self.form_errors.append(violation.message)
        else:
            field.errors = [*field.errors, violation.message]

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """`with form.refusals(), writing() as session:`; a RuleViolation ends as Refused, shown in the form."""
        try:
            yield
        except RuleViolation as violation:
            self.is_stale = isinstance(violation, StaleVersion)
            self.add_error(violation)
            raise Refused from violation
        except RuleViolations as several:
            for violation in several.violations:
                self.add_error(violation)
            raise Refused from several


class OnceForm(Form):
    """A form that makes a record: sent twice, it makes one."""

    submission_key = HiddenField(default=lambda: secrets.token_urlsafe(24))


class DayField(DateField):
    """A day of 1990–2100: with any other, sums of days and weeks leave the calendar."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("日期写法不对，请写成 2026-07-15。") from None
        refuse_far_year(self)


def refuse_far_year(field: DateField) -> None:
    """Raises ValueError, as WTForms reads it, and empties the field."""
    day = field.data
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        field.data = None
        raise ValueError(f"日期应在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间。")


class HourField(TimeField):
    """A time of day, or nothing; 09：30 is understood as well."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, format=["%H:%M", "%H:%M:%S"], validators=[Optional()], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = unicodedata.normalize("NFKC", valuelist[0]).strip() if valuelist else ""
        try:
            super().process_formdata([text] if text else [])
        except ValueError:
            raise ValueError("时间写法不对，请写成 09:30。") from None


class ReasonForm(Form):
    reason = StringField(
        "理由", validators=[DataRequired("请写明理由。"), Length(2, 200, "理由要 2 至 200 个字。")]
    )


def with_ids(form: Form, prefix: str) -> Form:
    """The form with ids of its own, so that several may stand on one page."""
    for field in form:
        field.id = f"{prefix}-{field.name}"
        field.label.field_id = field.id
    return form


def required(label: str) -> DataRequired:
    return DataRequired(f"请填写{label}。")


class Starred:
    """Marks a field that must be filled in where the action itself says what is missing, in its own words."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing: it is refused by the action."""


def within(length: int) -> Length:
    return Length(max=length, message=f"最多 {length} 个字。")


def unprocessable(body: str) -> Response:
    """The same page again, with 422 and everything that was typed."""
    return Response(body, status=422)
