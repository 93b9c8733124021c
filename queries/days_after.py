"""A day so many days after a column's, in the words of either database."""

from datetime import date
from typing import Any

from sqlalchemy import Date, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class DaysAfter(FunctionElement[date]):
    """`column` + `days`, calendar days."""

    name = "days_after"
    type = Date()
    inherit_cache = True

    def __init__(self, column: Any, days: int) -> None:
        super().__init__(column, literal_column(str(days)))


@compiles(DaysAfter)
def _added(element: DaysAfter, compiler: Any, **options: Any) -> str:
    column, days = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({column} + {days})"


@compiles(DaysAfter, "sqlite")
def _modified(element: DaysAfter, compiler: Any, **options: Any) -> str:
    """SQLite keeps days as text."""
    column, days = (compiler.process(clause, **options) for clause in element.clauses)
    return f"date({column}, '+{days} days')"
