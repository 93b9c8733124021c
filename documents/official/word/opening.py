"""Head, title and 主送机关: what stands above the text."""

from documents.official.content import Format, OfficialDocument
from documents.official.head import Head
from documents.official.word.document_head import head_elements, marks_of_urgency, number_text
from documents.official.word.elements import Element, element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.letter_head import letter_elements
from documents.official.word.measures import Measures
from documents.official.word.styles import sizes
from documents.official.word.title import lines_of_title

_SHORT_NOTICE = 10
_LARGE, _MEDIUM = 720, 520
"""Titles of notices, 36 and 26 pt: read from some way off."""


def opening_elements(document: OfficialDocument, head: Head | None, page: Measures) -> list[Element]:
    return [*_head(document, head, page), *_title(document, page), *_addressees(document)]


def _head(document: OfficialDocument, head: Head | None, page: Measures) -> list[Element]:
    if head is None:
        return marks_of_urgency(document)
    if document.format is Format.LETTER:
        return letter_elements(document)
    return head_elements(document, head, page)


def _title(document: OfficialDocument, page: Measures) -> list[Element]:
    """A notice, which has no head, bears its number under the title."""
    if document.format is not Format.NOTICE:
        layout = Layout(before=0) if document.begins_with_form else None
        return [paragraph("Title", "\n".join(lines_of_title(document.title)), layout=layout)]
    title = _notice_title(document.title, page)
    number = number_text(document)
    return [title, paragraph("Number", number, layout=Layout(after=page.pitch))] if number else [title]


def _notice_title(title: str, page: Measures) -> Element:
    is_short = len(title) <= _SHORT_NOTICE
    size, height = (_LARGE, 2 * page.pitch) if is_short else (_MEDIUM, page.pitch * 3 // 2)
    words = "\n".join(lines_of_title(title, 12 if is_short else 16))
    layout = Layout(before=page.pitch, exact=height)
    return paragraph("Title", run(words, "", element("w:spacing", val=0), *sizes(size)), layout=layout)


def _addressees(document: OfficialDocument) -> list[Element]:
    """One full-width colon at the end (7.3.2)."""
    if not document.addressees or document.addressees_in_imprint:
        return []
    return [paragraph("Addressees", f"{document.addressees.rstrip('：:')}：")]
