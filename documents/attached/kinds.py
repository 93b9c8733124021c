"""What a file is, by its first bytes and never by its name. Nothing is parsed here."""

from documents.attached.ole import OLE
from documents.quarantine import FileRefused
from rules.attachment_rules import JPEG, NOT_TAKEN, PDF, PNG, TEXT, AttachmentKind

ZIP = b"PK\x03\x04"

_STARTS = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
_REFUSED_STARTS = (
    (b"GIF8", "GIF 图片请用“画图”等软件另存为 PNG 或 JPEG 再上传。"),
    (b"II*\0", "TIFF 图片请另存为 PDF 或 JPEG 再上传。"),
    (b"MM\0*", "TIFF 图片请另存为 PDF 或 JPEG 再上传。"),
    (b"Rar!", "压缩包不能上传，请解压后分别上传。"),
    (b"7z\xbc\xaf", "压缩包不能上传，请解压后分别上传。"),
    (b"\x1f\x8b", "压缩包不能上传，请解压后分别上传。"),
    (b"MZ", "程序文件不能上传。"),
    (b"\x7fELF", "程序文件不能上传。"),
    (b"{\\rtf", "RTF 文件请另存为 .docx 或 PDF 再上传。"),
)
_PHONE_PICTURES = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


def container_of(content: bytes) -> AttachmentKind | None:
    """The kind, or None for the two containers whose directory must be read first (Office files, old and new).

    Raises FileRefused for what is none of ours and cannot be a text either.
    """
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content.startswith((ZIP, OLE)):
        return None
    _refuse_known(content)
    return TEXT


def _refuse_known(content: bytes) -> None:
    """With advice where there is any. Raises FileRefused."""
    for start, advice in _REFUSED_STARTS:
        if content.startswith(start):
            raise FileRefused(advice)
    if content[4:8] == b"ftyp":
        picture = content[8:12] in _PHONE_PICTURES
        raise FileRefused(
            "这是 HEIC 照片，请在手机上另存或转发为 JPEG 再上传。" if picture else "录像、录音不能上传。"
        )
    if content.startswith(b"BM") and content[6:10] == b"\0\0\0\0":
        raise FileRefused("BMP 图片请用“画图”等软件另存为 PNG 或 JPEG 再上传。")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        raise FileRefused("WebP 图片请用“画图”等软件另存为 PNG 或 JPEG 再上传。")
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused(NOT_TAKEN)
