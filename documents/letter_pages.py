"""Letters as files, from the JSON that was frozen at issue (`rules.letters.issued`), or from a draft's."""

from collections.abc import Sequence
from dataclasses import replace

from documents.letter import letter_document
from documents.official.batch import official_pdfs
from documents.official.pdf import official_pdf
from documents.official.word.official_docx import official_docx
from rules.letters.issued import from_json

PDF, DOCX = "pdf", "docx"
_WRITERS = {PDF: official_pdf, DOCX: official_docx}


def letter_file(form: str, content: str, seal: bytes | None = None) -> bytes:
    """`form` is PDF or DOCX; `seal` a PNG. The same content and seal always give the same bytes.

    A Word file can be edited, so it never carries a seal. Raises ValueError for the PDF of a sealed letter without
    its seal, and for content of another format.
    """
    letter = from_json(content)
    if form == DOCX:
        letter = replace(letter, seal_millimetres=None)
    return _WRITERS[form](letter_document(letter, seal))


def letter_files(letters: Sequence[tuple[str, bytes | None]]) -> bytes:
    """One PDF of many letters (content, seal) in this order, a bookmark to each. Raises ValueError for none."""
    return official_pdfs([letter_document(from_json(content), seal) for content, seal in letters])
