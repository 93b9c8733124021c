"""Pictures that nobody honest would send as a seal, and honest ones in other formats, made from bytes."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

from tests.factories import seal_picture

PNG = b"\x89PNG\r\n\x1a\n"


def saved_as(form: str, picture: Image.Image | None = None, **options: Any) -> bytes:
    output = io.BytesIO()
    (picture or opened(seal_picture())).save(output, format=form, **options)
    return output.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG that claims a size, with one compressed row of nothing."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return PNG + header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def with_chunk(name: bytes, data: bytes) -> bytes:
    """The honest seal with one more chunk after its header."""
    seal, header = seal_picture(), len(PNG) + 25
    return seal[:header] + chunk(name, data) + seal[header:]


def moving() -> bytes:
    seal = opened(seal_picture())
    return saved_as("PNG", save_all=True, append_images=[seal.rotate(90)])


HOSTILE = {
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "只能上传 PNG 或 JPEG"),
    "HTML": (b"<!doctype html><script>1</script>", "只能上传 PNG 或 JPEG"),
    "PDF": (b"%PDF-1.7\n", "只能上传 PNG 或 JPEG"),
    "GIF": (saved_as("GIF"), "只能上传 PNG 或 JPEG"),
    "BMP": (saved_as("BMP", Image.new("RGB", (300, 300))), "只能上传 PNG 或 JPEG"),
    "nothing": (b"", "只能上传 PNG 或 JPEG"),
    "name only": (PNG, "不完整或已损坏"),
    "archive behind a PNG": (seal_picture() + b"PK\x03\x04", "末尾还带着别的内容"),
    "script behind a JPEG": (saved_as("JPEG") + b"<script>1</script>", "末尾还带着别的内容"),
    "two pictures in a JPEG": (
        saved_as("MPO", save_all=True, append_images=[opened(seal_picture())]),
        "末尾还带着别的内容",
    ),
    "truncated PNG": (seal_picture()[:-200], "不完整或已损坏"),
    "truncated JPEG": (saved_as("JPEG")[:-200], "不完整或已损坏"),
    "JPEG that ends in its head": (saved_as("JPEG")[:30], "不完整或已损坏"),
    "changed PNG": (seal_picture()[:100] + b"\xff" + seal_picture()[101:], "不完整或已损坏"),
    "PNG with too few rows": (png_of(600, 600), "不完整或已损坏"),
    "PNG without points": (PNG + chunk(b"IHDR", b"\0" * 13) + chunk(b"IEND", b""), "不完整或已损坏"),
    "PNG that begins with another chunk": (
        PNG + chunk(b"tEXt", b"a\0b") + png_of(300, 300)[8:],
        "不完整或已损坏",
    ),
    "moving PNG": (moving(), "会动的图片"),
    "bomb of many points": (png_of(60_000, 60_000), "太大了"),
    "bomb of one long row": (png_of(1_000_000, 1), "太大了"),
    "bomb in a text": (
        with_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 80_000_000, 9)),
        "不完整或已损坏",
    ),
    "file above 1 MB": (seal_picture() + b"\0" * 1_048_577, "不能超过 1 MB"),
    "empty paper": (saved_as("PNG", Image.new("RGB", (500, 500), "white")), "看不到印文"),
    "grey paper": (saved_as("PNG", Image.new("RGB", (500, 500), (160, 160, 160))), "底色不是白色"),
    "stripe": (saved_as("PNG", Image.new("RGB", (900, 100), (200, 0, 0))), "不像一枚印章"),
    "stamp of few points": (saved_as("PNG", opened(seal_picture(90))), "像素宽，印出来会模糊"),
    "points of 16 bits": (saved_as("PNG", Image.new("I;16", (500, 500))), "颜色格式不常见"),
}
"""What it is → its bytes, and a part of the sentence that refuses it."""
