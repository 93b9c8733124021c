"""Pages to print as HTML: their own templates, away from the site's, and never a value that is not escaped."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from documents.record_numbers import RECORD_NUMBER

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "documents"

WEEKDAYS = "一二三四五六日"

_RECORD_NUMBER = re.compile(r"([A-Z]{2}-.+-)([0-9]{4}-[0-9]{5,})")

_FIGURE = re.compile(r"[-+]?\d[\d,.:/\-]*(?: ?[%‰％]| \d{2}:\d{2})?")
_UNPARTED = re.compile(rf"{RECORD_NUMBER.pattern}|\b0[0-9]{{2,3}}-[0-9]{{7,8}}\b", re.ASCII)
_BEFORE_QUOTE = re.compile(r"(?<=[\u3400-\u9fff，。、；：！？）》])(?=[“‘])")
_AFTER_QUOTE = re.compile(r"(?<=[”’])(?=[\u3400-\u9fff（《])")

_templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, **values: object) -> str:
    """HTML of a template of templates/documents/; raises jinja2.UndefinedError for a value that was not given."""
    return _templates.get_template(template).render(**values)


@cache
def stylesheet(name: str) -> str:
    """Text of a stylesheet of templates/documents/; the name is a constant of ours, never a value."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def chinese_date(day: date) -> str:
    """2026年1月5日 (GB/T 9704 7.3.5.4: no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday(day: date) -> str:
    return f"星期{WEEKDAYS[day.weekday()]}"


def breakable(text: str) -> Markup:
    """A record number may go on in a second line before its year; any other text stays as it is."""
    found = _RECORD_NUMBER.fullmatch(text)
    if not found:
        return escape(text)
    return escape(found[1]) + Markup("<wbr>") + escape(found[2])


def flowing(text: str) -> Markup:
    """Chinese text whose lines may also end before “ and after ”: Unicode's rules glue both to their neighbours."""
    return Markup(_BEFORE_QUOTE.sub("<wbr>", _AFTER_QUOTE.sub("<wbr>", str(escape(text)))))  # noqa: S704 - escaped


def unparted(text: Markup) -> Markup:
    """Neither a record number nor a telephone number goes on in a second line."""
    return Markup(_UNPARTED.sub(r'<span class="nowrap">\g<0></span>', str(text)))  # noqa: S704 - escaped before


def is_figure(text: str) -> bool:
    """Whether a cell holds nothing but a number, a day or an hour: it stays in one line."""
    return _FIGURE.fullmatch(text) is not None


_templates.tests["figure"] = is_figure
_templates.filters["unparted"] = unparted
_templates.filters["breakable"] = breakable
_templates.filters["flowing"] = flowing
_templates.filters["chinese_date"] = chinese_date
_templates.filters["weekday"] = weekday
