"""An issued letter of a petition as the content of an official document."""

from documents.bulletin import text_block
from documents.official.content import (
    Attachment,
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

_FORMATS = {LetterPage.LETTER: Format.LETTER}
_WITH_MARK = {LetterPage.LETTER: "", LetterPage.DOCUMENT: "文件"}


def letter_document(letter: IssuedLetter, seal: bytes | None = None) -> OfficialDocument:
    """`seal` is a PNG. Raises ValueError where the letter was sealed and none is given."""
    if letter.seal_millimetres is not None and seal is None:
        raise ValueError("the letter was sealed, and no seal is given")
    text, page = letter.text, letter.kind.rule.page
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
        copies_to=f"{text.copies_to.rstrip('。')}。" if text.copies_to else "",
        printed_by=letter.issuer if page is LetterPage.DOCUMENT else "",
        printed_on=text.day if page is LetterPage.DOCUMENT else None,
        grid=Grid(letter.grid),
        is_draft=letter.is_draft,
    )


def _body(letter: IssuedLetter) -> tuple[Block, ...]:
    text = letter.text
    lines = (line.strip() for line in text.source.splitlines())
    blocks: list[Block] = [text_block(line) for line in lines if line]
    if text.form:
        blocks.append(Form(text.form, text.below, is_apart=bool(blocks)))
    return tuple(blocks)


def _signatures(letter: IssuedLetter, seal: bytes | None) -> tuple[Signature, ...]:
    if not letter.text.signature:
        return ()
    if letter.seal_millimetres is None or letter.is_draft:
        return (Signature(letter.text.signature),)
    return (Signature(letter.text.signature, seal, letter.seal_millimetres),)


def _with_colon(addressee: str) -> str:
    plain = addressee.rstrip("：:").rstrip()
    return f"{plain}：" if plain else ""
