"""A bulletin's source text with its figures put in.

The scope says whose figures they are: a unit with all below it, and by name the units directly below. No token reaches
beyond it, so a township's bulletin cannot quote the county or its neighbours.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from indicators.bulletin_charts import CHART_BY_NAME
from indicators.bulletin_material import ChartKind, Material, Need, TableKind, gathered
from indicators.bulletin_numbers import BulletinNumbers, UnitBelow, bulletin_numbers
from indicators.bulletin_tables import TABLE_BY_NAME, records_before
from indicators.catalogue import CATALOGUE, indicator_of
from indicators.definition import Indicator
from indicators.scope import FigureScope
from indicators.table import Figure
from indicators.written_text import Passage, Written, WrittenLine, WrittenText
from rules.bulletin_names import Vocabulary, name_problems
from rules.bulletin_sentences import change_in_words
from rules.bulletin_text import (
    Aspect,
    ChartToken,
    FigureToken,
    ParsedText,
    Part,
    SourceLine,
    TableToken,
    TextProblem,
    Word,
    WordToken,
    parse,
)
from rules.figures import NO_FIGURE
from rules.periods import Compare

BY_NAME = {indicator.name: indicator for indicator in CATALOGUE}
COMPARED = {
    Aspect.YOY: Compare.YOY,
    Aspect.YEAR_BEFORE: Compare.YOY,
    Aspect.MOM: Compare.MOM,
    Aspect.PREVIOUS: Compare.MOM,
}
_NEEDED = {Compare.YOY: Need.YOY, Compare.MOM: Need.MOM}


@dataclass(frozen=True)
class Quoted:
    """A token with a problem stays in the text as it was typed, so that a preview shows all the rest."""

    written: WrittenText
    problems: tuple[TextProblem, ...]


def quote(session: Session, scope: FigureScope, text: str) -> Quoted:
    """At most nine statements, however many tokens the text has."""
    parsed = parse(text)
    kinds = _kinds(parsed)
    needs = _needs(parsed, kinds, scope)
    numbers = bulletin_numbers(
        session,
        scope,
        _indicators(parsed, kinds),
        [compare for compare, need in _NEEDED.items() if need in needs],
        by_unit=Need.UNITS in needs,
    )
    material = gathered(session, numbers, needs)
    problems = [*parsed.problems, *name_problems(parsed, vocabulary(numbers))]
    problems += _ambiguous(parsed, numbers.below)
    lines = tuple(_written_line(line, material) for line in parsed.lines if line.parts)
    return Quoted(_whole(scope, lines), tuple(sorted(problems, key=lambda p: p.line)))


def vocabulary(numbers: BulletinNumbers) -> Vocabulary:
    """All that a text of this scope may name."""
    units = [name for unit in numbers.below for name in dict.fromkeys((unit.label, unit.name))]
    return Vocabulary(
        tuple(BY_NAME), (numbers.scope.unit_label, *units), tuple(TABLE_BY_NAME), tuple(CHART_BY_NAME)
    )


def _kinds(parsed: ParsedText) -> list[TableKind | ChartKind]:
    found: list[TableKind | ChartKind | None] = []
    for _, token in parsed.tokens:
        if isinstance(token, TableToken):
            found.append(TABLE_BY_NAME.get(token.name))
        elif isinstance(token, ChartToken):
            found.append(CHART_BY_NAME.get(token.name))
    return [kind for kind in found if kind]


def _needs(parsed: ParsedText, kinds: Iterable[TableKind | ChartKind], scope: FigureScope) -> set[Need]:
    found = {need for kind in kinds for need in kind.needs}
    for _, token in parsed.tokens:
        if isinstance(token, FigureToken):
            compare = COMPARED.get(token.aspect)
            found |= {_NEEDED[compare]} if compare else set()
            found |= {Need.UNITS} if token.unit not in ("", scope.unit_label) else set()
    return found


def _indicators(parsed: ParsedText, kinds: Iterable[TableKind | ChartKind]) -> list[Indicator]:
    """Those named, in the order of the catalogue."""
    named = {
        BY_NAME[t.name].code for _, t in parsed.tokens if isinstance(t, FigureToken) and t.name in BY_NAME
    }
    named |= {i.code for kind in kinds for i in kind.indicators}
    return [i for i in CATALOGUE if i.code in named]


def _written_line(line: SourceLine, material: Material) -> Written:
    block = line.block
    if isinstance(block, TableToken) and block.name in TABLE_BY_NAME:
        return TABLE_BY_NAME[block.name].make(material, line.number)
    if isinstance(block, ChartToken) and block.name in CHART_BY_NAME:
        return CHART_BY_NAME[block.name].make(material, line.number)
    return WrittenLine(line.number, tuple(_passage(part, material.numbers) for part in line.parts))


def _passage(part: Part, numbers: BulletinNumbers) -> Passage:
    if isinstance(part, WordToken):
        return Passage(words_of(numbers.scope)[part.word])
    if isinstance(part, FigureToken):
        return _figure_passage(part, numbers) or Passage(str(part))
    return Passage(str(part))


def words_of(scope: FigureScope) -> dict[Word, str]:
    """What a bulletin calls itself."""
    return {
        Word.PERIOD: scope.period.label,
        Word.UNIT: scope.unit_label,
        Word.CUT_OFF: f"{scope.as_of.year}年{scope.as_of.month}月{scope.as_of.day}日",
        Word.YEAR_BEFORE: scope.compared(Compare.YOY).period.label,
        Word.PREVIOUS: scope.compared(Compare.MOM).period.label,
    }


def _figure_passage(token: FigureToken, numbers: BulletinNumbers) -> Passage | None:
    """None where the name or the unit is unknown."""
    own = token.unit in ("", numbers.scope.unit_label)
    unit = None if own else _unit(token.unit, numbers.below)
    if token.name not in BY_NAME or (unit is None and not own):
        return None
    label = unit.label if unit else ""
    table = numbers.table(COMPARED.get(token.aspect), unit)
    figure = table[BY_NAME[token.name].code]
    is_earlier = token.aspect in (Aspect.PREVIOUS, Aspect.YEAR_BEFORE)
    records = records_before(table, figure) if is_earlier else figure.records
    listed = records if unit is None or unit.id else None
    return Passage(_text(figure, token.aspect), figure.code, figure.name, token.aspect.value, label, listed)


def _text(figure: Figure, aspect: Aspect) -> str:
    if aspect is Aspect.VALUE:
        return figure.text
    if aspect.is_change:
        equal = figure.value is not None and figure.value == figure.previous
        return change_in_words(figure.change, figure.change_text, equal=equal)
    return figure.previous_text or NO_FIGURE


def _unit(name: str, below: Sequence[UnitBelow]) -> UnitBelow | None:
    """By its full name, else by a short name that only one of them has."""
    named = [u for u in below if u.name == name] or [u for u in below if u.label == name]
    return named[0] if len(named) == 1 else None


def _ambiguous(parsed: ParsedText, below: Sequence[UnitBelow]) -> list[TextProblem]:
    labels = Counter(u.label for u in below)
    return [
        TextProblem(line, f"{token}：有多个下级单位叫“{token.unit}”，请写全称。")
        for line, token in parsed.tokens
        if isinstance(token, FigureToken) and labels[token.unit] > 1 and _unit(token.unit, below) is None
    ]


def _whole(scope: FigureScope, lines: tuple[Written, ...]) -> WrittenText:
    whole = WrittenText(scope.unit_code, scope.unit_label, scope.period.text, str(scope.as_of), (), lines)
    codes = sorted({p.code for p in whole.figures if p.code})
    return replace(whole, definitions=tuple((code, indicator_of(code).version) for code in codes))
