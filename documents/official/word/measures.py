"""The page of GB/T 9704-2012 in twips (1/20 pt), as Word counts, for both readings of 22 lines and 28 characters."""

from dataclasses import dataclass
from unicodedata import east_asian_width

from documents.official.content import Grid

PAPER_WIDTH, PAPER_HEIGHT = 11906, 16838
LEFT, RIGHT = 1587, 1474
"""订口 28 mm and 切口 26 mm."""

WIDTH = PAPER_WIDTH - LEFT - RIGHT
"""版心, 156 mm."""

TYPE, SMALL_TYPE, TITLE_TYPE = 320, 280, 440
"""3号, 4号, 2号."""

TRACKING = -5
"""Added to each character of 3号: 28 of them make 441 pt of the 442 pt there are."""

CHARACTER = TYPE + TRACKING
"""空一字 in the text."""

HEADER, FOOTER = 850, 1446
"""From the paper's edge: 15 mm for what stands above the page, 25.5 mm to put the number's dash at 269 mm."""

_EMU_OF_TWIP = 635


@dataclass(frozen=True)
class Measures:
    """Top and bottom margins and the pitch of the line grid."""

    top: int
    bottom: int
    pitch: int


_BY_GRID = {
    Grid.STRICT: Measures(top=1960, bottom=1847, pitch=592),
    Grid.WORD: Measures(top=2098, bottom=1984, pitch=579),
}


def measures(grid: Grid) -> Measures:
    """STRICT: 34.58 and 32.58 mm, 29.6 pt, the glyphs touch 37 and 262 mm. WORD: 37 and 35 mm, 28.95 pt."""
    return _BY_GRID[grid]


def twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def emu(length: int) -> int:
    """Twips to the unit of drawings."""
    return length * _EMU_OF_TWIP


def width_of(text: str, size: int = TYPE, tracking: int = TRACKING) -> int:
    """Of text on one line; what is not full width in Chinese typography counts half."""
    return sum((size if _is_full(sign) else size // 2) + tracking for sign in text)


def _is_full(sign: str) -> bool:
    return east_asian_width(sign) in "WFA"
