"""Text as tokens, so that any two neighbouring Chinese characters are found by an index.

`房屋漏水` becomes `房屋 屋漏 漏水 水`; a word in Latin letters or digits stays whole. A search for
`房屋漏` is the phrase `房屋 屋漏`; for a single character it is the prefix `房*`. The same tokens serve
SQLite's FTS5 and PostgreSQL's tsvector.
"""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    CompoundSelect,
    Executable,
    Integer,
    Select,
    false,
    func,
    or_,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy import column as sql_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session

from models.bulletin import Bulletin
from models.duty_desk import DeskEntry
from models.petition import Petition
from models.pinyin import pinyin_of
from models.visit import Visit

_SEARCHED = {
    "visit_search": Visit.id,
    "bulletin_search": Bulletin.id,
    "petition_search": Petition.id,
    "desk_search": DeskEntry.id,
}
"""Each search table, and the ids that its rows bear."""

_RUNS = re.compile(r"[0-9a-z]+|[^\W\da-z_]+", re.IGNORECASE)


def grams(content: str) -> list[str]:
    """Tokens of a text, in order."""
    return [gram for run in _RUNS.findall(content.lower()) for gram in _of_run(run)]


def words_of(text: str) -> list[str]:
    """The runs of characters of a text, without its signs: each may be indexed as a name is."""
    return _RUNS.findall(text)


def name_grams(names: Iterable[str]) -> list[str]:
    """Tokens of people's names: the characters, the pinyin initials and the spelling."""
    found: list[str] = []
    for name in names:
        found += [*grams(name), *pinyin_of(name)]
    return [g for g in found if g]


def phrases(query: str) -> list[list[str]]:
    """A query as phrases that must all occur; each is grams in a row, the last one a prefix if short."""
    return [_query_grams(run) for run in _RUNS.findall(query.lower())]


def matching(
    session: Session, query: str, column: str, searched: str = "visit_search"
) -> ColumnElement[bool]:
    """Condition on the rows that a search table belongs to: its `column` holds all of the query."""
    return _SEARCHED[searched].in_(matches(session, query, column, searched))


def matches(session: Session, query: str, column: str, searched: str = "visit_search") -> Select[tuple[int]]:
    """Ids of the rows whose `column` (`content` or `names`) of the search table holds all of the query; none for an
    empty one."""
    wanted = phrases(query)
    if not wanted:
        found: Any = false()
    elif session.get_bind().dialect.name == "sqlite":
        expression = " AND ".join(f"{column} : {_fts5_phrase(p)}" for p in wanted)
        found = text(f"{searched} MATCH :{column}_words").bindparams(**{f"{column}_words": expression})
    else:
        found = _vector_holds(column, wanted, f"{column}_words")
    return select(_rowid(searched)).where(found)


def at_most_about(session: Session, query: str, searched: str, most: int) -> int:
    """How many rows of a search table hold all of the query, or a few more: counted as far as `most`, where there is a pair of
    characters by PostgreSQL's planner, which says of how many it expects the rarest: to count them, it would read them."""
    pairs = [gram for phrase in phrases(query) for gram in phrase if not gram.endswith("*")]
    if not pairs or session.get_bind().dialect.name == "sqlite":
        hits = (matches(session, query, column, searched) for column in ("content", "names"))
        some = union_all(*hits).limit(most).subquery()
        return session.scalar(select(func.count()).select_from(some)) or 0
    every = union_all(*(_holds_pair(pair, n, searched) for n, pair in enumerate(pairs)))
    ((answer,),) = session.execute(_Explained(every))
    plan = answer[0]["Plan"]
    return min(int(part["Plan Rows"]) for part in (plan["Plans"] if len(pairs) > 1 else [plan]))


def _holds_pair(pair: str, number: int, searched: str) -> Select[tuple[int]]:
    held = (_vector_holds(column, [[pair]], f"{column}_pair_{number}") for column in ("content", "names"))
    return select(_rowid(searched)).where(or_(*held))


def holds(query: str, searched: str) -> tuple[Any, Any, Any]:
    """To ask of one row of a search table on PostgreSQL: its id, and the conditions that its `content` and its `names`
    hold all of the query."""
    wanted = phrases(query)
    asked = ((f"{searched}.{column}", f"{column}_held") for column in ("content", "names"))
    held = (_vector_holds(column, wanted, name) if wanted else false() for column, name in asked)
    return (_rowid(searched), *held)


class _Explained(Executable, ClauseElement):
    """The plan of a statement instead of its rows."""

    inherit_cache = False

    def __init__(self, statement: CompoundSelect[Any]) -> None:
        self.statement = statement


@compiles(_Explained, "postgresql")
def _explain(element: _Explained, compiler: Any, **options: Any) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.statement, **options)}"


def _rowid(searched: str) -> Any:
    return table(searched, sql_column("rowid", Integer)).c.rowid


def _vector_holds(column: str, wanted: list[list[str]], parameter: str) -> Any:
    expression = " & ".join(_tsquery_phrase(p) for p in wanted)
    return text(f"{column} @@ CAST(:{parameter} AS tsquery)").bindparams(**{parameter: expression})


def tsvector(tokens: list[str]) -> str:
    """The text form of a PostgreSQL tsvector, positions included; at most 16383 positions exist."""
    places: dict[str, list[int]] = {}
    for position, token in enumerate(tokens[:16_000], start=1):
        places.setdefault(token, []).append(position)
    return " ".join(f"'{token}':{','.join(map(str, at[:250]))}" for token, at in places.items())


def _of_run(run: str) -> list[str]:
    if run.isascii():
        return [run]
    return [run[i : i + 2] for i in range(len(run))]


def _query_grams(run: str) -> list[str]:
    if run.isascii() or len(run) == 1:
        return [run + "*"]
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _fts5_phrase(tokens: list[str]) -> str:
    words = [t.rstrip("*") for t in tokens]
    return " + ".join(f'"{w}"' for w in words) + (" *" if tokens[-1].endswith("*") else "")


def _tsquery_phrase(tokens: list[str]) -> str:
    words = [f"'{t.rstrip('*')}'" + (":*" if t.endswith("*") else "") for t in tokens]
    return "(" + " <-> ".join(words) + ")"
