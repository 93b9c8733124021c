"""The grid of the official page (GB/T 9704-2012 clause 5): millimetres on the paper, points between lines.

A line box is taller than its characters: half of the difference stands above them and half below. STRICT therefore
moves the box out of the 版心 by that half, so that characters, not boxes, touch its edges; WORD does not.
"""

from dataclasses import dataclass
from math import floor

from documents.official.content import Grid

MILLIMETRE = 72 / 25.4
"""In points."""

PIXELS = 96 / 25.4
"""CSS pixels in a millimetre."""

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 184.0, 262.0
"""Edges of the 版心, from the paper's left and upper edge (5.2.1)."""

WIDTH, HEIGHT = RIGHT - LEFT, BOTTOM - TOP
SIZE = 16.0
"""3号, points."""

CELL = 15.792
"""Points from one character to the next: 28 of them in 156 mm."""

CELLS = 28
LINES = 22
DASH = 269.0
"""Where the dashes of the page number stand (7.5)."""

TABLE_LINE, TABLE_RULE = 20.0, 0.5
"""Points: the lines within a cell of a table, and the rules between rows."""

_DASH_BELOW_BOX = 14 * 0.5785 / MILLIMETRE
"""From the upper edge of the number's line, 14 pt high, to its dashes."""


@dataclass(frozen=True)
class PageGrid:
    """`top` and `bottom` are the margins of the page in mm, `pitch` the points from line to line."""

    top: float
    bottom: float
    pitch: float

    @property
    def half_leading(self) -> float:
        """mm between the edge of a line's box and its characters of 3号."""
        return (self.pitch - SIZE) / 2 / MILLIMETRE

    @property
    def pitch_mm(self) -> float:
        return self.pitch / MILLIMETRE

    @property
    def table_gap(self) -> float:
        """mm between the edge of the page's text box and the uppermost rule of a table that goes on there."""
        return TOP - self.top

    @property
    def table_row(self) -> float:
        """Points: 22 rows, and their rules, fill the 版心 of a page."""
        return (PAGE_HEIGHT - self.top - self.bottom - 2 * self.table_gap) * MILLIMETRE / LINES

    def lengths(self) -> dict[str, str]:
        """What of the stylesheet depends on the grid, by name."""
        row = floor(self.table_row * 100) / 100
        return {
            "top": f"{self.top:.3f}mm",
            "bottom": f"{self.bottom:.3f}mm",
            "pitch": f"{self.pitch}pt",
            "number-padding": f"{DASH - _DASH_BELOW_BOX - (PAGE_HEIGHT - self.bottom):.3f}mm",
            "row-padding": f"{(row - TABLE_LINE - TABLE_RULE) / 2:.3f}pt",
            "heading-padding": f"{(row - TABLE_LINE - TABLE_RULE) / 2 - TABLE_RULE:.3f}pt",
            "gap": f"{self.table_gap:.3f}mm",
            "minus-gap": f"{-self.table_gap:.3f}mm",
            "whole-page": f"{PAGE_HEIGHT - self.top - self.bottom - 0.1:.3f}mm",
        }


def page_grid(grid: Grid, lines: int = LINES) -> PageGrid:
    """22 lines, or some more or fewer where a signature would otherwise stand alone (7.3.5.5)."""
    height = HEIGHT * MILLIMETRE
    if grid is Grid.WORD:
        return PageGrid(TOP, PAGE_HEIGHT - BOTTOM, floor(height / lines * 20) / 20)  # Word counts in twips
    pitch = floor((height - SIZE) / (lines - 1) * 1000) / 1000
    half = (pitch - SIZE) / 2 / MILLIMETRE
    return PageGrid(TOP - half, PAGE_HEIGHT - BOTTOM - half, pitch)
