"""How a paragraph stands on the page: said once, written into a style or into the paragraph itself."""

from dataclasses import dataclass
from typing import Literal

from documents.official.word.elements import Element, element, in_order, run
from documents.official.word.measures import CHARACTER

Align = Literal["left", "center", "right", "both", "distribute"]


@dataclass(frozen=True)
class Layout:
    """Lengths in twips; None leaves what the style says. `exact` is a line height that leaves the grid."""

    align: Align | None = None
    before: int | None = None
    after: int | None = None
    exact: int | None = None
    left: int | None = None
    right: int | None = None
    first_line: int | None = None
    hanging: int | None = None
    outline: int | None = None
    tabs: tuple[tuple[str, int], ...] = ()
    red_rule_at: int | None = None
    is_off_grid: bool = False
    keep_next: bool = False
    new_page: bool = False

    def elements(self) -> list[Element]:
        """The children of pPr, in order."""
        return in_order([*self._flow(), *self._rule(), *self._tabs(), *self._spacing(), *self._place()])

    def _flow(self) -> list[Element]:
        made = []
        if self.keep_next:
            made.append(element("w:keepNext"))
        if self.new_page:
            made.append(element("w:pageBreakBefore"))
        if self.outline is not None:
            made.append(element("w:outlineLvl", val=self.outline))
        if self.is_off_grid or self.exact is not None:
            made.append(element("w:snapToGrid", val=0))
        return made

    def _rule(self) -> list[Element]:
        """`red_rule_at` points below the text (at most 31)."""
        if self.red_rule_at is None:
            return []
        rule = element("w:bottom", val="single", sz=8, space=self.red_rule_at, color="FF0000")
        return [element("w:pBdr", rule)]

    def _tabs(self) -> list[Element]:
        stops = [element("w:tab", val=kind, pos=place) for kind, place in self.tabs]
        return [element("w:tabs", *stops)] if stops else []

    def _spacing(self) -> list[Element]:
        given: dict[str, object] = {
            name: value
            for name, value in (("before", self.before), ("after", self.after))
            if value is not None
        }
        if self.exact is None:
            return [element("w:spacing", **given)] if given else []
        given |= {"line": self.exact, "lineRule": "exact"}
        return [element("w:spacing", **given)]

    def _place(self) -> list[Element]:
        given = {
            name: value
            for name, value in (
                ("left", self.left),
                ("right", self.right),
                ("firstLine", self.first_line),
                ("hanging", self.hanging),
            )
            if value is not None
        }
        made = [element("w:ind", **(given | _in_characters(given)))] if given else []
        if self.align:
            made.append(element("w:jc", val=self.align))
        return made


def _in_characters(lengths: dict[str, int]) -> dict[str, int]:
    """空二字 also as characters, which Word shows to the editor and keeps when the size changes."""
    named = ("firstLine", "right")
    return {
        f"{name}Chars": lengths[name] // CHARACTER * 100
        for name in named
        if name in lengths and lengths[name] % CHARACTER == 0
    }


def paragraph(style: str, *runs: Element | str, layout: Layout | None = None) -> Element:
    """A paragraph of a style; strings are its text."""
    properties = element("w:pPr", element("w:pStyle", val=style), *(layout.elements() if layout else []))
    return element("w:p", properties, *(run(part) if isinstance(part, str) else part for part in runs))


def keep_with_next(paragraph_element: Element) -> None:
    """Put an existing paragraph's last line on the page of what follows."""
    properties = paragraph_element.get_or_add_pPr()
    if properties.find(element("w:keepNext").tag) is None:
        properties[:] = in_order([*properties, element("w:keepNext")])
