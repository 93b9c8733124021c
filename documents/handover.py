"""交接班记录: one hand-over of a desk on A4, with who signed when."""

from dataclasses import dataclass

from documents.html_to_pdf import pdf_from_html
from documents.page import page


@dataclass(frozen=True)
class SheetMatter:
    """One unfinished line and what was explained of it; empty texts print as —."""

    number: str
    happened_at: str
    kind: str
    content: str
    due_at: str
    note: str


@dataclass(frozen=True)
class HandoverSheet:
    """Moments in office time, `2026-07-15 08:30`; a signature that is missing is "" and leaves its line open."""

    unit: str
    shift: str
    off_person: str
    off_signed_at: str
    on_person: str
    on_signed_at: str
    articles: str
    notes: str
    made_at: str
    matters: tuple[SheetMatter, ...]


def handover_pdf(sheet: HandoverSheet) -> bytes:
    return pdf_from_html(page("handover.html", sheet=sheet), "handover.css")
