"""The text (正文) block by block, in stretches of upright and turned pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.official.content import Block, Chart, Form, Heading, Paragraph, Table
from documents.official.word.elements import Element, run
from documents.official.word.forms import form_elements
from documents.official.word.layout import Layout, paragraph
from documents.official.word.measures import WIDTH, Measures
from documents.official.word.pictures import Pictures, png_from_svg
from documents.official.word.tables import table_elements
from documents.official.word.turned_page import TURNED_WIDTH

_HAIR = 40
"""A picture's line is a little higher than the picture."""


@dataclass
class Stretch:
    """Paragraphs and tables on pages that lie the same way."""

    is_turned: bool = False
    elements: list[Element] = field(default_factory=list)


@dataclass
class Flow:
    """What has been set so far. Every turned table begins pages of its own; the next text stands upright again."""

    page: Measures
    pictures: Pictures
    stretches: list[Stretch] = field(default_factory=lambda: [Stretch()])

    def add(self, elements: Sequence[Element]) -> None:
        """Upright."""
        if not elements:
            return
        if self.stretches[-1].is_turned:
            self.stretches.append(Stretch())
        self.stretches[-1].elements += elements

    def turn(self, elements: Sequence[Element]) -> None:
        """Each time on new pages."""
        self.stretches.append(Stretch(is_turned=True, elements=list(elements)))

    def turned_elements(self, table: Table) -> list[Element]:
        return table_elements(table, TURNED_WIDTH)

    def add_blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table) and block.landscape:
                self.turn(self.turned_elements(block))
            else:
                self.add(_elements(block, self.page, self.pictures))


def _elements(block: Block, page: Measures, pictures: Pictures) -> list[Element]:
    match block:
        case Heading():
            return [paragraph(f"Heading{block.level}", block.text)]
        case Paragraph():
            return [paragraph("BodyParagraph", *_runs(block))]
        case Table():
            return table_elements(block, WIDTH)
        case Form():
            return form_elements(block)
        case Chart():
            return _chart(block, page, pictures)


def _runs(block: Paragraph) -> list[Element]:
    lead = [run(block.lead, f"Lead{block.lead_level}")] if block.lead else []
    return [*lead, run(block.text)]


def _chart(block: Chart, page: Measures, pictures: Pictures) -> list[Element]:
    """The picture takes the grid lines that the caption leaves; both stand on one page."""
    height = (block.lines - bool(block.caption)) * page.pitch - _HAIR
    picture = pictures.in_line(png_from_svg(block.svg, WIDTH, height), WIDTH, height, block.alt)
    if not block.caption:
        return [paragraph("Chart", picture)]
    return [
        paragraph("Chart", picture, layout=Layout(keep_next=True)),
        paragraph("ChartCaption", block.caption),
    ]
