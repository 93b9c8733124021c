"""Pictures that a Word file carries: PNG only, for it cannot show an SVG of itself."""

import io

import pypdfium2
from docx.document import Document
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError
from docx.image.image import Image
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Emu

from documents.html_to_pdf import pdf_from_html
from documents.official.pictures import png_uri, svg_uri
from documents.official.word.drawings import behind_text
from documents.official.word.elements import Element, element, plain
from documents.official.word.measures import emu

DOTS_PER_INCH = 250

_PAGE = (
    "<style>@page{{size:{width}pt {height}pt;margin:0;@bottom-center{{content:none}}}}"
    "img{{display:block;width:{width}pt;height:{height}pt;object-fit:contain}}</style>"
    '<img src="{svg}">'
)


class Pictures:
    """Stores pictures in a file's main part; the same picture is stored once."""

    def __init__(self, document: Document) -> None:
        self._part = document.part

    def in_line(self, png: bytes, width: int, height: int, alt: str) -> Element:
        """A run; lengths in twips."""
        return element("w:r", element("w:drawing", self._inline(png, width, height, alt)))

    def behind(self, png: bytes, x: int, y: int, width: int, alt: str) -> Element:
        """A run with the picture behind the text, offset from the column's left edge and the paragraph's top.

        Raises ValueError for what is no PNG, or for a part of one.
        """
        height = round(width * _proportion(png))
        return behind_text(self._inline(png, width, height, alt), x, y, width, height, alt)

    def _inline(self, png: bytes, width: int, height: int, alt: str) -> CT_Inline:
        relation, _image = self._part.get_or_add_image(io.BytesIO(png))
        inline = CT_Inline.new_pic_inline(0, relation, "picture.png", Emu(emu(width)), Emu(emu(height)))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        inline.find(qn("wp:docPr")).set("descr", plain(alt))
        return inline


def _proportion(png: bytes) -> float:
    """Height over width."""
    png_uri(png)  # refuses what the printed page refuses
    try:
        image = Image.from_blob(png)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, KeyError) as error:
        raise ValueError("a seal that is cut off") from error
    return image.px_height / image.px_width


def png_from_svg(svg: bytes, width: int, height: int) -> bytes:
    """The SVG as large as it fits on white of this size (twips); fetches nothing (`documents.html_to_pdf`).

    Raises ValueError for what is no SVG or is too large.
    """
    html = _PAGE.format(width=width / 20, height=height / 20, svg=svg_uri(svg))
    document = pypdfium2.PdfDocument(pdf_from_html(html))
    try:
        image = document[0].render(scale=DOTS_PER_INCH / 72).to_pil()
    finally:
        document.close()
    stored = io.BytesIO()
    image.save(stored, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return stored.getvalue()
