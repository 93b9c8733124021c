"""Chinese lines set out to the full measure: WeasyPrint 70 stretches only U+0020, and Chinese has none.

A line that punctuation or digits left short is stretched between all its characters alike. This replaces
`weasyprint.layout.inline.justify_line`, which is not public: the version is pinned and
tests/documents/official/test_grid.py measures the result.
"""

from collections.abc import Iterator
from math import copysign, floor

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

MOST_STRETCH = 2.6
"""em. A line that misses more was broken by its author."""

_FEWEST = 8
_DRAWN, _CUT = 0.512, 0.488
_HAIR = 0.1
_INVISIBLE = "\u200b"
_stretch_spaces = inline.justify_line


def justify_chinese_lines() -> None:
    """Lines of other documents are not touched: they hold no Chinese that is to be justified."""
    inline.justify_line = _justify_line


def _justify_line(context: object, line: boxes.LineBox, missing: float) -> None:
    """`missing` in CSS pixels."""
    text = "".join(box.text for box in _texts(line))
    if not any("一" <= character <= "鿿" for character in text):
        _stretch_spaces(context, line, missing)
        return
    count = len(text) - text.count(_INVISIBLE)
    size = line.style["font_size"]
    if count < _FEWEST or missing > MOST_STRETCH * size:
        return
    own = line.style["letter_spacing"]
    each = (missing + (0 if own == "normal" else own)) / (count - 1)  # what follows the last one is not seen
    shift = 0.0
    for child in line.children:
        if child.is_in_normal_flow():
            shift = _stretched(context, child, each, shift)
    line.width += shift


def _texts(box: boxes.Box) -> Iterator[boxes.TextBox]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            yield from _texts(child)


def _stretched(context: object, box: boxes.Box, each: float, shift: float) -> float:
    """Move the box by `shift`, widen it by `each` a character; the shift of what follows it."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        return shift + _widened(context, box, each)
    if not isinstance(box, boxes.InlineBox):
        box.translate(shift, 0)
        return shift
    box.position_x += shift
    before = shift
    for child in box.children:
        if child.is_in_normal_flow():
            shift = _stretched(context, child, each, shift)
    box.width += shift - before
    return shift


def _widened(context: object, box: boxes.TextBox, each: float) -> float:
    """By how much the text became wider."""
    count = len(box.text) - box.text.count(_INVISIBLE)
    if not count:
        return 0.0
    box.style = box.style.copy()
    spacing = box.style["letter_spacing"]
    box.style["letter_spacing"] = _drawable((0 if spacing == "normal" else spacing) + each, box)
    box.pango_layout = create_layout(box.text, box.style, context, None, 0)
    box.pango_layout.deactivate()
    box.width += each * count
    return each * count


def _drawable(spacing: float, box: boxes.TextBox) -> float:
    """The letter spacing that comes out as `spacing`: WeasyPrint 70 draws 0.512 of it, and of the rest only whole
    thousandths of an em, cut off towards zero. What cannot be met is at most half a thousandth away.
    """
    em = box.style["font_size"] / 1000
    wanted = abs(spacing) / em
    whole = floor(wanted / (1 + _DRAWN / _CUT))
    drawn = min((wanted - whole) / _DRAWN, (whole + 1) / _CUT - _HAIR)
    return copysign(drawn * em, spacing)
