"""Seals and charts as data URIs: nothing is fetched while a page is made."""

from base64 import b64encode

from documents.html_to_pdf import LONGEST_PICTURE

_PNG = b"\x89PNG\r\n\x1a\n"


def png_uri(picture: bytes) -> str:
    """Raises ValueError for what is no PNG or is too large: a document must not lose its seal in silence."""
    if not picture.startswith(_PNG):
        raise ValueError("a seal is a PNG")
    return _uri("image/png", picture)


def svg_uri(picture: bytes) -> str:
    """Raises ValueError for what is no SVG or is too large."""
    if b"<svg" not in picture:
        raise ValueError("a chart is an SVG")
    return _uri("image/svg+xml", picture)


def _uri(kind: str, picture: bytes) -> str:
    uri = f"data:{kind};base64,{b64encode(picture).decode('ascii')}"
    if len(uri) > LONGEST_PICTURE:
        raise ValueError(f"a picture of {len(picture)} bytes is too large")
    return uri
