"""来访回执: half a sheet for the visitor, and under the cut line the office's counterfoil with his signature.

It tells what the office did and how to ask. What it promises is the Regulation's: a matter forwarded or assigned is
answered in writing on whether it is accepted, within 15 days of the responsible unit receiving it (信访工作条例 art. 23).
"""

from dataclasses import dataclass
from datetime import date

from documents.html_to_pdf import pdf_from_html
from documents.page import page


@dataclass(frozen=True)
class Receipt:
    """`visitor` is the name as he gave it: the paper is his own. Empty texts and None print as —.

    `is_passed_on` when the matter went to a responsible unit (转送、交办): only then is the term of art. 23 printed.
    """

    number: str
    unit: str
    visit_date: date
    visitor: str
    persons: int
    matter: str
    outcome: str
    responsible_unit: str
    due_date: date | None
    telephone: str
    receptionist: str
    issued_on: date
    is_passed_on: bool


def receipt_pdf(receipt: Receipt) -> bytes:
    """A4 portrait: the receipt above, the counterfoil below; always one page for a matter of up to 200 characters."""
    return pdf_from_html(page("receipt.html", receipt=receipt), "receipt.css")
