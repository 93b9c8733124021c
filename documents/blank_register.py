"""Blank pages of the paper register, to write on by hand where there is no power or no network, and to type in later.

Each page has its own number (rules.numbering) and a QR code with a text that the caller gives, so that what was typed
can be traced to the paper.
"""

from dataclasses import dataclass
from typing import Any

import segno

from documents.drawn import Drawn, Part
from documents.html_to_pdf import pdf_from_html
from documents.page import page

ROWS = 8
"""19 mm each: room for two or three lines of handwriting."""

MOST_PAGES = 200
"""In one piece."""


@dataclass(frozen=True)
class BlankPage:
    """`number` like AL01-2026-0007; `qr_text` is printed as the QR code."""

    number: str
    qr_text: str


@dataclass(frozen=True)
class BlankRegister:
    unit: str
    pages: tuple[BlankPage, ...]
    rows: int = ROWS


def blank_register_pdf(register: BlankRegister) -> bytes:
    """A4 landscape, one page a number. Raises ValueError outside 1 to MOST_PAGES pages or 4 to 10 rows."""
    if not 1 <= len(register.pages) <= MOST_PAGES or not 4 <= register.rows <= 10:
        raise ValueError(f"a blank register has 1 to {MOST_PAGES} pages of 4 to 10 rows")
    html = page(
        "blank_register.html",
        register=register,
        codes=[qr_code(blank.qr_text) for blank in register.pages],
        row_height=round(152 / register.rows, 2),
    )
    return pdf_from_html(html, "blank_register.css")


def whole_blank_register(head: dict[str, Any], pages: list[list[str]]) -> bytes:
    """`head` has the unit, `pages` the number and the QR text of each. Raises what `blank_register_pdf` raises."""
    return blank_register_pdf(BlankRegister(head["unit"], tuple(BlankPage(*page) for page in pages)))


def blank_register_slice(head: dict[str, Any], pages: list[list[str]], _part: Part) -> Drawn:
    """Some pages of a long blank register."""
    return Drawn(whole_blank_register(head, pages), len(pages), len(pages))


def qr_code(text: str) -> str:
    """Data URI of an SVG; error correction M, so that a stain may cover some of it."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=2)
