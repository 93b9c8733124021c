"""What a picture file that somebody sent is, read from its bytes before any decoder touches it.

A file that is two things at once (a picture with an archive behind it), runs on after its end, moves, or holds more
pixels than a seal needs is refused. Nothing is decompressed here.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Literal

PictureKind = Literal["PNG", "JPEG"]

LARGEST = 1024 * 1024
"""Bytes."""

MOST_PIXELS, LONGEST_SIDE = 16_000_000, 8_000

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_END_OF_IMAGE, _START_OF_SCAN = 0xD9, 0xDA
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_DAMAGED = "图片不完整或已损坏，请用“画图”等软件打开后另存为 PNG 再上传。"


class PictureRefused(ValueError):
    """The message is for the sender."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def kind_of(content: bytes) -> PictureKind:
    """Whole, still, of one kind from its first byte to its last, and no larger than allowed. Raises PictureRefused."""
    if len(content) > LARGEST:
        raise PictureRefused("图片不能超过 1 MB，请裁剪或缩小后再上传。")
    try:
        if content.startswith(_PNG):
            _check_png(content)
            return "PNG"
        if content.startswith(_JPEG):
            _check_jpeg(content)
            return "JPEG"
    except (struct.error, IndexError):
        raise PictureRefused(_DAMAGED) from None
    raise PictureRefused("只能上传 PNG 或 JPEG 图片；SVG、GIF、PDF、Word 等请先另存为 PNG。")


def _check_png(content: bytes) -> None:
    names: list[bytes] = []
    for name, data in _chunks(content):
        if not names:
            if name != b"IHDR":
                raise PictureRefused(_DAMAGED)
            _require_size(*struct.unpack_from(">II", data))
        if name in (b"acTL", b"fcTL", b"fdAT"):
            raise PictureRefused("这是会动的图片，请上传静止的图片。")
        names.append(name)
    if b"IDAT" not in names:
        raise PictureRefused(_DAMAGED)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and data, up to the end that must also be the end of the file."""
    place = len(_PNG)
    while True:
        (length,) = struct.unpack_from(">I", content, place)
        name, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from(">I", content, place + 8 + length)
        if len(data) != length or zlib.crc32(name + data) != check:
            raise PictureRefused(_DAMAGED)
        place += 12 + length
        yield name, data
        if name == b"IEND":
            return _require_end(content, place)


def _check_jpeg(content: bytes) -> None:
    place, has_size = 2, False
    while True:
        marker, place = _marker(content, place)
        if marker == _END_OF_IMAGE:
            if not has_size:
                raise PictureRefused(_DAMAGED)
            return _require_end(content, place)
        if marker in _WITHOUT_LENGTH:
            continue
        (length,) = struct.unpack_from(">H", content, place)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 3)
            _require_size(width, height)
            has_size = True
        place += length
        if marker == _START_OF_SCAN:
            place = _end_of_scan(content, place)


def _marker(content: bytes, place: int) -> tuple[int, int]:
    """The marker at a place, and the place behind it."""
    if content[place] != 0xFF:
        raise PictureRefused(_DAMAGED)
    while content[place] == 0xFF:
        place += 1
    return content[place], place + 1


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker stands: in a scan 0xFF is followed by 0, or by a restart marker."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0:
            raise PictureRefused(_DAMAGED)
        after = content[place + 1]
        if after != 0xFF and after != 0 and after not in _WITHOUT_LENGTH:
            return place
        place += 1 if after == 0xFF else 2


def _require_size(width: int, height: int) -> None:
    if not width or not height:
        raise PictureRefused(_DAMAGED)
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise PictureRefused(f"图片有 {width}×{height} 像素，太大了。请只裁下印章部分，最多 4000×4000 像素。")


def _require_end(content: bytes, place: int) -> None:
    if place != len(content):
        raise PictureRefused("图片末尾还带着别的内容，不能使用。请用“画图”等软件打开后另存为 PNG 再上传。")
