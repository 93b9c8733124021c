"""Fields of the registers: counts that may be left empty, days in Chinese, rows that repeat."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from wtforms import DateField, Field, Form, IntegerField, StringField
from wtforms.validators import NumberRange, Optional, StopValidation
from wtforms.widgets import TextInput

from queries.register_filter import number_of
from rules.errors import RuleViolation
from web.form_fields import HourField, Starred, refuse_far_year

MOST_COUNTED = 9999
ROWS_AT_FIRST = 5
ROWS_MORE = 5

R = TypeVar("R", bound="RowForm")

__all__ = [
    "CountField",
    "DayField",
    "HourField",
    "RowForm",
    "UnitField",
    "present",
    "problems_in_rows",
    "put_in_rows",
    "rows_are_fine",
    "rows_of",
]


class CountField(IntegerField):
    """A whole number; empty is 0. Full-width digits are taken too."""

    widget = TextInput()

    def __init__(self, label: str, most: int = MOST_COUNTED, **options: Any) -> None:
        message = f"应在 0 到 {most} 之间。"
        super().__init__(label, validators=[NumberRange(0, most, message)], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = unicodedata.normalize("NFKC", valuelist[0]).strip() if valuelist else ""
        if text and not re.fullmatch(r"-?[0-9]{1,9}", text):
            self.data = None
            raise ValueError("请填整数。")
        self.data = int(text) if text else 0

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def __call__(self, **attributes: Any) -> Any:
        return super().__call__(
            **{"inputmode": "numeric", "autocomplete": "off", "maxlength": 9} | attributes
        )


class DayField(DateField):
    """A day of 1990–2100; 2026/7/15 and 2026.7.15 are understood as well. `missing` is said where it is empty; one that is
    `starred` is refused by the action, together with everything else that is wrong."""

    def __init__(self, label: str, missing: str = "", *, starred: bool = False, **options: Any) -> None:
        unless = [Optional(), Starred()] if starred else [Optional()]
        super().__init__(label, validators=[present(missing)] if missing else unless, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = unicodedata.normalize("NFKC", valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
        try:
            self.data = date(*map(int, found.groups())) if found else None
        except ValueError:
            self.data = None
        if self.data is None:
            raise ValueError("日期写法不对，请写成 2026-07-15。")
        refuse_far_year(self)


class UnitField(StringField):
    """A unit's id from a list; `data` is an int, 0 where nothing usable was chosen."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = number_of(valuelist[0] if valuelist else "") or 0


class RowForm(Form):
    """One of the rows that repeat under a form. `prefix` numbers it: `matter-0-summary`."""

    class Meta:
        locales = ["zh"]

    @property
    def is_blank(self) -> bool:
        """Nothing was typed; choices and hidden fields do not count."""
        raise NotImplementedError

    def add_error(self, field: str, message: str) -> None:
        target = self._fields[field]
        target.errors = [*target.errors, message]


def present(message: str) -> Callable[[Form, Field], None]:
    """Like InputRequired, but a value that could not be read keeps its own message."""

    def check(_form: Form, field: Field) -> None:
        if field.errors:
            raise StopValidation
        if field.data in (None, "", 0):
            raise StopValidation(message)

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def rows_of(
    form: type[R], kind: str, formdata: Any, saved: list[Mapping[str, Any]], *, most: int, more: bool = False
) -> list[R]:
    """The rows of a page: those posted, or those saved; filled up to five, and five more where asked for."""
    posted = [int(found[1]) for name in formdata or () if (found := re.match(rf"{kind}-(\d{{1,3}})-", name))]
    count = max(posted, default=-1) + 1 if formdata else max(len(saved) + 1, ROWS_AT_FIRST)
    count = min(most, count + (ROWS_MORE if more else 0))
    return [
        form(formdata=formdata or None, prefix=f"{kind}-{n}-", data=saved[n] if n < len(saved) else None)
        for n in range(count)
    ]


def rows_are_fine(rows: list[Any]) -> bool:
    """Validate the rows that say anything; all of them, so that every message shows."""
    return all([row.validate() for row in rows if not row.is_blank])


def put_in_rows(kind: str, rows: list[Any], violation: RuleViolation) -> bool:
    """Show a refusal on `kind-0-field` at its row; False where it belongs to none."""
    found = re.fullmatch(rf"{kind}-(\d+)-(\w+)", violation.field or "")
    if not found or int(found[1]) >= len(rows) or found[2] not in rows[int(found[1])]:
        return False
    rows[int(found[1])].add_error(found[2], violation.message)
    return True


def problems_in_rows(name: str, rows: list[Any]) -> list[str]:
    """`事项第 2 行:请写明事项。` for the summary above the form."""
    return [
        f"{name}第 {number} 行：{' '.join(map(str, errors))}"
        for number, row in enumerate(rows, start=1)
        for errors in row.errors.values()
        if errors
    ]
