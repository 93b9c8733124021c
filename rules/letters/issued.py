"""A letter or paper as it is issued: frozen, kept and hashed as JSON, so that the same one is always the same string."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rules.form_rows import FormCell, FormRow
from rules.letters.kinds import LetterKind
from rules.letters.text import LetterText
from rules.papers.kinds import PaperKind

FORMAT = 1


@dataclass(frozen=True)
class IssuedLetter:
    """`number` is the 发文字号, "" for a kind without one; `seal_millimetres` None without a seal; `grid` that of the
    issuer's documents. `is_draft`: printed with 草稿, without number and seal."""

    kind: LetterKind | PaperKind
    issuer: str
    text: LetterText
    number: str = ""
    urgency: str = ""
    seal_millimetres: float | None = None
    grid: str = "strict"
    is_draft: bool = False


def to_json(letter: IssuedLetter) -> str:
    """Keys in order, no blanks, empty parts of the text left out. Raises ValueError for a seal on a kind without one."""
    if letter.seal_millimetres is not None and not letter.kind.rule.may_be_sealed:
        raise ValueError(f"{letter.kind.value} bears no seal")
    content: dict[str, Any] = {
        "format": FORMAT,
        "kind": letter.kind.value,
        "issuer": letter.issuer,
        "number": letter.number,
        "urgency": letter.urgency,
        "seal_millimetres": letter.seal_millimetres,
        "grid": letter.grid,
        "is_draft": letter.is_draft,
        "text": _text_out(letter.text),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(content: str) -> IssuedLetter:
    """Raises ValueError for another format."""
    read = json.loads(content)
    if read.pop("format", None) != FORMAT:
        raise ValueError("unknown format of a letter")
    kind, text = _kind_in(read.pop("kind")), _text_in(read.pop("text"))
    return IssuedLetter(kind=kind, text=text, **read)


def _kind_in(code: str) -> LetterKind | PaperKind:
    """No code stands in both lists."""
    return LetterKind(code) if code in set(LetterKind) else PaperKind(code)


def _text_out(text: LetterText) -> dict[str, Any]:
    told = {name: value for name, value in asdict(text).items() if value}
    if text.day:
        told["day"] = text.day.isoformat()
    return told


def _text_in(told: dict[str, Any]) -> LetterText:
    read = dict(told)
    if "day" in read:
        read["day"] = date.fromisoformat(read["day"])
    read["attachments"] = tuple(read.get("attachments", ()))
    read["form"] = tuple(_row_in(row) for row in read.get("form", ()))
    return LetterText(**read)


def _row_in(row: dict[str, Any]) -> FormRow:
    return FormRow(tuple(FormCell(**cell) for cell in row["cells"]), row["lines"])
