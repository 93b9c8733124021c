"""Papers of a case file as sheets of A4: pages of a PDF, or a picture that fills a sheet.

What was sent is hostile until proven otherwise: call it where memory and time are bounded (`documents.render_process`).
"""

import io

import pikepdf
from PIL import Image, ImageOps

SHORT, LONG = 595.276, 841.89
"""A4, points."""

_MARGIN = 42.52
"""15 mm around a picture."""

MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2600
"""Pixels a picture keeps: 250 dpi over the sheet."""

_QUALITY = 85
_PDF = b"%PDF-"


REFUSALS = (
    pikepdf.PdfError, pikepdf.PasswordError, Image.DecompressionBombError, OSError, ValueError, SyntaxError
)  # fmt: skip
"""What a paper that cannot be read raises."""


def opened_part(content: bytes) -> pikepdf.Pdf:
    """To be closed by the caller. Raises one of `REFUSALS` for what is neither a PDF nor a picture."""
    if _PDF not in content[:1024]:
        return _picture_pdf(content)
    source = pikepdf.open(io.BytesIO(content))
    if not source.pages:
        raise ValueError("no page")
    return source


def add_sheets(joined: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Each page drawn into a sheet of A4 that lies as it does, as large as fits."""
    for page in source.pages:
        picture = joined.copy_foreign(page.as_form_xobject())
        width, height = (LONG, SHORT) if _is_wide(page) else (SHORT, LONG)
        joined.add_blank_page(page_size=(width, height))
        paint(joined.pages[-1], picture, pikepdf.Name.Paper)


def paint(sheet: pikepdf.Page, picture: pikepdf.Object, name: pikepdf.Name) -> None:
    """Over what is there, as large as the sheet allows. pikepdf's own overlay would give it a name by chance."""
    sheet.add_resource(picture, pikepdf.Name.XObject, name)
    whole = pikepdf.Rectangle(sheet.mediabox)
    place = sheet.calc_form_xobject_placement(picture, name, whole, allow_shrink=True, allow_expand=True)
    sheet.contents_add(b"q\n" + place + b"\nQ")


def shape(sheet: pikepdf.Page) -> str:
    """portrait or landscape"""
    return "landscape" if _is_wide(sheet) else "portrait"


def _is_wide(page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    is_turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    return (right - left > top - bottom) != is_turned


def _picture_pdf(content: bytes) -> pikepdf.Pdf:
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as sent:
        if sent.width * sent.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        picture = _on_white(ImageOps.exif_transpose(sent))
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return _sheet_with(picture)


def _on_white(picture: Image.Image) -> Image.Image:
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(paper, seen).convert("RGB")


def _sheet_with(picture: Image.Image) -> pikepdf.Pdf:
    """One page with the picture in its middle, never larger than 150 dpi would make it."""
    made = pikepdf.new()
    width, height = (LONG, SHORT) if picture.width > picture.height else (SHORT, LONG)
    made.add_blank_page(page_size=(width, height))
    page = made.pages[0]
    page.add_resource(_drawn(made, picture), pikepdf.Name.XObject, pikepdf.Name.Photo)
    scale = min((width - 2 * _MARGIN) / picture.width, (height - 2 * _MARGIN) / picture.height, 72 / 150)
    wide, high = picture.width * scale, picture.height * scale
    place = f"{wide:.2f} 0 0 {high:.2f} {(width - wide) / 2:.2f} {(height - high) / 2:.2f}"
    page.contents_add(f"q {place} cm /Photo Do Q".encode("ascii"))
    return made


def _drawn(made: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY)
    stream = made.make_stream(file.getvalue())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = picture.width, picture.height, 8
    stream.ColorSpace, stream.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    return stream
