"""特殊时段每日报告汇总表: the reports of all units for one day, on A4."""

from dataclasses import dataclass
from datetime import date

from documents.html_to_pdf import pdf_from_html
from documents.page import page


@dataclass(frozen=True)
class SheetLine:
    """One unit; what is "" prints as —."""

    unit: str
    state: str
    reported_at: str
    events: str
    content: str
    leader: str


@dataclass(frozen=True)
class PeriodSheet:
    """`owing` names the units that have not reported; `report_at` is HH:MM."""

    unit: str
    name: str
    day: date
    report_at: str
    made_at: str
    summary: str
    owing: str
    lines: tuple[SheetLine, ...]


def period_sheet_pdf(sheet: PeriodSheet) -> bytes:
    return pdf_from_html(page("period_sheet.html", sheet=sheet), "period_sheet.css")
