"""版头 (7.2), 信函 head (10.1) and 纪要 head (10.3): where each piece stands, in millimetres from the upper edge of
the page's text box and from the left edge of the 版心.
"""

from dataclasses import dataclass
from math import ceil

from documents.official.content import Format, OfficialDocument
from documents.official.grid import CELL, MILLIMETRE, PAGE_HEIGHT, SIZE, WIDTH, PageGrid
from documents.official.typefaces import Role, ink

MARK_TOP = 72.0
"""Ink of the 发文机关标志: 35 mm under the upper edge of the 版心 (7.2.4)."""

LETTER_MARK_TOP = 30.0
LETTER_MARK_HEIGHT = 15.1
"""mm of ink; with it the last line of the page ends 7/8 of a character above the lower rule, as 10.1 wants."""

DOUBLE_RULE = 1.75
LETTER_RULE_BOTTOM = PAGE_HEIGHT - 20
SEVEN_EIGHTHS = SIZE * 7 / 8 / MILLIMETRE

_PLAY = 0.2
"""mm, so that a line which fits to a hair is not turned over."""

_ASCENT = 0.88
"""Of every prepared face, em."""

_MARK_WIDTH = 146.0
"""mm; a mark that touched both edges of the 版心 would look cramped."""

_LARGEST, _SMALLEST, _NARROWEST = 48.0, 36.0, 0.62
_WIDEST_SPACING = 0.25
_JOINT_SIZES = {2: 34.0, 3: 28.0, 4: 23.0}
_JOINT_PITCH = 1.36
_JOINT_GAP = 4.0
_NAMES_IN_A_LINE = 2


@dataclass(frozen=True)
class Piece:
    """Red words on one line: size and spacing in points, `scale` narrows them."""

    text: str
    left: float
    top: float
    size: float
    spacing: float = 0.0
    scale: float = 1.0

    @property
    def width(self) -> float:
        return (len(self.text) * (self.size + self.spacing) - self.spacing) * self.scale / MILLIMETRE


@dataclass(frozen=True)
class Head:
    """`height` mm of the first page. `number_top` is that of the line's box; `rule_top` that of the red rule."""

    mark: tuple[Piece, ...]
    height: float
    number_top: float
    rule_top: float
    elements: tuple[tuple[float, str, str], ...]
    """Top, words and face of 份号 and 紧急程度."""

    signer_lines: tuple[tuple[str, ...], ...] = ()
    signer_top: float = 0.0
    lower_rule_top: float = 0.0
    first_bottom: float | None = None
    """Margin of the first page's foot, where it is another than the grid's."""


def head_of(document: OfficialDocument, grid: PageGrid) -> Head | None:
    """None for a public notice and for a document without a mark."""
    if document.format is Format.NOTICE or not document.organs:
        return None
    return (
        _letter_head(document, grid) if document.format is Format.LETTER else _document_head(document, grid)
    )


def _document_head(document: OfficialDocument, grid: PageGrid) -> Head:
    mark = _mark(document.organs, document.mark_suffix, MARK_TOP - grid.top)
    signers = _signer_lines(document.signers)
    further = max(0, len(signers) - 1) * grid.pitch_mm
    needed = _ink_bottom(mark) + 2 * grid.pitch_mm + further + SIZE / MILLIMETRE + 4
    height = ceil(round(needed / grid.pitch_mm, 3)) * grid.pitch_mm
    number_top = height - 4 - grid.half_leading - SIZE / MILLIMETRE
    return Head(
        mark=mark,
        height=height,
        number_top=number_top,
        rule_top=height,
        elements=_elements(document, 0.0, grid),
        signer_lines=signers,
        signer_top=number_top - further,
    )


def _letter_head(document: OfficialDocument, grid: PageGrid) -> Head:
    text = document.organs[0] + document.mark_suffix
    low, high = _extent(text)
    size = LETTER_MARK_HEIGHT * MILLIMETRE / (high - low)
    mark = _fitted(text, size, LETTER_MARK_TOP - grid.top, high)
    rule_top = LETTER_MARK_TOP + LETTER_MARK_HEIGHT + 4 - grid.top
    first = rule_top + DOUBLE_RULE + SEVEN_EIGHTHS - grid.half_leading
    elements = _elements(document, first, grid)
    lower_rule_top = LETTER_RULE_BOTTOM - DOUBLE_RULE
    return Head(
        mark=(mark,),
        height=first + max(1, len(elements)) * grid.pitch_mm,
        number_top=first,
        rule_top=rule_top,
        elements=elements,
        lower_rule_top=lower_rule_top - grid.top,
        first_bottom=PAGE_HEIGHT - (lower_rule_top - SEVEN_EIGHTHS + grid.half_leading) - _PLAY,
    )


def _elements(document: OfficialDocument, first: float, grid: PageGrid) -> tuple[tuple[float, str, str], ...]:
    """份号 in six digits (7.2.1), then 紧急程度 (7.2.3), a line each."""
    told: list[tuple[str, str]] = []
    if document.copy_number is not None:
        told.append((f"{document.copy_number:06d}", "fangsong"))
    if document.urgency:
        told.append((document.urgency.value, "heiti"))
    return tuple((first + place * grid.pitch_mm, words, face) for place, (words, face) in enumerate(told))


def _mark(organs: tuple[str, ...], suffix: str, top: float) -> tuple[Piece, ...]:
    if len(organs) == 1:
        text = organs[0] + suffix
        size = min(_LARGEST, max(_SMALLEST, _MARK_WIDTH * MILLIMETRE / len(text)))
        return (_fitted(text, size, top, _extent(text)[1]),)
    return _joint_mark(organs, suffix, top)


def _fitted(text: str, size: float, top: float, high: float) -> Piece:
    """One centred line: spaced where it is short, narrowed where it is long, at last made smaller."""
    room = _MARK_WIDTH * MILLIMETRE
    scale = min(1.0, room / (len(text) * size))
    if scale < _NARROWEST:
        size, scale = room / (len(text) * _NARROWEST), _NARROWEST
    gaps = max(1, len(text) - 1)
    spacing = min(_WIDEST_SPACING * size, max(0.0, (room - len(text) * size) / gaps))
    piece = Piece(text, 0.0, top - (_ASCENT - high) * size / MILLIMETRE, size, spacing, scale)
    return Piece(text, (WIDTH - piece.width) / 2, piece.top, size, spacing, scale)


def _joint_mark(organs: tuple[str, ...], suffix: str, top: float) -> tuple[Piece, ...]:
    """The organs' names one under the other, all equally wide; 文件 to their right, in the middle (7.2.4)."""
    size = _JOINT_SIZES.get(len(organs), 20.0)
    suffix_size = min(_LARGEST, size * 1.35)
    gap = _JOINT_GAP if suffix else 0.0
    room = (_MARK_WIDTH - gap) * MILLIMETRE - len(suffix) * suffix_size
    longest = max(len(organ) for organ in organs)
    scale = min(1.0, room / (longest * size))
    column = longest * size * scale / MILLIMETRE
    left = (WIDTH - column - gap - len(suffix) * suffix_size / MILLIMETRE) / 2
    first = top - (_ASCENT - _extent(organs[0])[1]) * size / MILLIMETRE
    step = size * _JOINT_PITCH / MILLIMETRE
    names = [
        _spread(organ, left, first + place * step, size, scale, column) for place, organ in enumerate(organs)
    ]
    middle = first + ((len(organs) - 1) * step + size / MILLIMETRE) / 2
    words = Piece(suffix, left + column + gap, middle - suffix_size / 2 / MILLIMETRE, suffix_size)
    return (*names, words) if suffix else tuple(names)


def _spread(organ: str, left: float, top: float, size: float, scale: float, column: float) -> Piece:
    """`column` mm wide, whatever its number of characters."""
    gaps = max(1, len(organ) - 1)
    spacing = (column * MILLIMETRE / scale - len(organ) * size) / gaps
    return Piece(organ, left, top, size, max(0.0, spacing), scale)


def _extent(text: str) -> tuple[float, float]:
    """Lowest and highest ink of the words, em."""
    extents = [ink(character, Role.TITLE) for character in text]
    return min(low for low, _ in extents), max(high for _, high in extents)


def _ink_bottom(mark: tuple[Piece, ...]) -> float:
    return max(p.top + (_ASCENT - _extent(p.text)[0]) * p.size / MILLIMETRE for p in mark)


def _signer_lines(signers: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Two names a line (7.2.6)."""
    return tuple(
        signers[start : start + _NAMES_IN_A_LINE] for start in range(0, len(signers), _NAMES_IN_A_LINE)
    )


def spread_name(name: str) -> float:
    """Points of spacing that make a name of two characters as wide as one of three."""
    return CELL if len(name) == 2 else 0.0
