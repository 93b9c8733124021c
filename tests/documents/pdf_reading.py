"""What a PDF says, page by page."""

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, without white space: a line's end is not the author's."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def bookmarks_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [mark.get_title() for mark in document.get_toc()]
    finally:
        document.close()


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Family → whether every face of it is embedded."""
    document = pypdfium2.PdfDocument(pdf)
    found: dict[str, bool] = {}
    try:
        for page in document:
            for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                font = thing.get_font()
                family = font.get_family_name()
                found[family] = found.get(family, True) and bool(font.is_embedded)
    finally:
        document.close()
    return found


def sizes_of(pdf: bytes) -> set[tuple[int, int]]:
    """Width and height of the pages in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return {
            (round(width / 72 * 25.4), round(height / 72 * 25.4))
            for width, height in (page.get_size() for page in document)
        }
    finally:
        document.close()
