"""From the cell of a sheet to a value, or a refusal in plain Chinese. Pure; cells are what the reader found:
text, int, float, bool, date, datetime, time or None.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from rules.errors import RuleViolation
from rules.sheet_spec import NO, YES
from rules.taxonomy import Labelled

Cell = Any
T = TypeVar("T")
L = TypeVar("L", bound=Labelled)

MOST_DIGITS = 15
"""Beyond these a number in a workbook has lost its last digits."""

_DAY = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:[ T]+0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_TIME = re.compile(r"([0-9]{1,2})\s*[:：时]\s*([0-9]{1,2})\s*分?(?::[0-9]{2})?")
_MOMENT = re.compile(r"(.*?[0-9日])(?:[ T]+|(?<=日))(?![ T])([0-9]{1,2}\s*[:：时].*)")
_SECONDS = re.compile(r"[:：]([0-5][0-9])(?:\.[0-9]+)?$")
_SEPARATORS = re.compile(r"[、,，;；\n]+")


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """The cell as somebody reads it: 42.0 is 42, a date is 2026-07-15; blanks at the ends are dropped."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return str(cell).strip()


def text(most: int) -> Callable[[Cell], str]:
    """Text of at most so many characters; control characters are dropped, line ends kept."""

    def read(cell: Cell) -> str:
        found = text_of(cell).replace("\r\n", "\n")
        if not found.isprintable():
            found = "".join(c for c in found if c in "\n\t" or c.isprintable())
        if len(found) > most:
            raise RuleViolation(f"最多 {most} 字，现有 {len(found)} 字。")
        return found

    return read


def code(cell: Cell) -> str:
    """A code or number typed as text: half width, without blanks."""
    _refuse_rounded(cell)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text_of(cell)))


def digits_text(cell: Cell) -> str:
    """Telephone and ID numbers; refused where the workbook stored a long one as a number."""
    _refuse_rounded(cell)
    return unicodedata.normalize("NFKC", text_of(cell))


def whole_number(cell: Cell) -> int:
    written = text_of(cell)
    plain = unicodedata.normalize("NFKC", written).replace(",", "")
    if isinstance(cell, bool | date | time) or not re.fullmatch(r"-?[0-9]{1,9}(?:\.0+)?", plain):
        raise RuleViolation(f"“{written[:40]}”不是整数。")
    number = int(plain.partition(".")[0])
    if number < 0:
        raise RuleViolation(f"“{written}”是负数，应为 0 或正整数。")
    return number


def day(cell: Cell) -> date:
    """A date of the workbook, or written 2026-07-05, 2026/7/5, 2026.7.5, 2026年7月5日."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = text_of(cell)
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", written))
    if not found or isinstance(cell, bool | int | float | time):
        raise RuleViolation(f"“{written[:40]}”不是日期，请写成 2026-07-05 的样子。")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise RuleViolation(f"没有“{written[:40]}”这一天。") from None


def hour(cell: Cell) -> time:
    """HH:MM; a workbook may hold it as a time, a fraction of a day or text."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60) % (24 * 60)
        return time(minutes // 60, minutes % 60)
    written = text_of(cell)
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", written))
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise RuleViolation(f"“{written[:40]}”不是时间，请写成 09:30 的样子。")
    return time(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Moment:
    """A day and an hour by the office's clock, to the second; `hour` is None where only the day was written."""

    day: date
    hour: time | None

    def at(self, otherwise: time) -> datetime:
        return datetime.combine(self.day, otherwise if self.hour is None else self.hour)


def moment(cell: Cell) -> Moment:
    """A date, with its hour or without; a workbook's midnight is a date alone."""
    if isinstance(cell, datetime):
        hour_of = cell.time().replace(microsecond=0)
        return Moment(cell.date(), hour_of if hour_of != time() else None)
    if isinstance(cell, date):
        return Moment(cell, None)
    written = unicodedata.normalize("NFKC", text_of(cell))
    found = _MOMENT.fullmatch(written)
    if not found or _DAY.fullmatch(written):
        return Moment(day(cell), None)
    seconds = _SECONDS.search(found[2]) if found[2].count(":") == 2 else None
    return Moment(
        day(found[1]), hour(found[2].partition(".")[0]).replace(second=int(seconds[1]) if seconds else 0)
    )


def word(words: type[L]) -> Callable[[Cell], L]:
    """One of a closed list, by its Chinese word."""
    return lambda cell: words.from_label(unicodedata.normalize("NFKC", text_of(cell)))


def yes_no(cell: Cell) -> bool:
    """是 or 否, as a word or as the workbook's own truth value."""
    written = unicodedata.normalize("NFKC", text_of(cell))
    if written not in (YES, NO):
        raise RuleViolation(f"“{written[:40]}”不对，请填“是”或“否”。")
    return written == YES


def listed(cell: Cell) -> list[str]:
    """Several values in one cell, separated by 、,; or line ends."""
    return [part.strip() for part in _SEPARATORS.split(digits_text(cell)) if part.strip()]


def _refuse_rounded(cell: Cell) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**MOST_DIGITS:
        raise RuleViolation("这一格在表格里存成了数字，末几位已被改成 0；请把单元格设为“文本”后重新填写。")
