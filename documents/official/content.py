"""What an official document says, before it becomes a page. Plain data, the same for PDF and Word (GB/T 9704-2012).

There is no field for 密级: this site may not hold state secrets (保守国家秘密法 art. 31), see `rules.secrecy`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from rules.form_rows import FormRow

Align = Literal["left", "center", "right"]


class Format(StrEnum):
    """Which of the standard's pages: 文件式 (clause 7), 信函 (10.1), 纪要 (10.3), or a public notice for the wall."""

    DOCUMENT = "document"
    LETTER = "letter"
    MINUTES = "minutes"
    NOTICE = "notice"


class Urgency(StrEnum):
    """紧急程度 (7.2.3)."""

    NONE = ""
    URGENT = "加急"
    MOST_URGENT = "特急"


class Grid(StrEnum):
    """How 37 mm and 22 lines are read: STRICT from glyph box to glyph box; WORD as the usual template has it."""

    STRICT = "strict"
    WORD = "word"


@dataclass(frozen=True)
class Heading:
    """A heading that stands alone; level 1 一、 2 （一） 3 1. 4 （1） (7.3.3). `text` includes the number."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """`lead` is a heading that runs into the paragraph, set in the face of `lead_level`; "" without one."""

    text: str
    lead: str = ""
    lead_level: int = 2


@dataclass(frozen=True)
class Column:
    """`share` is a proportion of the table's width."""

    heading: str
    share: float = 1.0
    align: Align = "center"


@dataclass(frozen=True)
class Table:
    """Cells as they shall be printed; a line's end in a cell stays one. `landscape` puts it on pages of its own, turned (clause 8)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    note: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class Chart:
    """A plain SVG (`documents.chart`) over the full width, `lines` grid lines high; `alt` says its figures in words."""

    svg: bytes
    caption: str
    alt: str
    lines: int = 8


@dataclass(frozen=True)
class Form:
    """Labelled cells to be filled in and signed, on twelve equal columns; `below` is a line under them. `is_apart`: a line is
    empty between it and the text above."""

    rows: tuple[FormRow, ...]
    below: str = ""
    is_apart: bool = False


Block = Heading | Paragraph | Table | Chart | Form


@dataclass(frozen=True)
class Attachment:
    """附件: named after the text (7.3.4); on pages of its own (7.3.7) where it has a body."""

    name: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Signature:
    """发文机关署名 (7.3.5): one organ, with its seal as a transparent PNG, or without one."""

    organ: str
    seal: bytes | None = None
    seal_millimetres: float = 42.0
    """Diameter as engraved; the picture is drawn in this size whatever its pixels."""


@dataclass(frozen=True)
class Attendance:
    """A line of 纪要: 出席、请假、列席 and who (10.3)."""

    label: str
    names: str


@dataclass(frozen=True)
class OfficialDocument:
    """Every element of clauses 7.2 to 7.5 and 10; an empty one is left out.

    `organs` are those of the 发文机关标志, the host first; `mark_suffix` follows them (文件; "" in 信函 and 纪要).
    `signatures` with any seal are set as 7.3.5.1, else as 7.3.5.2; none at all prints neither organ nor date.
    `name_stamp` is (职务, 姓名) of 7.3.5.3 and stands instead of organs. `number` like 云信通〔2026〕3号.
    """

    title: str
    body: tuple[Block, ...]
    organs: tuple[str, ...] = ()
    mark_suffix: str = "文件"
    format: Format = Format.DOCUMENT
    number: str = ""
    signers: tuple[str, ...] = ()
    copy_number: int | None = None
    urgency: Urgency = Urgency.NONE
    addressees: str = ""
    addressees_in_imprint: bool = False
    attendance: tuple[Attendance, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    name_stamp: tuple[str, str] | None = None
    day: date | None = None
    note: str = ""
    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    keywords: tuple[str, ...] = ()
    """For the file's own metadata; they are not printed."""
    grid: Grid = Grid.STRICT
    is_draft: bool = False
    """A draft says so on every page and bears neither number nor seal."""

    @property
    def has_imprint(self) -> bool:
        """版记 (7.4): 抄送, 印发, and 主送 where it was moved there."""
        moved = self.addressees_in_imprint and self.addressees
        return bool(self.copies_to or self.printed_by or moved)

    @property
    def begins_with_form(self) -> bool:
        """A form stands directly under its title, at the upper edge of the page."""
        return isinstance(self.body[0], Form) if self.body else False
