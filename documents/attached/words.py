"""The words of Word, Excel and text files as our own plain structure: nothing of their mark-up reaches a page."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from documents.attached.plain_text import read_text
from documents.quarantine import FileRefused

MOST_LINES = 500
"""Paragraphs and rows together."""

MOST_CHARACTERS = 60_000
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 8, 200, 20
LONGEST_CELL = 500
LARGEST_BODY = 24 * 1024 * 1024

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True)
class Lines:
    """Paragraphs, one text each."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`title` is a sheet's name, or empty; rows may differ in length."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Words:
    """What is shown of a file; `cut` when there is more."""

    parts: tuple[Lines | Table, ...]
    cut: bool


@dataclass
class _Measured:
    """Takes parts until it is full."""

    parts: list[Lines | Table] = field(default_factory=list)
    lines: int = 0
    characters: int = 0
    cut: bool = False

    def takes(self, *texts: str) -> bool:
        self.lines, self.characters = self.lines + 1, self.characters + sum(map(len, texts))
        full = self.lines > MOST_LINES or self.characters > MOST_CHARACTERS
        self.cut = self.cut or full
        return not full

    def words(self) -> Words:
        return Words(tuple(self.parts), self.cut)


def words_of_text(content: bytes) -> Words:
    measured = _Measured()
    measured.parts.append(_lines(iter(read_text(content).splitlines()), measured))
    return measured.words()


def words_of_docx(content: bytes) -> Words:
    """Paragraphs and tables in their order; what was struck out by a reviser is not shown, nor pictures."""
    measured, waiting = _Measured(), list[str]()
    for block in _blocks(_body(content)):
        if measured.cut:
            break
        if block.tag == f"{_W}p":
            waiting.append(_text(block))
        else:
            _put_lines(waiting, measured)
            measured.parts.append(Table("", _rows(_docx_rows(block), measured)))
    _put_lines(waiting, measured)
    return measured.words()


def words_of_xlsx(content: bytes) -> Words:
    """Visible sheets, values as they are stored."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if (sheet.typ, sheet.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    ]
    measured = _Measured(cut=len(shown) > MOST_SHEETS)
    for name in shown[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        wide, long = sheet.width > MOST_COLUMNS, sheet.height > MOST_ROWS
        rows = ([_cell(value) for value in row] for row in sheet.to_python(nrows=MOST_ROWS))
        measured.parts.append(Table(name, _rows(rows, measured)))
        measured.cut = measured.cut or wide or long
    return measured.words()


def _body(content: bytes) -> Element:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if package.getinfo("word/document.xml").file_size > LARGEST_BODY:
            raise FileRefused("文档太长，不能预览，请下载后查看。")
        body = fromstring(package.read("word/document.xml")).find(f"{_W}body")
    if body is None:
        raise FileRefused("文档里没有正文。")
    return body


def _blocks(element: Element) -> Iterator[Element]:
    """Paragraphs and tables, out of the frames that may stand around them."""
    for child in element:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _blocks(child)


def _text(element: Element) -> str:
    return "".join(_pieces(element)).strip()


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "　"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield " "
        elif child.tag not in (f"{_W}del", _FALLBACK):
            yield from _pieces(child)


def _docx_rows(table: Element) -> Iterator[list[str]]:
    for row in table.iterfind(f"{_W}tr"):
        yield [" ".join(filter(None, map(_text, cell.iter(f"{_W}p")))) for cell in row.iterfind(f"{_W}tc")]


def _put_lines(waiting: list[str], measured: _Measured) -> None:
    if waiting:
        measured.parts.append(_lines(iter(waiting), measured))
        waiting.clear()


def _lines(texts: Iterator[str], measured: _Measured) -> Lines:
    taken = []
    for text in texts:
        if not measured.takes(text):
            break
        taken.append(text)
    return Lines(tuple(taken))


def _rows(rows: Iterator[list[str]], measured: _Measured) -> tuple[tuple[str, ...], ...]:
    taken = []
    for row in rows:
        cells = tuple(cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS])
        if not any(cells):
            continue
        if not measured.takes(*cells):
            break
        taken.append(cells)
    return tuple(taken)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
