"""Where things stand on a page of a PDF: millimetres and points from the paper's left and upper edge."""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_double
from dataclasses import dataclass

import pypdfium2
from PIL import Image
from pypdfium2 import raw

MILLIMETRE = 72 / 25.4
DPI = 400


@dataclass(frozen=True)
class Glyph:
    """`x` and `y` of its origin on the baseline, and `size`, in points."""

    character: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Line:
    """The glyphs on one baseline, from left to right."""

    y: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """mm"""
        return self.glyphs[0].x / MILLIMETRE

    @property
    def right(self) -> float:
        """mm; the end of the last character, if that is Chinese."""
        return (self.glyphs[-1].x + self.glyphs[-1].size) / MILLIMETRE

    @property
    def top(self) -> float:
        """mm; the upper edge of characters whose ascent is 0.88 em."""
        return (self.y - 0.88 * self.glyphs[0].size) / MILLIMETRE

    @property
    def bottom(self) -> float:
        return (self.y + 0.12 * self.glyphs[0].size) / MILLIMETRE


@dataclass(frozen=True)
class Ink:
    """The box around all ink of a region, mm."""

    left: float
    top: float
    right: float
    bottom: float


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    with opened(pdf) as document:
        return len(document)


def faces_of(pdf: bytes) -> set[str]:
    """Names of the embedded faces, without the mark of the subset."""
    with opened(pdf) as document:
        texts = (
            thing
            for page in document
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4)
        )
        return {thing.get_font().get_base_name().split("+")[-1] for thing in texts}


def glyphs(pdf: bytes, page: int) -> list[Glyph]:
    """Of page 1, 2 …; without spaces."""
    with opened(pdf) as document:
        height = document[page - 1].get_height()
        text = document[page - 1].get_textpage()
        return [glyph for index in range(text.count_chars()) if (glyph := _glyph(text, index, height))]


def _glyph(text: pypdfium2.PdfTextPage, index: int, height: float) -> Glyph | None:
    character = chr(raw.FPDFText_GetUnicode(text, index))
    if character.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
        return None
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, byref(matrix))
    scale = max(abs(matrix.b), abs(matrix.d))
    return Glyph(character, x.value, height - y.value, raw.FPDFText_GetFontSize(text, index) * scale)


def lines(pdf: bytes, page: int, size: float | None = None) -> list[Line]:
    """From top to bottom; only glyphs of a size in points, if one is given."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs(pdf, page), key=lambda glyph: (glyph.y, glyph.x)):
        if size is not None and abs(glyph.size - size) > 0.1:
            continue
        if not rows or glyph.y - rows[-1][0].y > 1:
            rows.append([])
        rows[-1].append(glyph)
    return [Line(row[0].y, tuple(sorted(row, key=lambda glyph: glyph.x))) for row in rows]


def line_with(pdf: bytes, page: int, words: str) -> Line:
    """The first line that holds the words, spaces not counted."""
    return next(line for line in lines(pdf, page) if words in line.text)


def picture(pdf: bytes, page: int, dpi: int = DPI) -> Image.Image:
    with opened(pdf) as document:
        return document[page - 1].render(scale=dpi / 72).to_pil().convert("RGB")


def ink(
    image: Image.Image, left: float, top: float, right: float, bottom: float, red: bool = False
) -> Ink | None:
    """Of a region of a `picture`, in mm; only what is red, if asked for."""
    scale = image.width / 210
    region = image.crop(tuple(round(edge * scale) for edge in (left, top, right, bottom)))
    bands = region.split()
    dark = bands[1].point(lambda value: 255 * (value < 128))
    if red:
        strong = bands[0].point(lambda value: 255 * (value > 160))
        dark = Image.composite(dark, Image.new("L", dark.size), strong)
    box = dark.getbbox()
    if box is None:
        return None
    return Ink(left + box[0] / scale, top + box[1] / scale, left + box[2] / scale, top + box[3] / scale)
