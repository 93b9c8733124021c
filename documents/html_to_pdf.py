"""HTML to PDF without ever opening a file or an address.

WeasyPrint fetches whatever a page names: images, stylesheets, attachments, fonts, things inside an SVG. Texts from
outside reach our pages, so every fetch is refused but small pictures that stand in the page itself. Version 70 or
later: before it, some of these ways went past the fetcher (CVE-2025-68616, CVE-2026-49452, CVE-2026-55073).
"""

import gc
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from documents.fonts import use_private_fonts
from documents.page import stylesheet

use_private_fonts()

import weasyprint  # noqa: E402 - Pango reads FONTCONFIG_FILE when it is loaded
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

LONGEST_PICTURE = 512 * 1024
"""Characters of a data URI."""

_PICTURE = re.compile(r"data:image/(?:svg\+xml|png|jpeg)[;,]", re.ASCII)

logging.getLogger("weasyprint").addHandler(logging.NullHandler())


class PicturesOfThePage(URLFetcher):
    """Refuses every address but small `data:image/…` URIs."""

    def __init__(self) -> None:
        super().__init__(timeout=1, allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Raises ValueError, which leaves the picture out and the page whole."""
        if len(url) > LONGEST_PICTURE or not _PICTURE.match(url):
            raise ValueError("printed pages fetch nothing")
        return super().fetch(url, headers)


def pdf_from_html(html: str, *stylesheets: str) -> bytes:
    """PDF of a page under common.css and the named stylesheets of templates/documents/, in this order."""
    document = _source(html)
    styles = [_parsed(name) for name in ("common.css", *stylesheets)]
    with no_collection():
        return document.write_pdf(stylesheets=styles, font_config=_fonts(), presentational_hints=False)


def laid_out(html: str, stylesheets: Sequence[weasyprint.CSS], **options: object) -> weasyprint.Document:
    """The pages of an HTML text, not yet written. Call it, and write them, within `no_collection`."""
    return _source(html).render(
        stylesheets=stylesheets, font_config=_fonts(), presentational_hints=False, **options
    )


def parsed_css(text: str) -> weasyprint.CSS:
    """Keep the result: parsing takes longer than a page."""
    return weasyprint.CSS(string=text, url_fetcher=_fetcher(), font_config=_fonts())


def _source(html: str) -> weasyprint.HTML:
    return weasyprint.HTML(string=html, base_url=None, url_fetcher=_fetcher())


@contextmanager
def no_collection() -> Iterator[None]:
    """Nothing of a page is garbage before it is written; searching for it takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cache
def _fetcher() -> PicturesOfThePage:
    return PicturesOfThePage()


@cache
def _fonts() -> FontConfiguration:
    """One a process: memory stays flat over many documents."""
    return FontConfiguration()


@cache
def _parsed(name: str) -> weasyprint.CSS:
    return parsed_css(stylesheet(name))
