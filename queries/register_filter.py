"""What the filters of the registers share: reading a query string, and saying it in words."""

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from models.category import Category
from models.import_batch import STAGED
from models.organisation import Unit
from queries.scope import within
from queries.wordings import in_ids
from rules.errors import RuleViolation
from rules.periods import FIRST_YEAR, LAST_YEAR, Period, day_range, parse_period
from rules.taxonomy import Labelled

LARGEST_ID = 2_147_483_647
"""What an integer column of PostgreSQL holds."""


def days_of(args: Any) -> tuple[date | None, date | None]:
    """`from` and `to`, or both ends of `period` where it is given. Raises RuleViolation naming the field."""
    if text := args.get("period", "").strip():
        period = parse_period(text)
        return period.start, period.end
    first, last = day_of(args.get("from", ""), "from"), day_of(args.get("to", ""), "to")
    if first and last and first > last:
        raise RuleViolation("起始日期晚于截止日期。", "from")
    return first, last


def named_days_of(args: Any, name: str) -> tuple[date | None, date | None]:
    """`<name>_from` and `<name>_to`. Raises RuleViolation naming the field."""
    first, last = (day_of(args.get(field, ""), field) for field in (f"{name}_from", f"{name}_to"))
    if first and last and first > last:
        raise RuleViolation("起始日期晚于截止日期。", f"{name}_from")
    return first, last


def both_or_none(first: date | None, last: date | None) -> Period | None:
    """`from` and `to` where a page needs a whole period. Raises RuleViolation on the one left out."""
    if first and last:
        return day_range(first, last)
    if first or last:
        raise RuleViolation("起止日期要一起填。", "from" if last else "to")
    return None


def between(column: Any, first: date | None, last: date | None) -> list[Any]:
    """Conditions on a column of days."""
    return [*([column >= first] if first else []), *([column <= last] if last else [])]


def day_of(text: str, field: str) -> date | None:
    """A day as an address writes it. Raises RuleViolation on one that cannot be read or lies outside 1990–2100."""
    try:
        day = date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise RuleViolation(f"日期“{text[:20]}”写法不对，请写成 2026-07-15。", field) from None
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RuleViolation(f"日期 {day} 不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间，请核对。", field)
    return day


def number_of(text: str | None) -> int | None:
    """An id or a version as an address or a form writes it; None where no column could hold it."""
    text = (text or "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        return None
    return int(text) if int(text) <= LARGEST_ID else None


def word_of(words: type[Labelled], text: str) -> Any:
    return words(text) if text in {w.value for w in words} else None


def free_text_of(args: Any) -> str:
    return " ".join(args.get("q", "").split())[:80]


def one_of(choices: dict[str, Any], text: str, default: str) -> str:
    return text if text in choices else default


def args_of(chosen: Any, default_sort: str = "date") -> dict[str, str]:
    """The query string of a filter again, without what is empty; `from_` is written `from`."""
    found = {}
    for f in fields(chosen):
        value = getattr(chosen, f.name)
        if value is None or value is False or value == "" or (f.name == "sort" and value == default_sort):
            continue
        found[f.name.rstrip("_")] = "1" if value is True else str(value)
    return found


def below_unit(session: Session, column: Any, unit_id: int) -> Any:
    """Whether a column lies in the chosen unit or below."""
    unit = session.get(Unit, unit_id)
    return within(column, unit.path) if unit and unit.path else column == unit_id


def below_category(session: Session, column: Any, category_id: int) -> Any:
    """Whether a column is the chosen category or one below it.

    PostgreSQL is given the ids: one category has a tenth of all rows and another none, and not knowing which it would
    read all rows in the order of the list to find none."""
    line = select(Category.id).where(or_(Category.id == category_id, Category.parent_id == category_id))
    if session.get_bind().dialect.name == "sqlite":
        return column.in_(line)
    return in_ids(column, session.scalars(line).all())


def days_alone(chosen: Any, *more: str) -> tuple[date, date] | None:
    """The first and the last day, where a filter asks for nothing but these and a unit; `more` are names that narrow
    nothing."""
    if chosen.from_ is None or chosen.to is None or chosen.to_args().keys() - {"from", "to", "unit", *more}:
        return None
    return chosen.from_, chosen.to


def unit_in_words(session: Session, unit_id: int) -> str:
    unit = session.get(Unit, unit_id)
    return f"{unit.label}及下级" if unit else "未知单位"


def days_in_words(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{first}" if first == last else f"{first} 至 {last}"
    if first:
        return f"{first} 以来"
    return f"{last} 以前" if last else ""


def live_or_void(model: Any, void: bool) -> ColumnElement[bool]:
    """Live rows, or the void ones without those that an import has written but not published."""
    if not void:
        return model.voided_at.is_(None)
    return and_(model.voided_at.is_not(None), model.void_reason != STAGED)
