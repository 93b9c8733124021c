"""Many official documents in one PDF, in memory that does not grow with their number.

Laid-out pages are large. Here each document is laid out only when its turn comes to be written, and let go after it;
fonts and pictures are embedded once for all.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from weasyprint.document import Page

from documents.html_to_pdf import no_collection
from documents.official.content import OfficialDocument
from documents.official.grid import PAGE_HEIGHT, PAGE_WIDTH, PIXELS
from documents.official.pdf import VARIANT, laid_out_document

_COLLECT_EVERY = 25


def official_pdfs(documents: Sequence[OfficialDocument]) -> bytes:
    """The documents one after the other, each with page numbers of its own; a bookmark leads to each.

    Raises ValueError for no document, and what `official_pdf` raises. Title and author are those of the first.
    """
    if not documents:
        raise ValueError("no document")
    batch = _Batch(documents)
    with no_collection(), _sweeping():
        first = laid_out_document(documents[0])
        written = first.copy(list(batch.pages())).write_pdf(pdf_variant=VARIANT)
        if batch.was_miscounted:
            written = first.copy(list(batch.pages())).write_pdf(pdf_variant=VARIANT)
    return written


class _Batch:
    """How many pages each document has is known only after it was laid out: one is expected, and corrected once."""

    def __init__(self, documents: Sequence[OfficialDocument]) -> None:
        self._documents = documents
        self._counts = [1] * len(documents)
        self._open: tuple[int, list[Page]] | None = None
        self.was_miscounted = False

    def pages(self) -> Iterator["_AwaitedPage"]:
        for index, document in enumerate(self._documents):
            for number in range(self._counts[index]):
                yield _AwaitedPage(self, index, number, document.title)

    def page(self, index: int, number: int) -> Page:
        """Laid out when the first of its document is asked for, and let go when the next document is."""
        if self._open is None or self._open[0] != index:
            self._open = None
            if index % _COLLECT_EVERY == 0:
                gc.collect()
            pages = laid_out_document(self._documents[index]).pages
            self._open = (index, pages)
            self.was_miscounted |= len(pages) != self._counts[index]
            self._counts[index] = len(pages)
        return self._open[1][number]


class _AwaitedPage:
    """Stands for a page that is laid out when it is painted; has what WeasyPrint asks of a page before that."""

    width, height = PAGE_WIDTH * PIXELS, PAGE_HEIGHT * PIXELS

    def __init__(self, batch: _Batch, index: int, number: int, title: str) -> None:
        self._batch, self._index, self._number = batch, index, number
        self.bleed = dict.fromkeys(("top", "right", "bottom", "left"), 0)
        self.bookmarks = [(1, title, (0, 0), "open")] if number == 0 else []
        self.links: list[object] = []
        self.anchors: dict[str, object] = {}
        self.forms: dict[object, list[object]] = {None: []}

    def paint(self, stream: object, scale: float = 1) -> None:
        self._batch.page(self._index, self._number).paint(stream, scale)


@contextmanager
def _sweeping() -> Iterator[None]:
    """What was there before is not searched again and again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
