"""An official document as a Word file that an office can go on editing (GB/T 9704-2012)."""

from docx.oxml.ns import qn

from documents.official.content import Format, OfficialDocument
from documents.official.word.attachments import add_attachments, attachment_list
from documents.official.word.blocks import Flow, Stretch
from documents.official.word.document_head import copy_number_text, head_elements, number_text
from documents.official.word.elements import Element, run
from documents.official.word.imprint import imprint_elements
from documents.official.word.layout import Layout, keep_with_next, paragraph
from documents.official.word.letter_head import letter_elements
from documents.official.word.measures import CHARACTER, Measures, measures
from documents.official.word.package import describe, empty_file, file_bytes
from documents.official.word.pictures import Pictures
from documents.official.word.sections import Sections
from documents.official.word.signature import empty_lines, note_elements, signature_elements
from documents.official.word.title import lines_of_title


def official_docx(document: OfficialDocument) -> bytes:
    """The .docx. The same document gives the same bytes."""
    page = measures(document.grid)
    file = empty_file(page)
    flow = Flow(page, Pictures(file))
    _compose(flow, document)
    sections = Sections(file, document, page)
    body = file.element.body
    body[:] = _in_sections(flow.stretches, sections)
    describe(file, document)
    return file_bytes(file)


def _compose(flow: Flow, document: OfficialDocument) -> None:
    flow.add(_opening(document, flow.page))
    flow.add_blocks(document.body)
    flow.add(_closing(document, flow))
    add_attachments(flow, document.attachments)
    flow.add(imprint_elements(document))


def _opening(document: OfficialDocument, page: Measures) -> list[Element]:
    made = [*_head(document, page), *_title(document)]
    if document.addressees and not document.addressees_in_imprint:
        made.append(paragraph("Addressees", f"{document.addressees.rstrip('：:')}："))
    return made


def _head(document: OfficialDocument, page: Measures) -> list[Element]:
    match document.format:
        case Format.LETTER:
            return letter_elements(document)
        case Format.NOTICE:
            marks = [("CopyNumber", copy_number_text(document)), ("Urgency", document.urgency)]
            return [paragraph(style, text) for style, text in marks if text]
        case _:
            return head_elements(document, page)


def _title(document: OfficialDocument) -> list[Element]:
    """A notice has its number under the title, for it has no head."""
    title = paragraph("Title", "\n".join(lines_of_title(document.title)))
    number = number_text(document)
    if document.format == Format.NOTICE and number:
        return [title, paragraph("Number", number), *empty_lines(1)]
    return [title]


def _closing(document: OfficialDocument, flow: Flow) -> list[Element]:
    """What follows the text, on a page with a line of the text (7.3.5.5).

    Some programs move the whole last paragraph for that; they shall not move it off the first page.
    """
    listed = attachment_list(document.attachments)
    signed = signature_elements(document, flow.pictures)
    last = [*flow.stretches[-1].elements, *listed][-1]
    if signed and last.tag == qn("w:p") and (listed or len(document.body) > 1):
        keep_with_next(last)
    return [*listed, *_attendance(document), *signed, *note_elements(document)]


def _attendance(document: OfficialDocument) -> list[Element]:
    """出席, 请假, 列席 below an empty line (10.3): names turn over under the first one."""
    if not document.attendance:
        return []
    made = empty_lines(1)
    for line in document.attendance:
        hanging = (len(line.label) + 1) * CHARACTER
        layout = Layout(left=2 * CHARACTER + hanging, hanging=hanging)
        made.append(paragraph("Attendance", run(line.label, "Label"), f"：{line.names}", layout=layout))
    return made


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
