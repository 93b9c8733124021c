"""A chart's SVG made plain: no script, no stylesheet, no outside reference, the same bytes for the same figures.

The site's content policy forbids inline styles, and some browsers apply it inside an SVG image too; so each rule of
the stylesheet is written onto the elements that it means, as presentation attributes.
"""

from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

import cssselect2
import tinycss2
from defusedxml.ElementTree import fromstring

SVG = "http://www.w3.org/2000/svg"
_DROPPED = frozenset({"style", "script", "title", "desc"})
_PAINT = frozenset(
    {
        *("fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"),
        *("opacity", "visibility", "font-family", "font-size", "text-anchor"),
    }
)

Rule = tuple[tuple[int, ...], int, cssselect2.compiler.CompiledSelector, list[tuple[str, str]]]


def plain_svg(svg: bytes, title: str, description: str) -> bytes:
    """The same picture, titled and described for those who cannot see it."""
    root = fromstring(svg)
    rules = sorted(_rules(root), key=lambda rule: rule[:2])
    for element in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        _paint(element, rules)
    _drop_unseen(root)
    _describe(root, title, description)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _rules(root: ElementTree.Element) -> Iterator[Rule]:
    """(specificity, order, selector, declarations); later and more specific ones win, !important ones most."""
    for style in root.iter(f"{{{SVG}}}style"):
        yield from _rules_of(style.text or "")


@lru_cache(maxsize=32)
def _rules_of(text: str) -> tuple[Rule, ...]:
    """Kept: all charts of one kind have the same stylesheet, and compiling it takes longer than drawing one."""
    return tuple(_compiled(text))


def _compiled(text: str) -> Iterator[Rule]:
    order = 0
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        declared = tinycss2.parse_blocks_contents(rule.content)
        for selector in cssselect2.compile_selector_list(rule.prelude):
            for important in (False, True):
                order += 1
                values = _declarations(declared, important)
                if values and not selector.never_matches and not selector.pseudo_element:
                    yield (int(important), *selector.specificity), order, selector, values


def _declarations(declared: list[tinycss2.ast.Node], important: bool) -> list[tuple[str, str]]:
    return [
        (item.lower_name, tinycss2.serialize(item.value).strip())
        for item in declared
        if item.type == "declaration" and item.lower_name in _PAINT and item.important is important
    ]


def _paint(element: cssselect2.ElementWrapper, rules: list[Rule]) -> None:
    for _, _, selector, values in rules:
        if selector.test(element):
            element.etree_element.attrib.update(values)


def _drop_unseen(parent: ElementTree.Element) -> None:
    """What serves only the pointer and the script, and what is not shown."""
    for child in list(parent):
        name = child.tag.rpartition("}")[2]
        if name in _DROPPED or _is_hidden(child):
            parent.remove(child)
            continue
        child.attrib.pop("font-family", None)  # the same one stands on the root
        _drop_unseen(child)
        if name in ("g", "defs") and len(child) == 0:
            parent.remove(child)
    for attribute in ("class", "id"):
        parent.attrib.pop(attribute, None)


def _is_hidden(element: ElementTree.Element) -> bool:
    """By the stylesheet, or as the tooltip by its own style attribute, the only one that pygal writes."""
    return element.get("opacity") == "0" or element.get("visibility") == "hidden" or "style" in element.attrib


def _describe(root: ElementTree.Element, title: str, description: str) -> None:
    root.set("role", "img")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}")
        element.text = text
        root.insert(place, element)
