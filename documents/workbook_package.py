"""Is this file an .xlsx that may be opened at all? Decided on the zip and the bytes of its parts, before any parser.

Refused: other formats under that name, passwords, bombs, document type declarations (entities), macros, embedded
objects, links to other files. Each refusal says in Chinese what to do instead.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from defusedxml.ElementTree import fromstring

MEBIBYTE = 1024 * 1024

LARGEST_FILE = 20 * MEBIBYTE
LARGEST_UNPACKED = 256 * MEBIBYTE
"""100,000 rows of 25 filled columns unpack to about 140 MB."""

MOST_PARTS = 200
HIGHEST_RATIO = 100
"""Of a part above 4 MB. Full sheets measured 8 to 17, even where every row is the same; a bomb of blanks about 1,000."""

_RATIO_MATTERS_ABOVE = 4 * MEBIBYTE
_CHUNK = MEBIBYTE

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:$]{1,30})"')
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\bt\s*=\s*["']e["']""")
_END_OF_CELLS = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_OVERLAP = 4096
"""Longer than a cell's opening tag, so that a formula is found together with the cell that it stands in."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class WorkbookRefused(ValueError):
    """Why a file is not read, in plain Chinese and naming the cell where there is one."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def check_file(path: Path) -> None:
    """Size and first bytes. Raises WorkbookRefused."""
    size = path.stat().st_size
    if size == 0:
        raise WorkbookRefused("文件是空的，请重新选择文件。")
    if size > LARGEST_FILE:
        most = LARGEST_FILE // MEBIBYTE
        raise WorkbookRefused(f"文件大小超过 {most} MB，请分成几个文件导入。")
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLE:
        raise WorkbookRefused("这是旧版 .xls 文件或设有打开密码的文件，请去掉密码并另存为 .xlsx 后再导入。")
    if start != _ZIP:
        raise WorkbookRefused(
            "这不是 .xlsx 文件（可能是 CSV、网页或其他格式改了扩展名），请在 WPS 或 Excel 中另存为 .xlsx 后再导入。"
        )


def check_package(path: Path) -> dict[str, str]:
    """What stands against reading a sheet, by the sheet's part: a formula, an error value, merged cells.

    It matters only for the sheet that is read. Raises WorkbookRefused for what no sheet may have.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            _check_sizes(parts)
            _check_names(parts)
            objections = {part.filename: _check_part(package, part) for part in parts}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise WorkbookRefused("文件已损坏，请在 WPS 或 Excel 中打开后另存为新的 .xlsx 文件。") from error
    return {name: objection for name, objection in objections.items() if objection}


def sheet_part(path: Path, sheet_name: str) -> str:
    """The name of the part that holds a sheet; "" when the workbook does not say. Call check_package before."""
    with zipfile.ZipFile(path) as package:
        book = fromstring(package.read("xl/workbook.xml"))
        links = fromstring(package.read("xl/_rels/workbook.xml.rels"))
    identifiers = [
        sheet.get(_RELATIONSHIP) for sheet in book.iterfind(".//{*}sheet") if sheet.get("name") == sheet_name
    ]
    for link in links:
        if link.get("Id") in identifiers:
            target = link.get("Target") or ""
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return ""


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise WorkbookRefused("文件展开后过大，请只保留要导入的一张表，或分成几个文件。")
    for part in parts:
        too_dense = part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
        if part.file_size > _RATIO_MATTERS_ABOVE and too_dense:
            raise WorkbookRefused("文件的压缩方式异常，不予读取。请把数据复制到新建的表格中再导入。")


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename.lower() for part in parts}
    if len(names) < len(parts):
        raise WorkbookRefused("文件结构异常（有重名的部分），请另存为新的 .xlsx 文件。")
    if any(part.flag_bits & 1 for part in parts):
        raise WorkbookRefused("文件设有密码，请去掉密码后再导入。")
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise WorkbookRefused("这不是 .xlsx 工作簿，请在 WPS 或 Excel 中另存为 .xlsx 后再导入。")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise WorkbookRefused("文件含有宏，请另存为不含宏的 .xlsx 后再导入。")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise WorkbookRefused("文件含有指向其他文件的链接，请把数据粘贴为数值后再导入。")
    if any(name.startswith(("xl/embeddings/", "xl/activex/")) for name in names):
        raise WorkbookRefused("文件含有嵌入的对象或控件，请删除后再导入。")


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> str | None:
    """Looks through the whole part; None, or what stands against reading the sheet that it holds."""
    name = part.filename.lower()
    if not name.endswith((".xml", ".rels", ".vml")):
        return None
    is_sheet = name.startswith("xl/worksheets/")
    objection = None
    in_cells = True
    for number, window in enumerate(_windows(package, part)):
        _check_text(window, is_first=number == 0)
        if is_sheet and objection is None:
            end = _END_OF_CELLS.search(window) if in_cells else None
            if in_cells:
                objection = _cell_objection(window[: end.start()] if end else window)
            in_cells = in_cells and end is None
            objection = objection or _merge_objection(window)
    return objection


def _check_text(window: bytes, *, is_first: bool) -> None:
    if is_first and (window.startswith(_UTF16) or b"\x00" in window[:4]):
        raise WorkbookRefused("文件的编码不是 UTF-8，请在 WPS 或 Excel 中另存为新的 .xlsx 文件。")
    if any(mark in window for mark in _DECLARATIONS):
        raise WorkbookRefused("文件含有不允许的声明（DTD 或实体），不予读取。")


def _cell_objection(window: bytes) -> str | None:
    """The searches are in this order because a plain search for bytes is ten times as fast as the expression."""
    if (b"<f" in window or b":f" in window) and (found := _FORMULA.search(window)):
        return f"{_cell_before(window, found.start())}是公式，请改为数值（复制后选择性粘贴为数值）。"
    if (b'"e"' in window or b"'e'" in window) and (found := _ERROR.search(window)):
        return f"{_cell_before(window, found.end() + 1)}是错误值（如 #REF!、#N/A），请改正。"
    return None


def _merge_objection(window: bytes) -> str | None:
    found = _MERGED.search(window) if b"mergeCell" in window else None
    return f"{found[1].decode()} 是合并单元格，请取消合并并补全每一格后再导入。" if found else None


def _cell_before(window: bytes, place: int) -> str:
    """第3行B列: of the last cell that opens before the place."""
    nearby = window[max(0, place - _OVERLAP) : place + 200]
    cells = [cell for cell in _CELL.finditer(nearby) if cell.start() < place - max(0, place - _OVERLAP)]
    if not cells:
        return "表中有一格"
    return f"第{cells[-1][2].decode()}行{cells[-1][1].decode()}列"


def _windows(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Pieces that overlap, so that nothing is missed where one ends."""
    tail = b""
    with package.open(part) as file:
        while piece := file.read(_CHUNK):
            yield tail + piece
            tail = piece[-_OVERLAP:]
