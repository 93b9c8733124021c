"""Faces embedded once in a PDF that was joined from many.

Each of our PDF files brings the glyphs that it uses of a face. WeasyPrint leaves glyphs their numbers, so one subset
with the glyphs of all files can serve them all. It is drawn anew from the letters that they used, and it takes the
place of theirs only where number, letter and width of each glyph agree; where not, a file keeps its own.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

import pikepdf

from documents.html_to_pdf import laid_out, no_collection

_LETTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")

Glyphs = dict[int, tuple[str, float]]
"""Number → the letter it shows and its width, in thousandths."""


@dataclass
class _Face:
    """A composite font of the PDF."""

    font: Any
    name: str
    family: str
    glyphs: Glyphs

    def can_serve(self, other: "_Face") -> bool:
        return other.glyphs.items() <= self.glyphs.items()


def share_faces(joined: pikepdf.Pdf, opened: ExitStack) -> None:
    """Let every face that several files brought stand in `joined` once. `opened` keeps what it borrows until it is saved."""
    faces = list(_faces_of(joined.objects))
    if len({face.name for face in faces}) == len(faces):
        return
    drawn = opened.enter_context(pikepdf.open(BytesIO(_drawn_anew(faces))))
    common = {face.name: face for face in _faces_of(drawn.objects)}
    taken: dict[str, Any] = {}
    for face in faces:
        new = common.get(face.name)
        if new is None or not new.can_serve(face):
            continue
        if face.name not in taken:
            taken[face.name] = joined.copy_foreign(new.font)
        face.font.DescendantFonts = taken[face.name].DescendantFonts
        face.font.ToUnicode = taken[face.name].ToUnicode


def _faces_of(objects: Iterable[Any]) -> Iterator[_Face]:
    for found in objects:
        if isinstance(found, pikepdf.Dictionary) and found.get("/Subtype") == "/Type0":
            below = found.DescendantFonts[0]
            family = below.FontDescriptor.get("/FontFamily")
            if family is not None and "/ToUnicode" in found and "/W" in below:
                yield _Face(found, str(found.BaseFont), str(family), _glyphs(found, below.W))


def _glyphs(font: Any, widths: Any) -> Glyphs:
    letters = {
        int(number, 16): bytes.fromhex(letter.decode()).decode("utf-16-be")
        for number, letter in _LETTER.findall(font.ToUnicode.read_bytes())
    }
    return {number: (letters.get(number, ""), width) for number, width in _widths(list(widths))}


def _widths(items: list[Any]) -> Iterator[tuple[int, float]]:
    """Of an array like `3 [500] 7 [1000 900]`: the widths of glyphs 3, 7 and 8."""
    for first, row in zip(items[::2], items[1::2], strict=True):
        yield from ((int(first) + place, float(width)) for place, width in enumerate(row))


def _drawn_anew(faces: list[_Face]) -> bytes:
    letters: dict[str, set[str]] = {}
    for face in faces:
        letters.setdefault(face.family, set()).update(letter for letter, _width in face.glyphs.values())
    lines = "".join(
        f"<p style=\"font-family: '{escape(family)}'\">{escape(' '.join(sorted(texts)))}</p>"
        for family, texts in letters.items()
    )
    with no_collection():
        return laid_out(f'<html lang="zh-CN">{lines}', []).write_pdf()
