"""A seal that says of itself that it is none: 演示专用."""

import io
from math import cos, pi, radians, sin
from typing import Any

from documents.official.typefaces import Role, face_of
from documents.seal_image import seal_png

WIDTH_MM = 42
WORDS = "演示专用"

_SIDE = 1400
_RED = (214, 32, 30)
_RING = 0.035
"""Of the side, as all that follow."""

_ARC_RADIUS, _ARC_SIZE = 0.375, 0.105
_STAR_RADIUS, _WORDS_SIZE, _WORDS_TOP = 0.15, 0.105, 0.68
_ARC_DEGREES = 230


def demonstration_seal(name: str) -> bytes | None:
    """A ring with a star, the office's name along the ring and 演示专用 below; None without a Chinese font."""
    from PIL import Image, ImageDraw

    face = face_of(Role.SONGTI) or face_of(Role.HEITI)
    if face is None:
        return None
    picture = Image.new("RGB", (_SIDE, _SIDE), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((0, 0, _SIDE - 1, _SIDE - 1), outline=_RED, width=round(_RING * _SIDE))
    pen.polygon(_star(), fill=_RED)
    _write_along_the_ring(picture, name, _font(face, _ARC_SIZE))
    pen.text((_SIDE / 2, _WORDS_TOP * _SIDE), WORDS, fill=_RED, font=_font(face, _WORDS_SIZE), anchor="mt")
    output = io.BytesIO()
    picture.save(output, format="PNG")
    return seal_png(output.getvalue(), WIDTH_MM)


def _font(face: Any, size: float) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(face.file, round(size * _SIDE), index=face.index)


def _star() -> list[tuple[float, float]]:
    """Five points, the first one up."""
    points = []
    for step in range(10):
        radius = _STAR_RADIUS * _SIDE * (1 if step % 2 == 0 else 0.382)
        angle = step * pi / 5 - pi / 2
        points.append((_SIDE / 2 + radius * cos(angle), _SIDE / 2 + radius * sin(angle)))
    return points


def _write_along_the_ring(picture: Any, name: str, font: Any) -> None:
    """Each character upright on its radius, the middle of the name at the top."""
    from PIL import Image, ImageDraw

    step = min(_ARC_DEGREES / max(1, len(name) - 1), 40)
    side = round(_ARC_SIZE * _SIDE * 1.4)
    for place, character in enumerate(name):
        turn = (place - (len(name) - 1) / 2) * step
        tile = Image.new("L", (side, side))
        ImageDraw.Draw(tile).text((side / 2, side / 2), character, fill=255, font=font, anchor="mm")
        tile = tile.rotate(-turn, resample=Image.Resampling.BICUBIC)
        x = _SIDE / 2 + _ARC_RADIUS * _SIDE * sin(radians(turn)) - side / 2
        y = _SIDE / 2 - _ARC_RADIUS * _SIDE * cos(radians(turn)) - side / 2
        picture.paste(_RED, (round(x), round(y)), tile)
