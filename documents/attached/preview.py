"""What of a kept file is shown on a page: a bounded picture, or plain words. Everything else is for downloading."""

import io

from documents.attached.pdf import page_picture
from documents.attached.photo import decoded, fitted
from documents.attached.words import Words, words_of_docx, words_of_text, words_of_xlsx
from documents.quarantine import FileRefused, in_quarantine
from rules.attachment_rules import DOCX, JPEG, PDF, PNG, TEXT, XLSX, AttachmentKind

LONGEST_SIDE = 1_600
"""Pixels: a page of small print can be read."""

PAGES_SHOWN = 30
"""Of a PDF; the rest is for downloading."""

NO_PREVIEW = "不能预览，可下载。"

_WORDS = {DOCX: words_of_docx, XLSX: words_of_xlsx, TEXT: words_of_text}


def preview_picture(content: bytes, kind: AttachmentKind, page: int = 1) -> tuple[bytes, str]:
    """The picture, or page 1… of a PDF, and its media type. Raises FileRefused where there is none."""
    if kind == PDF and 1 <= page <= PAGES_SHOWN:
        return in_quarantine(drawn_page, content, page), PNG.media_type
    if kind in (JPEG, PNG) and page == 1:
        return in_quarantine(drawn_picture, content, kind), kind.media_type
    raise FileRefused(NO_PREVIEW)


def preview_words(content: bytes, kind: AttachmentKind) -> Words:
    """Raises FileRefused where there are none."""
    if kind not in _WORDS:
        raise FileRefused(NO_PREVIEW)
    return in_quarantine(_WORDS[kind], content)


def drawn_page(content: bytes, page: int) -> bytes:
    """In quarantine."""
    output = io.BytesIO()
    page_picture(content, page, LONGEST_SIDE).save(output, format="PNG", compress_level=6)
    return output.getvalue()


def drawn_picture(content: bytes, kind: AttachmentKind) -> bytes:
    """In quarantine, in the kind it has."""
    output = io.BytesIO()
    small = fitted(decoded(content, kind), LONGEST_SIDE)
    small.save(output, format=kind.name.upper(), **({"quality": 85} if kind == JPEG else {}))
    return output.getvalue()
