"""Photographs and scans: drawn anew from their points, upright, with nothing of what the file said about itself.

A telephone writes where it stood, when and whose it is into each picture; none of that may be kept. What hangs behind a
picture (a moving copy, depth, another file) goes the same way.
"""

import io
from typing import TYPE_CHECKING, Any

from documents.quarantine import FileRefused
from rules.attachment_rules import JPEG, AttachmentKind

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS, LONGEST_SIDE = 64_000_000, 20_000
"""A telephone takes 12 to 50 million, an A3 scan at 600 dpi 70; those are better sent as PDF."""

QUALITY = 92
"""Of a JPEG written anew: letters of a photographed page stay sharp."""

_PLAIN_MODES = frozenset({"1", "L", "RGB"})
_WITH_TRANSPARENCY = frozenset({"LA", "PA", "RGBA", "P"})
_OF_A_PRESS = frozenset({"CMYK", "YCbCr"})


def decoded(content: bytes, kind: AttachmentKind) -> "Picture":
    """Its first picture, upright, in black and white, grey or RGB. Raises FileRefused."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # opening reads the head alone; the size is judged before the points
    with Image.open(io.BytesIO(content), formats=[kind.name.upper()]) as opened:
        _require_size(*opened.size)
        if kind != JPEG and getattr(opened, "n_frames", 1) != 1:
            raise FileRefused("这是会动的图片，请上传静止的图片。")
        opened.load()
        return _in_plain_colours(ImageOps.exif_transpose(opened))


def written_anew(picture: "Picture", kind: AttachmentKind) -> bytes:
    picture.info.clear()
    output = io.BytesIO()
    options: dict[str, Any] = {"quality": QUALITY} if kind == JPEG else {"compress_level": 6}
    if kind == JPEG and picture.mode == "1":
        picture = picture.convert("L")
    picture.save(output, format=kind.name.upper(), **options)
    return output.getvalue()


def fitted(picture: "Picture", longest: int) -> "Picture":
    """A copy whose longer side is at most `longest`."""
    small = picture.convert("L" if picture.mode in ("1", "L") else "RGB")
    small.thumbnail((longest, longest))
    return small


def _in_plain_colours(picture: "Picture") -> "Picture":
    if picture.mode in _WITH_TRANSPARENCY or "transparency" in picture.info:
        return _on_white(picture)
    if picture.mode in _PLAIN_MODES:
        return picture
    if picture.mode in _OF_A_PRESS:
        return picture.convert("RGB")
    raise FileRefused("图片的颜色格式不常见，请用“画图”等软件另存为 24 位 PNG 再上传。")


def _on_white(picture: "Picture") -> "Picture":
    from PIL import Image

    clear = picture.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _require_size(width: int, height: int) -> None:
    if not width or not height:
        raise FileRefused("图片不完整或已损坏。")
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise FileRefused(
            f"图片有 {width}×{height} 像素，太大了（最多 {MOST_PIXELS // 10_000} 万像素）。请缩小后再上传。"
        )
