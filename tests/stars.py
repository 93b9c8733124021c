"""Which fields of a refused page were refused as empty though nothing had said that they must be filled in."""

import re
from typing import Any

import lxml.html

MISSING = re.compile(r"请(先)?(填写|选择|写明|写|选|定|粘贴|上传)")
BLANK = ("text", "date", "number", "search", "time", "checkbox", "radio")


def unstarred(html: str) -> list[str]:
    """Label and message of each: the label wears neither the star nor says 必填."""
    page = lxml.html.document_fromstring(html)
    told = page.xpath("//*[contains(concat(' ', @class, ' '), ' field-error ')]")
    return [f"{_head(e)}：{e.text_content()}" for e in told if _is_missing(e) and not _wears_star(e)]


def _is_missing(told: Any) -> bool:
    return bool(MISSING.search(told.text_content()))


def _wears_star(told: Any) -> bool:
    cell = next(told.iterancestors("td"), None)
    label = _heading_of(cell) if cell is not None else _label_of(told)
    if label is None:
        return False
    return "必填" in label.text_content() or bool(label.xpath(".//*[@class='required']"))


def _label_of(told: Any) -> Any:
    return next(iter(told.getparent().xpath("(.//label|.//legend)[1]")), None)


def _heading_of(cell: Any) -> Any:
    """The heading of the column that a cell stands in."""
    place = len(list(cell.itersiblings("td", "th", preceding=True)))
    headings = next(cell.iterancestors("table")).xpath("./thead/tr/th")
    return headings[place] if place < len(headings) else None


def _head(told: Any) -> str:
    label = _label_of(told)
    return label.text_content().strip() if label is not None else told.get("id", "")


def forms_of(html: str) -> list[tuple[str, dict[str, str]]]:
    """Address and values of each posting form that asks for something: hidden fields as they stand, the rest left empty."""
    found = []
    for form in lxml.html.document_fromstring(html).xpath("//form[@method='post' and @action]"):
        controls = form.xpath(".//input|.//select|.//textarea")
        if any(c.tag != "input" or c.get("type", "text") in BLANK for c in controls):
            found.append((form.get("action"), _emptied(form, controls)))
    return found


def _first(control: Any) -> str:
    """What a browser sends of an empty control: of a list its first line."""
    return next(iter(control.xpath("./option/@value")), "") if control.tag == "select" else ""


def _emptied(form: Any, controls: list[Any]) -> dict[str, str]:
    kept = {c.get("name"): c.get("value", "") for c in controls if c.get("type") == "hidden"}
    empty = {
        c.get("name"): _first(c)
        for c in controls
        if c.get("type") not in ("hidden", "checkbox", "radio", "file")
    }
    verbs = {b.get("name"): b.get("value", "") for b in form.xpath(".//button[@name and @name!='more']")}
    return {name: value for name, value in (empty | kept | verbs).items() if name}


def filled_in(html: str) -> dict[str, str]:
    """Something for each field that was refused, so that the next refusal comes to light."""
    page = lxml.html.document_fromstring(html)
    blocks = page.xpath("//*[contains(concat(' ', @class, ' '), ' field-error ')]/parent::*")
    controls = [
        c for block in blocks for c in block.xpath(".//input[@name]|.//select[@name]|.//textarea[@name]")
    ]
    return {c.get("name"): _something(c) for c in controls if c.get("type") != "file"}


def _something(control: Any) -> str:
    if control.tag == "select":
        return next(iter(control.xpath("./option[last()]/@value")), "")
    if control.get("type") in ("checkbox", "radio"):
        return control.get("value", "")
    return {"date": "2026-07-15", "number": "1"}.get(control.get("type", "text"), "写明了的内容")
