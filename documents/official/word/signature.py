"""发文机关署名, 成文日期 and seals (7.3.5), 签名章 (7.3.5.3), 附注 (7.3.6)."""

from documents.official.content import OfficialDocument
from documents.official.word.elements import Element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.measures import CHARACTER, TITLE_TYPE, WIDTH, measures, width_of
from documents.official.word.pictures import Pictures
from documents.official.word.seals import above_organ, joint_seals, seal_run
from documents.official.word.styles import sizes
from documents.page import chinese_date


def signature_elements(document: OfficialDocument, pictures: Pictures) -> list[Element]:
    """From the empty lines below the text to the date; nothing without anyone who signs."""
    if document.name_stamp:
        return _name_stamp(*document.name_stamp, date=_date(document))
    if not document.signatures:
        return []
    if not any(signature.seal for signature in document.signatures):
        return _unsealed(document)
    if len(document.signatures) == 1:
        return _sealed(document, pictures)
    return joint_seals(document, _date(document), pictures)


def note_elements(document: OfficialDocument) -> list[Element]:
    """In round brackets, which the text may bring."""
    if not document.note:
        return []
    note = document.note if document.note.startswith("（") else f"（{document.note}）"
    return [paragraph("Note", note)]


def empty_lines(count: int) -> list[Element]:
    """Lines that stay with what follows them."""
    return [paragraph("BodyParagraph", layout=Layout(keep_next=True, first_line=0)) for _ in range(count)]


def _date(document: OfficialDocument) -> str:
    return chinese_date(document.day) if document.day else ""


def _sealed(document: OfficialDocument, pictures: Pictures) -> list[Element]:
    """The date four characters from the right, the organ centred above it, one seal over both."""
    (signature,) = document.signatures
    date = _date(document)
    middle = min(WIDTH - 4 * CHARACTER - width_of(date) // 2, WIDTH - width_of(signature.organ) // 2)
    around = Layout(align="center", left=2 * middle - WIDTH, right=0)
    is_moved = middle + width_of(date) // 2 < WIDTH - 4 * CHARACTER - 1
    above = empty_lines(2)
    if not document.is_draft:
        down = len(above) * measures(document.grid).pitch - above_organ(signature)
        above[0].append(seal_run(signature, middle, down, pictures))
    return [
        *above,
        paragraph("Organ", signature.organ, layout=around),
        paragraph("Day", date, layout=around if is_moved else None),
    ]


def _unsealed(document: OfficialDocument) -> list[Element]:
    """7.3.5.2: the organ two characters from the right, the date two characters right of where it begins.

    A date that is longer than the organ takes that place at the right, and the organ moves left.
    """
    date = _date(document)
    organs = [signature.organ for signature in document.signatures]
    longest, day = max(map(width_of, organs)), width_of(date)
    fits = day <= longest
    right = 2 * CHARACTER if fits else 4 * CHARACTER + day - longest
    begins = max(0, WIDTH - right - longest)
    under = Layout(align="left", left=begins + 2 * CHARACTER, right=0)
    return [
        *empty_lines(1),
        *(paragraph("Organ", name, layout=Layout(align="left", left=begins)) for name in organs),
        paragraph("Day", date, layout=under if fits else Layout(right=2 * CHARACTER)),
    ]


def _name_stamp(office: str, name: str, date: str) -> list[Element]:
    """The office two characters left of the name, which takes the place of the stamp."""
    place = Layout(align="right", right=4 * CHARACTER)
    return [
        *empty_lines(2),
        paragraph(
            "Organ", f"{office}\u3000\u3000", run(name, "SignerName", *sizes(TITLE_TYPE)), layout=place
        ),
        *empty_lines(1),
        paragraph("Day", date),
    ]
