"""值班日报: one day of one desk on A4, with room for the signatures."""

from dataclasses import dataclass
from datetime import date

from documents.html_to_pdf import pdf_from_html
from documents.page import page


@dataclass(frozen=True)
class OnDuty:
    """A post and who stood in it; `name` is "" for an empty post. `presence` says by what it is known that somebody was
    there; "" before the shift begins."""

    post: str
    name: str
    hours: str
    presence: str = ""


@dataclass(frozen=True)
class MessageLine:
    """A line of the log; `state` says how the answer stands. What is "" prints as —."""

    number: str
    time: str
    kind: str
    source: str
    content: str
    responsible: str
    due: str
    replied: str
    state: str


@dataclass(frozen=True)
class HandoverLine:
    time: str
    off: str
    on: str
    matters: int


@dataclass(frozen=True)
class PeriodLine:
    """`summary`: how many reported; `events`: (unit, what it told)."""

    name: str
    summary: str
    owing: str
    events: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DutyDaySheet:
    """`answered` are older messages answered on the day, `still_open` those not done at its end."""

    unit: str
    day: date
    made_at: str
    on_duty: tuple[OnDuty, ...]
    by_kind: tuple[tuple[str, int], ...]
    messages: tuple[MessageLine, ...]
    instructions: tuple[MessageLine, ...]
    still_open: tuple[MessageLine, ...]
    handovers: tuple[HandoverLine, ...]
    periods: tuple[PeriodLine, ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.by_kind)


def duty_day_sheet_pdf(sheet: DutyDaySheet) -> bytes:
    return pdf_from_html(page("duty_day_sheet.html", sheet=sheet), "duty_day_sheet.css")
