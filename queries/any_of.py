"""A column among the ids that a subquery finds, said so that either database can enter an index with it.

PostgreSQL reads the whole table for `a IN (SELECT …) OR b IN (SELECT …)`. An array that is made once, before
the rows are read, lets it join two indexes instead. SQLite does so with IN.
"""

from typing import Any

from sqlalchemy import Boolean, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class AnyOf(FunctionElement[bool]):
    """Whether `column` is one of the ids; `ids` selects one column."""

    name = "any_of"
    type = Boolean()
    inherit_cache = True

    def __init__(self, column: Any, ids: Select[Any]) -> None:
        super().__init__(column, ids.scalar_subquery())

    def self_group(self, against: Any = None) -> "AnyOf":  # noqa: ARG002
        """A comparison already: SQLite must not be told `… = 1`, which no index serves."""
        return self


@compiles(AnyOf)
def _in(element: AnyOf, compiler: Any, **options: Any) -> str:
    column, ids = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN {ids}"


@compiles(AnyOf, "postgresql")
def _any_of_array(element: AnyOf, compiler: Any, **options: Any) -> str:
    column, ids = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY (ARRAY{ids})"
