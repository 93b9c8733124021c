"""An official document as HTML: every choice of the standard is made here, the templates only write it down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from documents.official.content import (
    Attachment,
    Block,
    Chart,
    Form,
    Format,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
)
from documents.official.grid import CELL, WIDTH, PageGrid
from documents.official.head import head_of, spread_name
from documents.official.pictures import png_uri, svg_uri
from documents.official.signatures import (
    SealRow,
    date_is_longer,
    note_meets_seals,
    right_of_date,
    seal_rows,
)
from documents.official.tables import form_height, height_of
from documents.official.title_lines import title_lines
from documents.page import chinese_date, page

TITLE_CHARACTERS = 20
"""Of 2号 in one line."""

TITLE_CHARACTERS_TURNED = 28

SEAL_ABOVE = 4.0
"""mm by which a seal's middle stands above that of name and date (7.3.5.1: 中心偏下)."""

_NOTICE_SHORT = 10


@dataclass(frozen=True)
class Piece:
    """One block for the template. `after` points below a table bring the text back to the grid."""

    kind: str
    block: Block
    after: float = 0.0
    uri: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class AttachmentPage:
    """Its label and name stand on the turned page where it begins with a wide table."""

    label: str
    name: str
    title_lines: tuple[str, ...]
    body: tuple[Piece, ...]

    @property
    def begins_turned(self) -> bool:
        return self.body[0].kind == "turned"


@dataclass(frozen=True)
class PlacedSeal:
    """`offset` and `diameter` in mm; `uri` is None where only the name stands."""

    organ: str
    offset: float
    diameter: float
    uri: str | None


Turned = Mapping[int, int]
"""id() of a landscape table → how many pages it takes."""


def document_html(document: OfficialDocument, grid: PageGrid, turned: Turned) -> str:
    """The pages without 版记; `text-end`, `signature` and `end` are anchors, `turned-…` pages left for wide tables."""
    head = head_of(document, grid)
    return page(
        "official.html",
        document=document,
        author=author(document),
        keywords=",".join(document.keywords),
        written_on=written_on(document),
        head=head,
        is_letter=document.format is Format.LETTER,
        begins_with_form=document.begins_with_form,
        is_notice=document.format is Format.NOTICE,
        number=document.number,
        name_width=max((max(3, len(name)) for name in document.signers), default=0) * CELL,
        spacing_of=spread_name,
        title_lines=_title_lines(document),
        addressees="" if document.addressees_in_imprint else document.addressees,
        body=_pieces(document.body, grid, turned),
        attachment_names=[attachment.name for attachment in document.attachments],
        attachments=_attachments(document, grid, turned),
        **_signature(document, grid),
    )


def imprint_html(document: OfficialDocument) -> str:
    """版记 (7.4); that of 信函 has neither rules nor 印发 (10.1)."""
    is_letter = document.format is Format.LETTER
    printed_on = chinese_date(document.printed_on) if document.printed_on else ""
    return page(
        "official_imprint.html",
        is_ruled=not is_letter,
        addressees=document.addressees if document.addressees_in_imprint else "",
        copies_to=document.copies_to,
        printed_by="" if is_letter else document.printed_by,
        printed_on="" if is_letter else printed_on,
    )


def turned_html(table: Table, document: OfficialDocument) -> str:
    """A wide table; where an attachment begins with it, the attachment's own head stands over it."""
    heads = {id(a.body[0]): (label, a) for label, a in _labelled(document) if a.body}
    label, attachment = heads.get(id(table), ("", None))
    lines = title_lines(attachment.name, TITLE_CHARACTERS_TURNED) if attachment else ()
    return page("official_turned.html", block=table, label=label, title_lines=lines)


def room_below(document: OfficialDocument, grid: PageGrid) -> float:
    """mm to be left between the last line of the text and 版记: the seal reaches below the date."""
    is_sealed = any(signature.seal for signature in document.signatures)
    if not is_sealed or document.note or any(attachment.body for attachment in document.attachments):
        return grid.half_leading
    diameter = max(signature.seal_millimetres for signature in document.signatures)
    return max(grid.half_leading, diameter / 2 - SEAL_ABOVE - grid.pitch_mm + 1)


def lines_before_signature(document: OfficialDocument) -> int:
    """Between text and signature: the empty ones (7.3.5.1 to .3), and the names of attachments if each fits in one."""
    is_plain = not document.name_stamp and not any(signature.seal for signature in document.signatures)
    names = len(document.attachments)
    return (1 if is_plain else 2) + (names + 1 if names else 0)


def landscape_tables(document: OfficialDocument) -> Iterator[Table]:
    for blocks in (document.body, *(attachment.body for attachment in document.attachments)):
        yield from (block for block in blocks if isinstance(block, Table) and block.landscape)


def author(document: OfficialDocument) -> str:
    """The organ that speaks."""
    names = (*document.organs, *(signature.organ for signature in document.signatures), document.printed_by)
    return next((name for name in names if name), "")


def written_on(document: OfficialDocument) -> str:
    """The document's own day: the same data give the same bytes, whenever they are written."""
    day: date | None = document.day or document.printed_on
    return day.isoformat() if day else ""


def place_of(table: Table, number: int) -> str:
    return f"turned-{id(table)}-{number}"


def _title_lines(document: OfficialDocument) -> tuple[str, ...]:
    if document.format is not Format.NOTICE:
        return title_lines(document.title, TITLE_CHARACTERS)
    return title_lines(document.title, 12 if len(document.title) <= _NOTICE_SHORT else 16)


def _pieces(blocks: tuple[Block, ...], grid: PageGrid, turned: Turned) -> tuple[Piece, ...]:
    return tuple(_piece(block, grid, turned) for block in blocks)


def _piece(block: Block, grid: PageGrid, turned: Turned) -> Piece:
    if isinstance(block, Heading):
        return Piece("heading", block)
    if isinstance(block, Paragraph):
        return Piece("paragraph", block)
    if isinstance(block, Chart):
        return Piece("chart", block, uri=svg_uri(block.svg))
    if isinstance(block, Form):
        return Piece("form", block, after=_to_next_line(form_height(block, WIDTH, grid), grid))
    if block.landscape:
        places = tuple(place_of(block, number) for number in range(turned[id(block)]))
        return Piece("turned", block, places=places)
    return Piece("table", block, after=_to_next_line(height_of(block, WIDTH, grid), grid))


def _to_next_line(height: float, grid: PageGrid) -> float:
    return ceil(height / grid.pitch) * grid.pitch - height


def _labelled(document: OfficialDocument) -> list[tuple[str, Attachment]]:
    """附件1, 附件2; a single one has no number (7.3.7)."""
    several = len(document.attachments) > 1
    return [
        (f"附件{number}" if several else "附件", attachment)
        for number, attachment in enumerate(document.attachments, start=1)
    ]


def _attachments(document: OfficialDocument, grid: PageGrid, turned: Turned) -> list[AttachmentPage]:
    """Those with pages of their own."""
    return [
        AttachmentPage(
            label,
            attachment.name,
            title_lines(attachment.name, TITLE_CHARACTERS),
            _pieces(attachment.body, grid, turned),
        )
        for label, attachment in _labelled(document)
        if attachment.body
    ]


def _signature(document: OfficialDocument, grid: PageGrid) -> dict[str, object]:
    day = chinese_date(document.day) if document.day else ""
    signatures = document.signatures
    is_sealed = any(signature.seal for signature in signatures) and not document.name_stamp
    return {
        "name_stamp": document.name_stamp,
        "day": day,
        "organs": [signature.organ for signature in signatures],
        "seal_rows": [_row(row, document.is_draft) for row in seal_rows(signatures, day)]
        if is_sealed
        else [],
        "note_is_below_seals": is_sealed and note_meets_seals(signatures, document.note),
        "seal_middle": grid.pitch_mm - SEAL_ABOVE,
        "right_of_date": right_of_date(signatures, day) * CELL if is_sealed else 0,
        "date_is_longer": bool(signatures) and date_is_longer(signatures, day),
    }


def _row(row: SealRow, is_draft: bool) -> dict[str, object]:
    return {
        "bears_date": row.bears_date,
        "organs": [
            PlacedSeal(
                organ.signature.organ,
                organ.offset,
                organ.signature.seal_millimetres,
                png_uri(organ.signature.seal) if organ.signature.seal and not is_draft else None,
            )
            for organ in row.organs
        ],
    }
