"""A seal's picture, written anew: transparent, square, at 300 dpi, with nothing of the sent file but its ink.

The file is hostile until proven otherwise: it is decoded in a process of its own, bounded in memory and time.
"""

import io
import logging
from typing import TYPE_CHECKING, Any, cast

from documents.picture_file import MOST_PIXELS, PictureKind, PictureRefused, kind_of
from documents.worker import MEBIBYTE, Limits, WorkerLost, Workers

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DOTS_PER_INCH = 300
MOST_BYTES = 380_000
"""As a data URI it still fits `documents.html_to_pdf.LONGEST_PICTURE`."""

PREVIEW_PIXELS = 180
"""Enough to be recognised by, too coarse to be put on paper."""

LIMITS = Limits(memory=768 * MEBIBYTE, tasks=1, processor_seconds=20)
TIMEOUT_SECONDS = 40

_PAPER = 240
"""From this value of the darkest channel on, a point is paper: scanners do not give pure white."""

_INK = 200
"""Below it a point is surely ink, and belongs inside the cropped square."""

_LEAST_PIXELS = 200
_LEAST_INK, _MOST_INK = 0.01, 0.6
_READABLE_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"})
_DAMAGED = "图片不完整或已损坏，请用“画图”等软件打开后另存为 PNG 再上传。"

log = logging.getLogger(__name__)
_workers = Workers(LIMITS, most=1)


def seal_png(content: bytes, width_mm: int) -> bytes:
    """A PNG of `width_mm` at 300 dpi, white made transparent so that the paper and its text show through, colours as on
    white paper, without metadata. The ink is cropped and set in a square, so that it is as wide as engraved.

    Raises PictureRefused, whatever is wrong with the file. Measured: 0.4 s, with the start of the process.
    """
    kind = kind_of(content)
    try:
        made = _workers.run(_drawn_anew, content, kind, width_mm, timeout_seconds=TIMEOUT_SECONDS)
    except PictureRefused:
        raise
    except (WorkerLost, MemoryError) as error:
        log.exception("a picture took too much time or memory")
        raise PictureRefused("图片结构异常，未能读完。请另存为 PNG 再上传。") from error
    except Exception as error:
        log.exception("a picture could not be read")
        raise PictureRefused(_DAMAGED) from error
    return cast(bytes, made)


def seal_preview(png: bytes) -> bytes:
    """The seal as its office may look at it: small, for `render_process.render`."""
    from PIL import Image

    with Image.open(io.BytesIO(png), formats=["PNG"]) as seal:
        small = seal.convert("RGBA")
    small.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
    return _png(small, 0)


def _drawn_anew(content: bytes, kind: PictureKind, width_mm: int) -> bytes:
    """In the worker."""
    side = round(width_mm / 25.4 * DOTS_PER_INCH)
    seal = _on_transparent(_square(_on_white(_decoded(content, kind)), side))
    made = _png(seal, DOTS_PER_INCH)
    return made if len(made) <= MOST_BYTES else _png(_with_fewer_colours(seal), DOTS_PER_INCH)


def _decoded(content: bytes, kind: PictureKind) -> "Picture":
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(content), formats=[kind]) as opened:
        if opened.format != kind or getattr(opened, "n_frames", 1) != 1:
            raise PictureRefused("一个文件里有几幅图片，请只留印章一幅。")
        if opened.mode not in _READABLE_MODES:
            raise PictureRefused("图片的颜色格式不常见，请用“画图”等软件另存为 24 位 PNG 再上传。")
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    return upright.convert("RGB").convert("RGBA") if upright.mode == "CMYK" else upright.convert("RGBA")


def _on_white(picture: "Picture") -> "Picture":
    from PIL import Image

    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture).convert("RGB")


def _square(picture: "Picture", side: int) -> "Picture":
    """Only the inked part, in the middle of a white square of `side` points."""
    from PIL import Image

    found = _darkest_channel(picture).point(lambda value: 255 if value < _INK else 0).getbbox()
    if found is None:
        raise PictureRefused("图片里看不到印文。请上传白底红色的印章图片。")
    width, height = found[2] - found[0], found[3] - found[1]
    if max(width, height) > 2 * min(width, height):
        raise PictureRefused("印文一边比另一边长出一倍多，不像一枚印章。请只裁下印章部分。")
    if max(width, height) < _LEAST_PIXELS:
        raise PictureRefused(
            f"印文只有 {max(width, height)} 像素宽，印出来会模糊。请用 300 dpi 以上扫描后再上传。"
        )
    longest = max(width, height)
    square = Image.new("RGB", (longest, longest), "white")
    square.paste(picture.crop(found), ((longest - width) // 2, (longest - height) // 2))
    return square.resize((side, side), Image.Resampling.LANCZOS)


def _on_transparent(square: "Picture") -> "Picture":
    """Laid on white it looks as before: each point keeps as much ink as it is darker than white."""
    from PIL import Image, ImageMath

    darkest = _darkest_channel(square)
    ink = darkest.point(lambda value: 0 if value >= _PAPER else 255 - value)
    _require_ink(ink)

    def pure(channel: "Picture") -> "Picture":
        return ImageMath.lambda_eval(
            lambda v: v["convert"](255 - (255 - v["c"]) * 255 / v["max"](v["ink"], 1), "L"),
            c=channel,
            ink=ink,
        )

    seal = Image.merge("RGBA", (*map(pure, square.split()), ink))
    seal.paste((0, 0, 0, 0), mask=ink.point(lambda value: 0 if value else 255))
    return seal


def _require_ink(ink: "Picture") -> None:
    inked = 1 - ink.histogram()[0] / (ink.width * ink.height)
    if inked > _MOST_INK:
        raise PictureRefused("图片的底色不是白色，或印文不是红色线条。请把底色处理成白色（或透明）后再上传。")
    if inked < _LEAST_INK:
        raise PictureRefused("图片里看不到印文。请上传白底红色的印章图片。")


def _darkest_channel(picture: "Picture") -> "Picture":
    from PIL import ImageChops

    red, green, blue = picture.split()
    return ImageChops.darker(ImageChops.darker(red, green), blue)


def _with_fewer_colours(seal: "Picture") -> "Picture":
    from PIL import Image

    return seal.quantize(256, method=Image.Quantize.FASTOCTREE)


def _png(picture: "Picture", dots_per_inch: int) -> bytes:
    """Written from the points alone: what the sent file said about itself is not taken over."""
    picture.info.clear()
    options: dict[str, Any] = {"dpi": (dots_per_inch, dots_per_inch)} if dots_per_inch else {}
    output = io.BytesIO()
    picture.save(output, format="PNG", optimize=True, **options)
    return output.getvalue()
