"""Plain text in the encodings that are met here."""

from documents.quarantine import FileRefused

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ALLOWED = frozenset("\t\n\r\f")


def read_text(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or GB 18030. Raises FileRefused for what is no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    try:
        return _decoded(content, "utf-8")
    except FileRefused:
        return _decoded(content, "gb18030")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused("不是可读的文本文件，不能上传。") from None
    if any(ord(c) < 32 and c not in _ALLOWED for c in text):
        raise FileRefused("不是可读的文本文件，不能上传。")
    return text
