"""发文机关标志 in red, of the sizes and widths that the printed page has (`documents.official.head`)."""

from itertools import groupby

from documents.official.head import Piece
from documents.official.word.elements import Element, element, run
from documents.official.word.layout import Align, Layout, paragraph
from documents.official.word.measures import twips
from documents.official.word.styles import sizes
from documents.official.word.tables import cell, frame

_PITCH = 1.2
_JOINT_PITCH = 1.36
"""Line heights by the size of the type."""

_ASCENT, _BASELINE = 0.88, 0.8
"""Of the type's size above the baseline; of an exact line's height above it."""

_GAP = twips(4)


def mark_elements(pieces: tuple[Piece, ...]) -> list[Element]:
    """Names one under the other; with 文件 of another size beside them it is a table of one row."""
    rows = [list(group) for _, group in groupby(pieces, key=lambda piece: piece.size)]
    if len(rows) == 2 and len(pieces) > 2:
        return [_joint(rows[0], rows[1][0])]
    return [_words(piece, "center", _pitch(pieces)) for piece in pieces]


def mark_height(pieces: tuple[Piece, ...]) -> int:
    """Twips from the top of the first line to the bottom of the last name."""
    names = [piece for piece in pieces if piece.size == pieces[0].size]
    return sum(_line_height(piece, _pitch(pieces)) for piece in names)


def mark_top(pieces: tuple[Piece, ...]) -> int:
    """Twips from where the page's positions count to the top of the first line."""
    first = pieces[0]
    return twips(first.top) + round(first.size * 20 * (_ASCENT - _BASELINE * _pitch(pieces)))


def _pitch(pieces: tuple[Piece, ...]) -> float:
    return _PITCH if len(pieces) == 1 else _JOINT_PITCH


def _line_height(piece: Piece, pitch: float) -> int:
    return round(piece.size * 20 * pitch)


def _words(piece: Piece, align: Align, pitch: float) -> Element:
    """Spaced or narrowed as the piece says; names that share a width are spread by Word itself."""
    spacing = 0 if align == "distribute" else round(piece.spacing * 20)
    half_point = round(piece.size * 2) * 10
    narrowed = [element("w:w", val=round(piece.scale * 100))] if piece.scale < 1 else []
    properties = [element("w:spacing", val=spacing), *narrowed, *sizes(half_point)]
    layout = Layout(align=align, exact=_line_height(piece, pitch))
    return paragraph("Mark", run(piece.text, "", *properties), layout=layout)


def _joint(names: list[Piece], suffix: Piece) -> Element:
    size = round(suffix.size * 20)
    widths = twips(max(piece.width for piece in names)) + size // 4, size * len(suffix.text) + _GAP
    left = cell(widths[0], [_words(piece, "distribute", _JOINT_PITCH) for piece in names])
    right = cell(widths[1], [_words(suffix, "right", _PITCH)], element("w:vAlign", val="center"))
    made = frame(widths, [element("w:tr", left, right)])
    made.tblPr.insert(1, element("w:jc", val="center"))
    return made
