"""Written text as JSON and back. An issued bulletin is kept and hashed in this form, so the same text is always the
same string: keys in order, no blanks, empty fields left out."""

import json
from dataclasses import asdict
from typing import Any

from indicators.table import Records
from indicators.written_text import Passage, Written, WrittenChart, WrittenLine, WrittenTable, WrittenText

FORMAT = 1


def to_json(written: WrittenText) -> str:
    content = {
        "format": FORMAT,
        "unit_code": written.unit_code,
        "unit_label": written.unit_label,
        "period": written.period,
        "as_of": written.as_of,
        "definitions": dict(written.definitions),
        "lines": [_line_out(line) for line in written.lines],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> WrittenText:
    """Raises ValueError for another format."""
    read = json.loads(text)
    if read.get("format") != FORMAT:
        raise ValueError(f"unknown format of written text: {read.get('format')!r}")
    return WrittenText(
        **{name: read[name] for name in ("unit_code", "unit_label", "period", "as_of")},
        definitions=tuple(sorted(read["definitions"].items())),
        lines=tuple(_line_in(line) for line in read["lines"]),
    )


def _line_out(line: Written) -> dict[str, Any]:
    if isinstance(line, WrittenLine):
        return {"number": line.number, "text": [_passage_out(p) for p in line.passages]}
    if isinstance(line, WrittenTable):
        rows = [[_passage_out(p) for p in row] for row in line.rows]
        table = {"name": line.name, "caption": line.caption, "columns": line.columns, "note": line.note}
        shares = {"shares": line.shares} if line.shares else {}
        return {"number": line.number, "table": table | {"rows": rows} | shares}
    chart = asdict(line)
    return {"number": chart.pop("number"), "chart": chart}


def _passage_out(passage: Passage) -> dict[str, Any]:
    return {name: value for name, value in asdict(passage).items() if value or name == "text"}


def _line_in(line: dict[str, Any]) -> Written:
    number = line["number"]
    if "text" in line:
        return WrittenLine(number, _passages_in(line["text"]))
    if "table" in line:
        table = line["table"]
        rows = tuple(_passages_in(row) for row in table["rows"])
        shares = tuple(table.get("shares", ()))
        return WrittenTable(
            number, table["name"], table["caption"], tuple(table["columns"]), rows, table["note"], shares
        )
    chart = line["chart"]
    series = tuple((name, tuple(values)) for name, values in chart["series"])
    return WrittenChart(**chart | {"number": number, "labels": tuple(chart["labels"]), "series": series})


def _passages_in(passages: list[dict[str, Any]]) -> tuple[Passage, ...]:
    return tuple(_passage_in(p) for p in passages)


def _passage_in(passage: dict[str, Any]) -> Passage:
    records = passage.get("records")
    return Passage(**passage | {"records": Records(**records) if records else None})
