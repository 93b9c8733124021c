"""Conditions that each database is told in the words by which it enters an index."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Integer, Select, any_, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Comparison(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002
        """A comparison already: SQLite must not be told `… = 1`, which no index serves. It stands in AND, OR and
        `is_not(true())`; to compare it with anything else is not meant."""
        return self


class InSubquery(_Comparison):
    """Whether `column` is one of the ids that a subquery finds; `ids` selects one column.

    PostgreSQL reads the whole table for `a IN (SELECT …) OR b IN (SELECT …)`. An array that is made once, before
    the rows are read, lets it join two indexes instead. SQLite does so with IN.
    """

    name = "in_subquery"
    inherit_cache = True

    def __init__(self, column: Any, ids: Select[Any]) -> None:
        super().__init__(column, ids.scalar_subquery())


class EitherWording(_Comparison):
    """One condition in two wordings."""

    name = "either_wording"
    inherit_cache = True

    def __init__(self, plain: ColumnElement[bool], *, on_postgresql: ColumnElement[bool]) -> None:
        super().__init__(plain, on_postgresql)


@compiles(InSubquery)
def _in_subquery(element: InSubquery, compiler: Any, **options: Any) -> str:
    column, ids = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN {ids}"


@compiles(InSubquery, "postgresql")
def _any_of_array(element: InSubquery, compiler: Any, **options: Any) -> str:
    column, ids = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({column} = ANY (ARRAY{ids}))"


@compiles(EitherWording)
def _plainly(element: EitherWording, compiler: Any, **options: Any) -> str:
    plain, _ = element.clauses
    return f"({compiler.process(plain, **options)})"


@compiles(EitherWording, "postgresql")
def _for_postgresql(element: EitherWording, compiler: Any, **options: Any) -> str:
    _, said = element.clauses
    return f"({compiler.process(said, **options)})"


def in_ids(column: Any, ids: Sequence[int]) -> EitherWording:
    """Whether `column` is one of these ids: on PostgreSQL one parameter, however many there are."""
    as_array = bindparam(None, list(ids), type_=ARRAY(Integer))
    return EitherWording(column.in_(ids), on_postgresql=column == any_(as_array))
