"""The same figures cut up: by unit below, by 内容分类, 接访类型, 处理结果, 初重访.

Units stand in the order of the tree and are never ranked: how many people complain says nothing about an office.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Integer, Select, String, cast, func, null, select, union_all
from sqlalchemy.orm import Session, aliased

from indicators.definition import Indicator, Numbers, Value
from indicators.reckoning import Ask, ByUnit, added, conditions, reckon
from indicators.scope import FigureScope
from indicators.source import VISITS
from indicators.table import FigureTable, Records, dated, records_of, table_of
from models.category import Category
from models.organisation import Unit
from models.visit import Visit
from queries.scope import is_county, is_root
from queries.village_sessions import VILLAGE_CATEGORIES
from rules import figures
from rules.taxonomy import Labelled, Outcome, ReceptionType, VisitKind

WORDS = (Visit.reception_type, Visit.outcome, Visit.visit_kind)


@dataclass(frozen=True)
class Cell:
    """`records` is None where no list of the site shows just these rows."""

    value: Value
    text: str
    records: Records | None
    falls_short: bool = False
    """A rate of timeliness that is not full."""


@dataclass(frozen=True)
class UnitRow:
    """`unit_id` is None of what a unit registered by itself, and of a county."""

    label: str
    cells: tuple[Cell, ...]
    unit_id: int | None = None


@dataclass(frozen=True)
class UnitTable:
    """Rows are the units directly below, each with all below it, and what the unit itself registered."""

    indicators: tuple[Indicator, ...]
    rows: tuple[UnitRow, ...]

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Headings over the columns, and how many columns each stands over."""
        return [(group, len(list(members))) for group, members in groupby(self.indicators, lambda i: i.group)]


@dataclass(frozen=True)
class UnitFigures:
    """`whole` is the sum of what the rows of `below` count."""

    whole: FigureTable
    below: UnitTable


@dataclass(frozen=True)
class Share:
    """One line: how many, and what part of all batches that is."""

    label: str
    batches: int
    persons: int
    batches_text: str
    persons_text: str
    share_text: str
    records: Records


@dataclass(frozen=True)
class ShareTable:
    key: str
    title: str
    rows: tuple[Share, ...]


def unit_table(
    units: Sequence[Any],
    scope: FigureScope,
    unsealed: ByUnit,
    sealed: ByUnit,
    indicators: Sequence[Indicator],
) -> UnitTable:
    """`units` are those of `units_within`. What exists for a county as a whole has a column only where counties stand
    below; a unit that was closed before the period has a row only where these figures count something of it, and so has
    an office without a village where villages alone do all that is counted."""
    members = numbers_by_top(units, scope, unsealed, sealed)
    below = units_directly_below(units, scope, members)
    of_villages = all(indicator.of_villages for indicator in indicators)
    if of_villages:
        below = _with_villages(units, scope, below, members)
    shown = [i for i in indicators if not i.county_only or any(is_county(u) for u in below)]
    rows = [
        UnitRow(
            u.short_name or u.name,
            _cells(scope_below(scope, u), added(members[u.id], shown), shown, u.id),
            None if is_county(u) else u.id,
        )
        for u in below
    ]
    if rows and (members[scope.unit_id] or not of_villages):
        own = added(members[scope.unit_id], shown)
        alone = replace(scope, is_county=False)
        rows.insert(0, UnitRow(f"{scope.unit_label}本级", _cells(alone, own, shown, None)))
    return UnitTable(tuple(shown), tuple(rows))


def figures_by_unit(session: Session, scope: FigureScope, indicators: Sequence[Indicator]) -> UnitFigures:
    """A few figures of a unit and of those directly below, without what is sealed; two statements, and one for each kind
    of what is due."""
    units = units_within(session, scope)
    (found,) = reckon(session, [Ask(scope, tuple(indicators), by_unit=True, sealed=False)])
    whole = table_of(scope, None, None, added(found.values(), indicators), None, indicators)
    return UnitFigures(whole, unit_table(units, scope, found, {}, indicators))


def counties_below(units: Iterable[Any], scope: FigureScope) -> set[int]:
    return {u.id for u in units if is_county(u)} - {scope.unit_id}


def scope_below(scope: FigureScope, unit: Any) -> FigureScope:
    """The same period for a unit below, as far as a figure's existence and its list go by it."""
    return replace(scope, unit_id=unit.id, is_county=is_county(unit))


def units_within(session: Session, scope: FigureScope) -> Sequence[Any]:
    """The scope's unit and all below it, as rows of plain columns."""
    return session.execute(
        select(Unit.id, Unit.name, Unit.short_name, Unit.path, Unit.category, Unit.valid_from, Unit.valid_to)
        .where(Unit.path != "", Unit.path.startswith(scope.unit_path))
        .order_by(Unit.sort_order, Unit.code)
    ).all()


def numbers_by_top(
    units: Sequence[Any], scope: FigureScope, unsealed: ByUnit, sealed: ByUnit
) -> defaultdict[int, list[Numbers]]:
    """For each unit directly below the numbers of all below it; under the scope's own id what it has itself."""
    members: defaultdict[int, list[Numbers]] = defaultdict(list)
    for unit in units:
        members[_top(unit.path, scope)] += [unsealed[unit.id]] if unit.id in unsealed else []
    _give_counties_their_sealed(units, sealed, scope, members)
    return members


def units_directly_below(
    units: Sequence[Any], scope: FigureScope, members: Mapping[int, list[Numbers]]
) -> list[Any]:
    """In the order of the tree: those in being in the period, and closed ones that count for something."""
    children = [u for u in units if _parent_path(u.path) == scope.unit_path]
    return [u for u in children if _in_being(u, scope) or _counts(members.get(u.id, []))]


def _with_villages(
    units: Iterable[Any], scope: FigureScope, below: Iterable[Any], members: Mapping[int, list[Numbers]]
) -> list[Any]:
    """Of the units below those that are villages or have any, and those that count for something all the same."""
    owing = {_top(u.path, scope) for u in units if u.category in VILLAGE_CATEGORIES}
    return [u for u in below if u.id in owing or _counts(members.get(u.id, []))]


def _top(path: str, scope: FigureScope) -> int:
    """The unit directly below the scope's that a path leads through; the scope's own for itself."""
    below = path[len(scope.unit_path) :]
    return int(below.split("/", 1)[0]) if below else scope.unit_id


def _parent_path(path: str) -> str:
    return path[: path.rstrip("/").rindex("/") + 1]


def _give_counties_their_sealed(
    units: Iterable[Any], sealed: ByUnit, scope: FigureScope, members: dict[int, list[Numbers]]
) -> None:
    """Below a city each county's own row counts its sealed matters; below a county no row does."""
    counties = counties_below(units, scope)
    for unit in units if counties else ():
        top = _top(unit.path, scope)
        if unit.id in sealed and top in counties:
            members[top].append(sealed[unit.id])


def _in_being(unit: Any, scope: FigureScope) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= scope.period.end
    return begun and (unit.valid_to is None or unit.valid_to >= scope.period.start)


def _counts(members: Iterable[Numbers]) -> bool:
    return any(number for numbers in members for number in numbers.values())


def _cells(
    scope: FigureScope, numbers: Numbers, indicators: Sequence[Indicator], unit_id: int | None
) -> tuple[Cell, ...]:
    """The lists take a unit with all below it, so what a unit registered by itself has no list of its own."""
    return tuple(_cell(scope, numbers, indicator, unit_id) for indicator in indicators)


def _cell(scope: FigureScope, numbers: Numbers, indicator: Indicator, unit_id: int | None) -> Cell:
    value = indicator.value(numbers) if indicator.exists_in(scope) else None
    records = None if unit_id is None else records_of(indicator, scope, unit_id)
    return Cell(value, indicator.text(value), records, indicator.falls_short(numbers))


def share_tables(session: Session, scope: FigureScope) -> tuple[ShareTable, ...]:
    """By 内容分类, 接访类型, 处理结果 and 初重访; one statement."""
    counted = _counted_both_ways(scope, session.get_bind().dialect.name == "sqlite")
    rows = session.execute(_with_level_1(counted)).all()
    by_words = [row for row in rows if row.top_id is None]
    return (
        _category_table(scope, [row for row in rows if row.top_id is not None]),
        _word_table(scope, "type", "接访类型", ReceptionType, [(r.reception_type, r) for r in by_words]),
        _word_table(scope, "outcome", "处理结果", Outcome, [(r.outcome, r) for r in by_words]),
        _word_table(scope, "kind", "初重访", VisitKind, [(r.visit_kind, r) for r in by_words]),
    )


def _counted_both_ways(scope: FigureScope, on_sqlite: bool) -> Any:
    """Rows by category without words, and rows by the three words together without a category. SQLite walks an index in
    the order of each grouping; by all four columns at once, as PostgreSQL hashes them, it would sort the visits."""
    words = [column.key for column in WORDS]
    if on_sqlite:
        by_category = _counted(scope, Visit.category_id).subquery()
        by_words = _counted(scope, *WORDS).where(*_every_word(scope)).subquery()
    else:
        by_all = _counted(scope, Visit.category_id, *WORDS).cte("by_all")
        by_category, by_words = _summed(by_all, "category_id"), _summed(by_all, *words)
    no_word, no_category = cast(null(), String), cast(null(), Integer)
    category, word = by_category.c, by_words.c
    return union_all(
        select(
            category.category_id, *(no_word.label(key) for key in words), category.batches, category.persons
        ),
        select(no_category, *(word[key] for key in words), word.batches, word.persons),
    )


def _summed(counted: Any, *keys: str) -> Any:
    columns = [counted.c[key] for key in keys]
    sums = (cast(func.sum(counted.c[name]), Integer).label(name) for name in ("batches", "persons"))
    return select(*columns, *sums).group_by(*columns).subquery()


def _every_word(scope: FigureScope) -> list[Any]:
    """What is true of every visit, said so that SQLite walks the index of the words in its order; it would
    sort a whole county's year otherwise, which takes five times as long."""
    if not is_root(scope.unit_path):
        return []
    words: tuple[type[Labelled], ...] = (ReceptionType, Outcome, VisitKind)
    return [column.in_([w.value for w in known]) for column, known in zip(WORDS, words, strict=True)]


def _counted(scope: FigureScope, *columns: Any) -> Select[Any]:
    persons = func.coalesce(func.sum(Visit.persons), 0)
    counts = (func.count().label("batches"), persons.label("persons"))
    return select(*columns, *counts).where(*conditions(VISITS, scope)).group_by(*columns)


def _with_level_1(counted: Any) -> Select[Any]:
    """Each row with its category of level 1 as `top_id`; None of a row by words."""
    rows, above = counted.subquery(), aliased(Category)
    return (
        select(
            func.coalesce(above.id, Category.id).label("top_id"),
            func.coalesce(above.name, Category.name).label("top_name"),
            *(rows.c[name] for name in ("reception_type", "outcome", "visit_kind", "batches", "persons")),
        )
        .outerjoin(Category, rows.c.category_id == Category.id)
        .outerjoin(above, Category.parent_id == above.id)
    )


def _category_table(scope: FigureScope, rows: Iterable[Any]) -> ShareTable:
    """By level 1, each with what is below it; the most frequent first, because categories are not offices."""
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        _add(sums[row.top_id, row.top_name], row)
    ordered = sorted(sums.items(), key=lambda item: (-item[1][0], item[0][0]))
    lines = [(name, b, p, {"category": str(category_id)}) for (category_id, name), (b, p) in ordered]
    return _share_table(scope, "category", "内容分类", lines)


def _word_table(
    scope: FigureScope, key: str, title: str, words: type[Labelled], rows: Iterable[tuple[str, Any]]
) -> ShareTable:
    """In the order of the register, words that nobody used too."""
    sums = {word.value: [0, 0] for word in words}
    for word, row in rows:
        _add(sums[word], row)
    lines = [(w.label, sums[w.value][0], sums[w.value][1], {key: w.value}) for w in words]
    return _share_table(scope, key, title, lines)


def _add(sums: list[int], row: Any) -> None:
    sums[0] += row.batches
    sums[1] += int(row.persons)


def _share_table(
    scope: FigureScope, key: str, title: str, lines: Sequence[tuple[str, int, int, dict[str, str]]]
) -> ShareTable:
    whole = sum(batches for _, batches, _, _ in lines)
    return ShareTable(
        key,
        title,
        tuple(
            Share(
                label,
                batches,
                persons,
                figures.count_text(batches),
                figures.count_text(persons),
                figures.rate_text(figures.rate(batches, whole)),
                Records(VISITS.key, dated(scope, scope.unit_id) | args),
            )
            for label, batches, persons, args in lines
        ),
    )
