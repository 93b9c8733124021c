"""接访日报: one reception day of one unit on A4, with room for the signatures."""

from dataclasses import dataclass
from datetime import date

from documents.html_to_pdf import pdf_from_html
from documents.page import page


@dataclass(frozen=True)
class Count:
    """批次 and 人次 under one name."""

    name: str
    batches: int
    persons: int


@dataclass(frozen=True)
class DayTotals:
    batches: int
    persons: int
    group_batches: int
    group_persons: int
    first_batches: int
    repeat_batches: int


@dataclass(frozen=True)
class VillageSessions:
    """村级接访 of a Wednesday: sessions held and due, and what came of them."""

    held: int
    due: int
    batches: int
    persons: int


@dataclass(frozen=True)
class LeaderReceptionLine:
    leader: str
    position: str
    kind: str
    batches: int
    persons: int
    solved: int


@dataclass(frozen=True)
class DayVisit:
    """One 批, masked by the caller; `summary` is cut to about 60 characters by the caller; "" prints as —."""

    number: str
    time: str
    visitor: str
    persons: int
    is_repeat: bool
    category: str
    summary: str
    outcome: str
    responsible_unit: str
    due_date: str


@dataclass(frozen=True)
class DaySheet:
    """`village_sessions` is None on days that are not Wednesday and for units without villages."""

    unit: str
    day: date
    made_at: str
    totals: DayTotals
    by_reception_type: tuple[Count, ...]
    by_category: tuple[Count, ...]
    by_outcome: tuple[Count, ...]
    visits: tuple[DayVisit, ...]
    village_sessions: VillageSessions | None = None
    leader_receptions: tuple[LeaderReceptionLine, ...] = ()


def day_sheet_pdf(sheet: DaySheet) -> bytes:
    breakdowns = [
        ("接访类型", sheet.by_reception_type),
        ("内容分类", sheet.by_category),
        ("处理结果", sheet.by_outcome),
    ]
    return pdf_from_html(page("day_sheet.html", sheet=sheet, breakdowns=breakdowns), "day_sheet.css")
