"""May this file be kept, and what of it: the door through which every attachment comes in."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.attached.kinds import ZIP, container_of
from documents.attached.office import office_kind
from documents.attached.ole import ole_kind
from documents.attached.pdf import check_pdf, page_picture
from documents.attached.photo import decoded, fitted, written_anew
from documents.attached.plain_text import read_text
from documents.qr_reader import LONGEST_SIDE, codes_on
from documents.quarantine import in_quarantine
from rules.attachment_rules import JPEG, PDF, PNG, TEXT, AttachmentKind

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

THUMBNAIL_PIXELS = 240
PAGES_LOOKED_AT = 3
"""Pages of a PDF on which a QR code is looked for."""


@dataclass(frozen=True)
class TakenIn:
    """What is kept of a file. `pages` are those of a PDF, `width` and `height` a picture's pixels; `thumbnail` is a JPEG
    of at most 240 pixels, or None; `codes` are the texts of the QR codes seen on it."""

    kind: AttachmentKind
    content: bytes
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None
    codes: tuple[str, ...] = ()


def take_in(content: bytes) -> TakenIn:
    """Call it outside transactions, with the size checked before. Raises FileRefused."""
    container_of(content)
    return in_quarantine(examined, content)


def examined(content: bytes) -> TakenIn:
    """In quarantine."""
    kind = container_of(content)
    if kind is None:
        kind = office_kind(content) if content.startswith(ZIP) else ole_kind(content)
        return TakenIn(kind, content)
    if kind in (JPEG, PNG):
        return _photo(content, kind)
    if kind == PDF:
        return _pdf(content)
    read_text(content)
    return TakenIn(TEXT, content)


def _photo(content: bytes, kind: AttachmentKind) -> TakenIn:
    picture = decoded(content, kind)
    width, height = picture.size
    codes = tuple(codes_on(picture))
    return TakenIn(kind, written_anew(picture, kind), None, width, height, thumbnail_of(picture), codes)


def _pdf(content: bytes) -> TakenIn:
    """Kept as it is: what it says is evidence, and a signature on it must stay good."""
    pages = check_pdf(content)
    first = page_picture(content, 1, LONGEST_SIDE)
    codes = codes_on(first)
    for page in range(2, min(pages, PAGES_LOOKED_AT) + 1):
        codes += codes_on(page_picture(content, page, LONGEST_SIDE))
    return TakenIn(PDF, content, pages=pages, thumbnail=thumbnail_of(first), codes=tuple(codes))


def thumbnail_of(picture: "Picture") -> bytes:
    """Enough to be told apart by."""
    output = io.BytesIO()
    fitted(picture, THUMBNAIL_PIXELS).save(output, format="JPEG", quality=70)
    return output.getvalue()
