"""An issued letter of a petition as the content of an official document."""

from documents.bulletin import text_block
from documents.official.content import (
    Attachment,
    Attendance,
    Block,
    Form,
    Format,
    Grid,
    OfficialDocument,
    Signature,
    Urgency,
)
from rules.letters.issued import IssuedLetter
from rules.letters.kinds import LetterPage
from rules.papers.meetings import without_attendance

_FORMATS = {LetterPage.LETTER: Format.LETTER}
_WITH_MARK = {LetterPage.LETTER: "", LetterPage.DOCUMENT: "文件"}


def letter_document(letter: IssuedLetter, seal: bytes | None = None) -> OfficialDocument:
    """`seal` is a PNG. Raises ValueError where the letter was sealed and none is given."""
    if letter.seal_millimetres is not None and seal is None:
        raise ValueError("the letter was sealed, and no seal is given")
    if letter.text.mark:
        return _minutes(letter)
    text, page = letter.text, _page(letter)
    return OfficialDocument(
        title=text.title,
        body=_body(letter),
        organs=(letter.issuer,) if page in _WITH_MARK else (),
        mark_suffix=_WITH_MARK.get(page, ""),
        format=_FORMATS.get(page, Format.DOCUMENT),
        number=letter.number,
        signers=(text.signer,) if text.signer else (),
        urgency=Urgency(letter.urgency),
        addressees=_with_colon(text.addressee),
        attachments=tuple(Attachment(name) for name in text.attachments),
        signatures=_signatures(letter, seal),
        day=text.day,
        note=text.note,
        copies_to=_stopped(text.copies_to),
        printed_by=letter.issuer if page is LetterPage.DOCUMENT else "",
        printed_on=text.day if page is LetterPage.DOCUMENT else None,
        grid=Grid(letter.grid),
        is_draft=letter.is_draft,
    )


def _page(letter: IssuedLetter) -> LetterPage:
    """纪要 that were issued without a mark of their own stay the 文件 that they went out as."""
    page = letter.kind.rule.page
    return LetterPage.DOCUMENT if page is LetterPage.MINUTES else page


def _minutes(letter: IssuedLetter) -> OfficialDocument:
    """纪要 (10.3): its own mark instead of 文件, who attended under the text, neither 署名 nor seal."""
    text = letter.text
    source, attended = without_attendance(text.source)
    return OfficialDocument(
        title=text.title,
        body=_blocks(source),
        organs=(text.mark,),
        mark_suffix="纪要",
        format=Format.MINUTES,
        number=letter.number,
        attendance=tuple(Attendance(label, names) for label, names in attended),
        copies_to=_stopped(text.copies_to),
        printed_by=text.signature,
        printed_on=text.day,
        grid=Grid(letter.grid),
        is_draft=letter.is_draft,
    )


def _body(letter: IssuedLetter) -> tuple[Block, ...]:
    text, blocks = letter.text, _blocks(letter.text.source)
    if not text.form:
        return blocks
    return (*blocks, Form(text.form, text.below, is_apart=bool(blocks)))


def _blocks(source: str) -> tuple[Block, ...]:
    lines = (line.strip() for line in source.splitlines())
    return tuple(text_block(line) for line in lines if line)


def _stopped(names: str) -> str:
    return f"{names.rstrip('。')}。" if names else ""


def _signatures(letter: IssuedLetter, seal: bytes | None) -> tuple[Signature, ...]:
    if not letter.text.signature:
        return ()
    if letter.seal_millimetres is None or letter.is_draft:
        return (Signature(letter.text.signature),)
    return (Signature(letter.text.signature, seal, letter.seal_millimetres),)


def _with_colon(addressee: str) -> str:
    plain = addressee.rstrip("：:").rstrip()
    return f"{plain}：" if plain else ""
