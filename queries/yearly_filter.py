"""The filter of the office's own books: a year and words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from queries.register_filter import args_of, free_text_of, number_of
from rules.office_time import day_begins
from rules.periods import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True)
class YearFilter:
    """Each field is one name of the query string; a year outside the calendar is no year."""

    year: int | None = None
    q: str = ""

    @classmethod
    def from_args(cls, args: Any) -> Self:
        year = number_of(args.get("year", ""))
        return cls(year if year and FIRST_YEAR <= year <= LAST_YEAR else None, free_text_of(args))

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    def sentence(self) -> str:
        """What is shown, in words."""
        parts = [f"{self.year} 年"] if self.year else []
        parts += [f"含“{self.q}”"] if self.q else []
        return "，".join(parts)


def year_bounds(year: int) -> tuple[datetime, datetime]:
    """The first moment of an office's year and of the next, in UTC."""
    return day_begins(date(year, 1, 1)), day_begins(date(year + 1, 1, 1))
