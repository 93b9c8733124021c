"""The case file (案卷) as one PDF: a contents page, then the papers in their order, numbered through.

Every sheet becomes A4. Of a paper that somebody sent only what is seen is taken over: no scripts, forms, links or
attachments. The number stands in the upper right corner, as in archives, for the papers bear numbers of their own.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf

from documents.case_sheets import REFUSALS, add_sheets, opened_part, paint, shape
from documents.html_to_pdf import laid_out, no_collection, parsed_css
from documents.page import page, stylesheet
from documents.shared_faces import share_faces

MOST_SHEETS = 1000
CONTENTS = "目录"


class CaseFileRefused(ValueError):
    """The message names the paper, and is for the reader of the page."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class CasePart:
    """`content` is a PDF, a PNG or a JPEG; `note` stands beside the title: a number, a date."""

    title: str
    content: bytes
    note: str = ""


@dataclass(frozen=True)
class CaseFile:
    """`title` is that of the matter, without a name; `parts` in the order of the file."""

    title: str
    number: str
    unit: str
    made_on: date
    parts: tuple[CasePart, ...]


@dataclass(frozen=True)
class ContentsLine:
    """From sheet `first` to sheet `last`, counted from the contents page on."""

    title: str
    note: str
    first: int
    last: int


def case_file_pdf(case: CaseFile) -> bytes:
    """The same bytes for the same papers. Raises CaseFileRefused for none, too many, or one that cannot be read."""
    with ExitStack() as opened, no_collection():
        papers = [_opened(part, opened) for part in case.parts]
        counts = [len(paper.pages) for paper in papers]
        _require_size(counts)
        contents = _contents(case, counts, opened)
        joined = opened.enter_context(pikepdf.new())
        for source in (contents, *papers):
            add_sheets(joined, source)
        _mark(joined, _lines(case.parts, counts, len(contents.pages)))
        _number(joined, opened)
        _describe(joined, case)
        share_faces(joined, opened)
        return _written(joined)


def _opened(part: CasePart, opened: ExitStack) -> pikepdf.Pdf:
    try:
        return opened.enter_context(opened_part(part.content))
    except REFUSALS as error:
        raise CaseFileRefused(
            f"“{part.title}”打不开，不能编入案卷。请确认它是没有加密的 PDF，或者 PNG、JPEG 图片。"
        ) from error


def _require_size(counts: Sequence[int]) -> None:
    if not counts:
        raise CaseFileRefused("案卷里还没有材料。")
    if sum(counts) > MOST_SHEETS:
        raise CaseFileRefused(f"案卷最多 {MOST_SHEETS} 页，现有 {sum(counts)} 页，请分卷。")


def _contents(case: CaseFile, counts: Sequence[int], opened: ExitStack) -> pikepdf.Pdf:
    """How many pages the contents take is known only when they are laid out; then the numbers are put right."""
    pages = 1
    while True:
        html = page("case_contents.html", case=case, lines=_lines(case.parts, counts, pages))
        document = laid_out(html, [parsed_css(stylesheet(name)) for name in ("common.css", "case_file.css")])
        if len(document.pages) <= pages:
            return opened.enter_context(pikepdf.open(BytesIO(document.write_pdf())))
        pages = len(document.pages)


def _lines(parts: Sequence[CasePart], counts: Sequence[int], before: int) -> list[ContentsLine]:
    lines = []
    for part, count in zip(parts, counts, strict=True):
        lines.append(ContentsLine(part.title, part.note, before + 1, before + count))
        before += count
    return lines


def _mark(joined: pikepdf.Pdf, lines: Sequence[ContentsLine]) -> None:
    """A bookmark to the contents and to each paper."""
    with joined.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(CONTENTS, 0))
        outline.root.extend(pikepdf.OutlineItem(line.title, line.first - 1) for line in lines)


def _number(joined: pikepdf.Pdf, opened: ExitStack) -> None:
    shapes = [shape(sheet) for sheet in joined.pages]
    document = laid_out(
        page("case_numbers.html", shapes=shapes), [parsed_css(stylesheet("case_numbers.css"))]
    )
    numbers = opened.enter_context(pikepdf.open(BytesIO(document.write_pdf())))
    for sheet, number in zip(joined.pages, numbers.pages, strict=True):
        paint(sheet, joined.copy_foreign(number.as_form_xobject()), pikepdf.Name.SheetNumber)


def _describe(joined: pikepdf.Pdf, case: CaseFile) -> None:
    joined.docinfo["/Title"] = case.title
    joined.docinfo["/Author"] = case.unit
    joined.Root.Lang = pikepdf.String("zh-CN")
    joined.Root.PageMode = pikepdf.Name.UseOutlines


def _written(joined: pikepdf.Pdf) -> bytes:
    file = BytesIO()
    joined.save(
        file,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return file.getvalue()
