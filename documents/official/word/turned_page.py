"""Pages with a turned table (clause 8): its head at the left edge of the sheet, the page number where it always is."""

from documents.official.word.drawings import turned_text
from documents.official.word.elements import Element
from documents.official.word.layout import Align
from documents.official.word.measures import LEFT, PAPER_HEIGHT, PAPER_WIDTH, RIGHT, SMALL_TYPE, twips

TURNED_TOP, TURNED_BOTTOM = LEFT, RIGHT
TURNED_LEFT, TURNED_RIGHT = twips(35), twips(37)
TURNED_WIDTH = PAPER_HEIGHT - TURNED_LEFT - TURNED_RIGHT
"""225 mm: the sheet's foot lies at the left, its head at the right."""

_NUMBER_FROM_FOOT = twips(28)
"""The middle of the number: 7 mm below the 版心."""

_DEPTH, _LENGTH = twips(8), twips(50)


def turned_number(number: Element, align: Align) -> Element:
    """A run with the number's paragraph in the box of odd pages ("right") or of even ones ("left")."""
    far = PAPER_WIDTH - TURNED_BOTTOM - SMALL_TYPE - _LENGTH
    down = far if align == "right" else TURNED_TOP + SMALL_TYPE
    return turned_text(_NUMBER_FROM_FOOT - _DEPTH // 2, down, _DEPTH, _LENGTH, number)
