"""Word and Excel files (.docx, .xlsx): decided on the zip and the bytes of its parts, before any parser."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from documents.quarantine import FileRefused
from rules.attachment_rules import DOCX, XLSX, AttachmentKind

MEBIBYTE = 1024 * 1024
LARGEST_UNPACKED = 256 * MEBIBYTE
MOST_PARTS = 3_000
HIGHEST_RATIO = 100
"""Of a part above 4 MB; `documents.workbook_package` measured honest ones."""

_RATIO_MATTERS_ABOVE = 4 * MEBIBYTE
_CHUNK, _OVERLAP = MEBIBYTE, 4096

_BODIES = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_FORBIDDEN_PARTS = re.compile(
    r"vbaproject|vbadata|activex/|/macrosheets/|oleobject|\.(bin|exe|dll|js|vbs|docm|xlsm|xlsb)$"
)
_HARMLESS_PARTS = re.compile(r"/printersettings/")
"""What a printer wants to know, in .bin files."""

_MACRO_TYPES = (b"macroEnabled", b"ms-office.vbaProject")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External""")
_HARMLESS_LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/(hyperlink|externalLinkPath)["']""")
"""A link that one must click; everything else from outside (templates, pictures, objects) would be fetched at opening."""

_DAMAGED = "文件不完整或已损坏，请在 WPS 或 Office 中打开后另存一份再上传。"


def office_kind(content: bytes) -> AttachmentKind:
    """DOCX or XLSX. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            kind = _kind(parts)
            _check_sizes(parts)
            _check_names(parts)
            for part in parts:
                _check_part(package, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FileRefused(_DAMAGED) from error
    return kind


def _kind(parts: list[zipfile.ZipInfo]) -> AttachmentKind:
    names = {part.filename for part in parts}
    found = [kind for body, kind in _BODIES.items() if body in names]
    if "[Content_Types].xml" in names and len(found) == 1:
        return found[0]
    raise FileRefused("这是压缩包或不认识的文件，不能上传。压缩包请解压后分别上传；OFD、PPT 等请另存为 PDF。")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise FileRefused("文件展开后过大，不予读取。请另存为 PDF 或分成几个文件。")
    for part in parts:
        too_dense = part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
        if part.file_size > _RATIO_MATTERS_ABOVE and too_dense:
            raise FileRefused("文件的压缩方式异常，不予读取。请另存为新文件再上传。")


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names) or any(".." in name or name.startswith("/") for name in names):
        raise FileRefused("文件结构异常，请在 WPS 或 Office 中另存为新文件再上传。")
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("文件设有密码，请去掉密码再上传。")
    for name in names:
        if _FORBIDDEN_PARTS.search(name) and not _HARMLESS_PARTS.search(name):
            raise FileRefused("文件含有宏、控件或夹带的文件，请去掉或另存为 PDF 再上传。")


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """All of each part is unpacked once, so that its size and checksum are what the directory says."""
    name = part.filename.lower()
    is_text = name.endswith((".xml", ".rels", ".vml"))
    for number, window in enumerate(_windows(package, part)):
        if is_text:
            _check_text(name, window, is_first=number == 0)


def _check_text(name: str, window: bytes, *, is_first: bool) -> None:
    if is_first and (window.startswith(_UTF16) or b"\0" in window[:4]):
        raise FileRefused("文件的编码异常，请在 WPS 或 Office 中另存为新文件再上传。")
    if any(mark in window for mark in _DECLARATIONS):
        raise FileRefused("文件含有不允许的声明（DTD 或实体），不予读取。")
    if name == "[content_types].xml" and any(mark in window for mark in _MACRO_TYPES):
        raise FileRefused("文件含有宏，请另存为不含宏的 .docx、.xlsx 或 PDF 再上传。")
    if name.endswith(".rels"):
        _check_links(window)


def _check_links(window: bytes) -> None:
    for link in _RELATIONSHIP.findall(window):
        if _OUTSIDE.search(link) and not _HARMLESS_LINK.search(link):
            raise FileRefused("文件会从外面取模板或图片，不能上传。请另存为 PDF 再上传。")


def _windows(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Pieces that overlap, so that nothing is missed where one ends."""
    tail = b""
    with package.open(part) as file:
        while piece := file.read(_CHUNK):
            yield tail + piece
            tail = piece[-_OVERLAP:]
