"""QR codes on scanned pages: `documents.blank_register` prints one, so that a scan finds its page again."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LONGEST_SIDE = 3_000
"""Points that are looked at: an A4 page at 250 dpi."""

MOST_CODES, LONGEST_TEXT = 8, 500


def codes_in(image: bytes) -> list[str]:
    """The texts of the QR codes on a PNG or JPEG, in any direction. For `documents.quarantine.in_quarantine`."""
    from PIL import Image

    with Image.open(io.BytesIO(image), formats=["PNG", "JPEG"]) as opened:
        opened.load()
        return codes_on(opened)


def codes_on(picture: "Picture") -> list[str]:
    """The same on a decoded picture. What is no text, or longer than an address, is left out."""
    import zxingcpp

    grey = picture.convert("L")
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    texts = [barcode.text for barcode in found[:MOST_CODES]]
    return [text for text in texts if text.isprintable() and 0 < len(text) <= LONGEST_TEXT]
