"""What differs between two writings of the same bulletin: the substance of a correction (更正)."""

from dataclasses import dataclass

from indicators.written_text import Passage, WrittenLine, WrittenTable, WrittenText
from rules.bulletin_text import Aspect

NOTHING = ""
Key = tuple[str, ...]


@dataclass(frozen=True)
class ChangedFigure:
    """`old` or `new` is "" where that text does not have the figure."""

    name: str
    old: str
    new: str


def changed_figures(old: WrittenText, new: WrittenText) -> tuple[ChangedFigure, ...]:
    """Each figure once, however often it is quoted, in the order of the new text; those it no longer has follow."""
    before, after = _named(old), _named(new)
    keys = dict.fromkeys([*after, *before])
    pairs = ((after.get(key, before.get(key)), before.get(key), after.get(key)) for key in keys)
    return tuple(
        ChangedFigure(known[0], _text(was), _text(now))
        for known, was, now in pairs
        if known and _text(was) != _text(now)
    )


def _text(named: tuple[str, str] | None) -> str:
    return named[1] if named else NOTHING


def _named(written: WrittenText) -> dict[Key, tuple[str, str]]:
    """Key → (name for the reader, text). A figure of the catalogue is the same in running text and in a table."""
    found: dict[Key, tuple[str, str]] = {}
    for line in written.lines:
        if isinstance(line, WrittenLine):
            for passage in line.passages:
                _add_figure(found, passage)
        elif isinstance(line, WrittenTable):
            _add_table(found, line)
    return found


def _add_figure(found: dict[Key, tuple[str, str]], passage: Passage) -> None:
    """In a table a change is a number with its sign, in running text words, so the two have keys of their own."""
    if passage.code:
        form = "words" if _in_words(passage) else ""
        key = (passage.code, passage.aspect, passage.unit, form)
        found.setdefault(key, (_figure_name(passage), passage.text))


def _in_words(passage: Passage) -> bool:
    return Aspect(passage.aspect).is_change and not passage.text.startswith(("+", "-", "0", "—"))


def _figure_name(passage: Passage) -> str:
    unit = f"{passage.unit}·" if passage.unit else ""
    aspect = Aspect(passage.aspect)
    return unit + passage.name + ("" if aspect is Aspect.VALUE else f"（{aspect.label}）")


def _add_table(found: dict[Key, tuple[str, str]], table: WrittenTable) -> None:
    for row in table.rows:
        for heading, cell in zip(table.columns[1:], row[1:], strict=True):
            if cell.code:
                _add_figure(found, cell)
            else:
                key = (table.name, row[0].text, heading)
                found.setdefault(key, ("·".join(key), cell.text))
