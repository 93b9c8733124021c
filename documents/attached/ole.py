"""Old Word and Excel files (.doc, .xls), and what else hides in the same container. Kept, never shown.

The container's directory is a row of entries of 128 bytes, each beginning with its name in UTF-16; a sector begins at
a multiple of 512 bytes. So each name is looked for at each place where an entry could stand: nothing is followed, and
nothing can be hidden.
"""

from documents.quarantine import FileRefused
from rules.attachment_rules import DOC, XLS, AttachmentKind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENTRY, _NAME = 128, 64

_MACROS = ("Macros", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA")
_LOCKED = ("EncryptedPackage", "EncryptionInfo")
_PACKED = ("\x01Ole10Native", "\x01CompObjPackage")


def ole_kind(content: bytes) -> AttachmentKind:
    """DOC or XLS. Raises FileRefused."""
    if _holds(content, _LOCKED):
        raise FileRefused("文件设有打开密码，请去掉密码再上传。")
    if _holds(content, _MACROS):
        raise FileRefused("文件含有宏，请另存为不含宏的 .docx、.xlsx 或 PDF 再上传。")
    if _holds(content, _PACKED):
        raise FileRefused("文件里夹带了别的文件，请去掉或另存为 PDF 再上传。")
    if _holds(content, ("WordDocument",)):
        return DOC
    if _holds(content, ("Workbook", "Book")):
        return XLS
    raise FileRefused("不是 Word 或 Excel 文件，不能上传。WPS 文字、演示等请另存为 PDF。")


def _holds(content: bytes, names: tuple[str, ...]) -> bool:
    return any(_has_entry(content, name.encode("utf-16-le")) for name in names)


def _has_entry(content: bytes, name: bytes) -> bool:
    """Names end with a zero character; small and capital letters are the same to the programs that read them."""
    wanted = name.lower() + b"\0\0"
    return any(content[at : at + len(wanted)].lower() == wanted for at in range(512, len(content), _ENTRY))
