"""An official document as a Word file that an office can go on editing: see docs/decisions/0012-word-files.md."""

from docx.oxml.ns import qn

from documents.official.content import OfficialDocument
from documents.official.grid import page_grid
from documents.official.head import head_of
from documents.official.word.attachments import add_attachments, attachment_list
from documents.official.word.attendance import attendance_elements
from documents.official.word.blocks import Flow, Stretch
from documents.official.word.elements import Element
from documents.official.word.imprint import imprint_elements
from documents.official.word.layout import paragraph
from documents.official.word.measures import measures
from documents.official.word.opening import opening_elements
from documents.official.word.package import describe, empty_file, file_bytes
from documents.official.word.pictures import Pictures
from documents.official.word.sections import Sections
from documents.official.word.signature import note_elements, signature_elements
from documents.official.word.tables import keep_end_with_next


def official_docx(document: OfficialDocument) -> bytes:
    """The .docx, the same bytes for the same data. Raises ValueError for a seal or chart that cannot be drawn."""
    page = measures(document.grid)
    head = head_of(document, page_grid(document.grid))
    file = empty_file(page)
    flow = Flow(page, Pictures(file))
    flow.add(opening_elements(document, head, page))
    flow.add_blocks(document.body)
    flow.add(_closing(document, flow))
    add_attachments(flow, document.attachments)
    flow.add(imprint_elements(document))
    file.element.body[:] = _in_sections(flow.stretches, Sections(file, document, head, page))
    describe(file, document)
    return file_bytes(file)


def _closing(document: OfficialDocument, flow: Flow) -> list[Element]:
    """What follows the text, on a page with a line of the text (7.3.5.5).

    Some programs move the whole last paragraph for that; they shall not move it off the first page.
    """
    listed = [*attachment_list(document.attachments), *attendance_elements(document.attendance)]
    signed = signature_elements(document, flow.pictures)
    last = [*flow.stretches[-1].elements, *listed][-1]
    if signed and (listed or len(document.body) > 1):
        keep_end_with_next(last)
    return [*listed, *signed, *note_elements(document)]


def _in_sections(stretches: list[Stretch], sections: Sections) -> list[Element]:
    """Each stretch but the last ends with a paragraph that carries its section."""
    made: list[Element] = []
    for place, stretch in enumerate(stretches):
        properties = sections.properties(stretch.is_turned, is_first=place == 0)
        made += stretch.elements
        if not made or made[-1].tag != qn("w:p"):
            made.append(paragraph("Anchor"))
        if place == len(stretches) - 1:
            made.append(properties)
        else:
            made[-1].get_or_add_pPr().append(properties)
    return made
