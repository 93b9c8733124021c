"""The slices of a long print as one file: each face embedded once, the number of all pages on every page.

Works from file to file, so that memory does not grow with the print. Runs in a process of its own.
"""

import hashlib
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from documents.html_to_pdf import laid_out, no_collection, parsed_css
from documents.page import stylesheet
from documents.register_slice import total_html
from documents.shared_faces import share_faces

_PIECE = 1 << 20


@dataclass(frozen=True)
class JoinedPrint:
    """What was written: pages, bytes and the SHA-256."""

    pages: int
    size: int
    digest: str


def join_slices(slices: Sequence[str], target: str, total_sheets: tuple[str, ...] = ()) -> JoinedPrint:
    """Write `target` (a new file, flushed to the disk) from the PDF files of the slices, in this order.

    With `total_sheets`, stylesheets of templates/documents/, every page also says “共 y 页” where they put it.
    Raises ValueError for no slice, OSError where it cannot be written.
    """
    if not slices:
        raise ValueError("no slice")
    with ExitStack() as opened:
        sources = [opened.enter_context(pikepdf.open(path)) for path in slices]
        joined = opened.enter_context(pikepdf.new())
        for source in sources:
            _append(joined, source)
        _take_title(joined, sources[0])
        share_faces(joined, opened)
        if total_sheets:
            _say_total(joined, total_sheets, opened)
        _write(joined, target)
        pages = len(joined.pages)
    return JoinedPrint(pages, os.path.getsize(target), _digest(target))


def _append(joined: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Its pages, and its bookmarks to them."""
    first = len(joined.pages)
    places = {_number(page): first + number for number, page in enumerate(source.pages)}
    joined.pages.extend(source.pages)
    with source.open_outline() as theirs, joined.open_outline() as ours:
        for item in theirs.root:
            if isinstance(item.destination, pikepdf.Array):
                ours.root.append(pikepdf.OutlineItem(item.title, places[_number(item.destination[0])]))


def _number(page: Any) -> tuple[int, int]:
    return int(page.objgen[0]), int(page.objgen[1])


def _take_title(joined: pikepdf.Pdf, first: pikepdf.Pdf) -> None:
    for name, value in first.docinfo.items():
        joined.docinfo[name] = str(value)
    if "/Lang" in first.Root:
        joined.Root.Lang = pikepdf.String(str(first.Root.Lang))


def _say_total(joined: pikepdf.Pdf, sheets: tuple[str, ...], opened: ExitStack) -> None:
    """One picture with “共 y 页”, shown by every page."""
    with no_collection():
        page = laid_out(total_html(len(joined.pages)), [parsed_css(stylesheet(name)) for name in sheets])
        source = opened.enter_context(pikepdf.open(BytesIO(page.write_pdf())))
    total = joined.copy_foreign(source.pages[0].as_form_xobject())
    for page in joined.pages:
        page.add_overlay(total, pikepdf.Rectangle(page.mediabox))


def _write(joined: pikepdf.Pdf, target: str) -> None:
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        joined.save(
            file,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
        file.flush()
        os.fsync(file.fileno())


def _digest(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
