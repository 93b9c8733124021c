"""Attachments (附件材料): which kinds are taken, how much of them, what they are called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rules.errors import RuleViolation

FIELD = "file"
"""The form field that every refusal of a file belongs to."""

LONGEST_NAME = 120
MOST_PAPER_PAGE = 40
"""Characters of a page number of the blank register."""

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class AttachmentKind:
    """One entry of the closed list; `extensions` are those its files may have, the first being the usual one."""

    name: str
    label: str
    media_type: str
    extensions: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"

JPEG = AttachmentKind("jpeg", "JPEG 图片", "image/jpeg", ("jpg", "jpeg", "jpe"))
PNG = AttachmentKind("png", "PNG 图片", "image/png", ("png",))
PDF = AttachmentKind("pdf", "PDF", "application/pdf", ("pdf",))
DOCX = AttachmentKind("docx", "Word 文档", f"{_OFFICE}.wordprocessingml.document", ("docx",))
XLSX = AttachmentKind("xlsx", "Excel 表格", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",))
DOC = AttachmentKind("doc", "旧版 Word 文档", "application/msword", ("doc",))
XLS = AttachmentKind("xls", "旧版 Excel 表格", "application/vnd.ms-excel", ("xls",))
TEXT = AttachmentKind("txt", "文本", "text/plain", ("txt",))

KINDS = (JPEG, PNG, PDF, DOCX, XLSX, DOC, XLS, TEXT)

SHOWN_AS_PICTURE = frozenset({JPEG, PNG, PDF})
SHOWN_AS_TEXT = frozenset({DOCX, XLSX, TEXT})
"""Kinds that are in neither set are kept and given out, never shown."""

ACCEPTED = "JPEG、PNG 图片，PDF，Word（.docx、.doc），Excel（.xlsx、.xls），文本（.txt）"

NOT_TAKEN = f"这种文件不能上传。可以上传：{ACCEPTED}；其他的请另存为 PDF。"

ACCEPT = ",".join(f".{extension}" for kind in KINDS for extension in kind.extensions)
"""For the `accept` of a file field."""


@dataclass(frozen=True)
class AttachmentLimits:
    """How large one file may be, and how many files and bytes one record may hold."""

    file_bytes: int
    files: int
    record_bytes: int


def kind_of_media_type(media_type: str) -> AttachmentKind:
    """Raises KeyError for a media type that is not ours."""
    for kind in KINDS:
        if kind.media_type == media_type:
            return kind
    raise KeyError(media_type)


def clean_file_name(name: str) -> str:
    """What people may see of a name that somebody sent: no folders, no controls, no signs that turn the direction of
    writing; its end, with the extension, is what is kept of a long one."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    return clean[-LONGEST_NAME:]


def extension_of(name: str) -> str:
    """In small letters; "" without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def require_extension(kind: AttachmentKind, name: str) -> None:
    """A name must not say other than the content. Raises RuleViolation on `file`."""
    if (
        kind == TEXT and extension_of(name) not in TEXT.extensions
    ):  # a page, a script, a table of another program
        raise RuleViolation(NOT_TAKEN, FIELD)
    if extension_of(name) not in kind.extensions:
        raise RuleViolation(
            f"内容其实是{kind.label}，与扩展名不符。请改成 .{kind.extensions[0]} 再上传。", FIELD
        )


def require_size(size: int, limits: AttachmentLimits) -> None:
    """Raises RuleViolation on `file`."""
    if size == 0:
        raise RuleViolation("文件是空的，请重新选择。", FIELD)
    if size > limits.file_bytes:
        most = limits.file_bytes // MEBIBYTE
        raise RuleViolation(f"文件超过 {most} MB。照片请压缩，扫描件请分成几个文件再上传。", FIELD)


def require_room(limits: AttachmentLimits, *, files: int, size: int) -> None:
    """`files` and `size` are those of the whole record with the new file. Raises RuleViolation on `file`."""
    if files > limits.files:
        raise RuleViolation(f"一条记录最多 {limits.files} 件附件，请合并成一个 PDF 再上传。", FIELD)
    if size > limits.record_bytes:
        most = limits.record_bytes // MEBIBYTE
        raise RuleViolation(f"一条记录的附件合计不能超过 {most} MB。", FIELD)


_PAPER_PAGE = re.compile(r"(?:^|[=/])([0-9A-Z]+(?:[-_.][0-9A-Z]+)*-[0-9]{4}-[0-9]{3,4})$")


def paper_page_in(codes: Iterable[str]) -> str | None:
    """The number of the first page of our blank register that a QR code speaks of: the code is an address that ends
    in the number (AL01-2026-007), or the number alone."""
    for code in codes:
        found = _PAPER_PAGE.search(code.strip())
        if found and len(found[1]) <= MOST_PAPER_PAGE:
            return found[1]
    return None
