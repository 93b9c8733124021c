"""What floats: red rules, seals, and page numbers turned with the sheet. Lengths in twips, as all over this package."""

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from documents.official.word.elements import Element, element
from documents.official.word.measures import emu

_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"

_ANCHOR = (
    "<wp:anchor {names} distT='0' distB='0' distL='0' distR='0' simplePos='0' relativeHeight='1' behindDoc='1'"
    " locked='0' layoutInCell='1' allowOverlap='1'><wp:simplePos x='0' y='0'/>"
    "<wp:positionH relativeFrom='{across}'><wp:posOffset>{x}</wp:posOffset></wp:positionH>"
    "<wp:positionV relativeFrom='{down}'><wp:posOffset>{y}</wp:posOffset></wp:positionV>"
    "<wp:extent cx='{width}' cy='{height}'/><wp:effectExtent l='0' t='0' r='0' b='0'/><wp:wrapNone/>"
    "<wp:docPr id='0' name='Drawing'/><wp:cNvGraphicFramePr/></wp:anchor>"
)

_RECTANGLE = (
    "<a:graphic {names}><a:graphicData uri='"
    + _SHAPE
    + "'><wps:wsp xmlns:wps='"
    + _SHAPE
    + "'><wps:cNvSpPr/>"
    "<wps:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='{width}' cy='{height}'/></a:xfrm>"
    "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></wps:spPr>{text}"
    "<wps:bodyPr lIns='0' tIns='0' rIns='0' bIns='0' vert='{direction}'/></wps:wsp></a:graphicData></a:graphic>"
)

_TEXT = "<wps:txbx><w:txbxContent {names}/></wps:txbx>"
_RED = "<a:solidFill><a:srgbClr val='FF0000'/></a:solidFill>"


def red_bar(x: int, y: int, width: int, height: int) -> Element:
    """A run with a filled bar at a place of the paper."""
    graphic = _rectangle(width, height, _RED)
    return _run(_anchor(graphic, x, y, width, height, from_="page"), "红色分隔线")


def turned_text(x: int, y: int, width: int, height: int, content: Element) -> Element:
    """A run with a paragraph that reads downwards, its tops to the right, at a place of the paper."""
    graphic = _rectangle(width, height, "<a:noFill/>", _TEXT.format(names=nsdecls("w")), "vert")
    graphic.find(".//" + qn("w:txbxContent")).append(content)
    return _run(_anchor(graphic, x, y, width, height, from_="page"), "页码")


def behind_text(inline: Element, x: int, y: int, width: int, height: int, alt: str) -> Element:
    """A run with the picture of an inline drawing put behind the text of the anchoring paragraph."""
    graphic = inline.find(qn("a:graphic"))
    return _run(_anchor(graphic, x, y, width, height), alt)


def _rectangle(width: int, height: int, fill: str, text: str = "", direction: str = "horz") -> Element:
    return parse_xml(
        _RECTANGLE.format(
            names=nsdecls("a"),
            width=emu(width),
            height=emu(height),
            fill=fill,
            text=text,
            direction=direction,
        )
    )


def _anchor(graphic: Element, x: int, y: int, width: int, height: int, from_: str = "") -> Element:
    anchor = parse_xml(
        _ANCHOR.format(
            names=nsdecls("wp", "a"),
            across=from_ or "column",
            down=from_ or "paragraph",
            x=emu(x),
            y=emu(y),
            width=emu(width),
            height=emu(height),
        )
    )
    anchor.append(graphic)
    return anchor


def _run(drawing: Element, alt: str) -> Element:
    drawing.find(qn("wp:docPr")).set("descr", alt)
    return element("w:r", element("w:drawing", drawing))
