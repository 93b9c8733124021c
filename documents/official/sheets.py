"""Pages put together from what was laid out apart: 版记 over the last text page, wide tables turned into their place.

WeasyPrint asks of a page its size, its bookmarks and links, and that it paints itself; a Sheet does that.
"""

from collections.abc import Iterable

from weasyprint.document import Page

from documents.official.grid import LINES, PIXELS, PageGrid


class Sheet:
    """A page with others painted over it, upright or turned by a quarter to the left."""

    def __init__(self, page: Page, over: Page | None = None, turned: Page | None = None) -> None:
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.bookmarks, self.links, self.anchors, self.forms = (
            page.bookmarks,
            page.links,
            page.anchors,
            page.forms,
        )
        self._page, self._over, self._turned = page, over, turned

    def paint(self, stream: object, scale: float = 1) -> None:
        """WeasyPrint's own call; lengths are CSS pixels times `scale`, counted downwards."""
        self._page.paint(stream, scale)
        if self._over is not None:
            self._over.paint(stream, scale)
        if self._turned is not None:
            with stream.stacked():  # type: ignore[attr-defined]
                stream.transform(a=0, b=-1, c=1, d=0, e=0, f=self.height * scale)  # type: ignore[attr-defined]
                self._turned.paint(stream, scale)


def page_with(pages: Iterable[Page], anchor: str) -> int | None:
    """Index of the page on which an anchor stands."""
    return next((index for index, page in enumerate(pages) if anchor in page.anchors), None)


def with_turned(pages: list[Page], turned: dict[str, Page]) -> list[Page]:
    """Every wide table painted on the page that was left for it."""
    sheets = list(pages)
    for anchor, page in turned.items():
        index = page_with(pages, anchor)
        if index is not None:
            sheets[index] = Sheet(pages[index], turned=page)
    return sheets


def with_imprint(pages: list[Page], imprint: Page, blank: Page, room: float) -> list[Page]:
    """版记 on the last page if that is an even one and has room, else on the next even page (7.4, 7.5).

    `room`: CSS pixels to be left between the text and 版记. Neither `imprint` nor `blank` has a page number.
    """
    last = pages[-1]
    fits = last.anchors["end"][1] + room <= imprint.anchors["imprint"][1]
    if len(pages) % 2:
        return [*pages, Sheet(blank, over=imprint)]
    if fits:
        return [*pages[:-1], Sheet(last, over=imprint)]
    return [*pages, blank, Sheet(blank, over=imprint)]


def stands_alone(pages: list[Page]) -> bool:
    """The signature is on a page without any text."""
    signature = page_with(pages, "signature")
    return signature is not None and signature != page_with(pages, "text-end")


def lines_that_may_help(pages: list[Page], grid: PageGrid, between: int, choices: Iterable[int]) -> list[int]:
    """Of the numbers of lines a page, those with which text and signature should end on one page.

    `between`: lines from the end of the text to the signature. An estimate: tables do not follow the grid.
    """
    line = grid.pitch_mm * PIXELS
    end, last = page_with(pages, "text-end") or 0, page_with(pages, "signed") or 0
    used = end * LINES + (pages[end].anchors["text-end"][1] - grid.top * PIXELS) / line
    signature = pages[last].anchors["signed"][1] - pages[last].anchors["signature"][1]
    needed = between + signature / line
    return [lines for lines in choices if 1 <= used % lines <= lines - needed]
