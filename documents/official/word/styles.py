"""The styles an editor finds in Word and WPS: the names of the standard's elements, the faces of an office's template."""

from dataclasses import dataclass
from enum import StrEnum

from documents.official.word.elements import Element, element
from documents.official.word.layout import Layout
from documents.official.word.measures import CHARACTER, SMALL_TYPE, TITLE_TYPE, TRACKING, TYPE, Measures


class Face(StrEnum):
    """Type faces by the names that offices have installed."""

    FANG_SONG = "仿宋_GB2312"
    BIAO_SONG = "方正小标宋简体"
    HEI = "黑体"
    KAI = "楷体_GB2312"
    SONG = "宋体"


RED, GREY = "FF0000", "8A8A8A"


@dataclass(frozen=True)
class Style:
    """`id` is what paragraphs refer to; `name` what the editor reads. Built-in names are English in the file."""

    id: str
    name: str
    alias: str = ""
    base: str = "Normal"
    next: str = ""
    face: Face | None = None
    size: int | None = None
    colour: str = ""
    layout: Layout = Layout()
    is_character: bool = False


def replace_styles(root: Element, page: Measures) -> None:
    """Put ours in the place of every style that is there."""
    root[:] = [_defaults(), _normal(), *(_style(style) for style in _styles(page)), _table_style()]


def _styles(page: Measures) -> list[Style]:
    return [*_head(page), *_text(page), *_closing(), *_tables(), *_characters()]


def _head(page: Measures) -> list[Style]:
    pitch = page.pitch
    return [
        Style("CopyNumber", "份号", layout=Layout(align="left")),
        Style("Urgency", "紧急程度", face=Face.HEI, layout=Layout(align="left")),
        Style("Mark", "发文机关标志", face=Face.BIAO_SONG, colour=RED, layout=Layout(align="center")),
        Style("Number", "发文字号", layout=Layout(align="center", exact=pitch)),
        Style(
            *("Title", "Title", "公文标题"),
            next="Addressees",
            face=Face.BIAO_SONG,
            size=TITLE_TYPE,
            layout=Layout(
                align="center", before=2 * pitch, after=pitch, exact=pitch, outline=0, keep_next=True
            ),
        ),
        Style("Addressees", "主送机关", next="BodyParagraph", layout=Layout(align="left")),
        Style(
            *("header", "header"),
            face=Face.HEI,
            size=SMALL_TYPE,
            colour=GREY,
            layout=Layout(align="right", exact=SMALL_TYPE),
        ),
        Style("footer", "footer", face=Face.SONG, size=SMALL_TYPE, layout=Layout(exact=SMALL_TYPE)),
    ]


def _text(page: Measures) -> list[Style]:
    indented = Layout(first_line=2 * CHARACTER)
    faces = (Face.HEI, Face.KAI, Face.FANG_SONG, Face.FANG_SONG)
    headings = [
        Style(
            f"Heading{level}",
            f"heading {level}",
            f"{'一二三四'[level - 1]}级标题",
            next="BodyParagraph",
            face=face,
            layout=Layout(first_line=2 * CHARACTER, keep_next=True, outline=level),
        )
        for level, face in enumerate(faces, start=1)
    ]
    return [
        Style("BodyParagraph", "公文正文", layout=indented),
        *headings,
        Style("AttachmentList", "附件说明", layout=Layout(align="left")),
        Style("Attendance", "出席人员", layout=Layout(align="both")),
        Style("AttachmentLabel", "附件序号", face=Face.HEI, layout=Layout(align="left", new_page=True)),
        Style("AttachmentTitle", "附件标题", base="Title", layout=Layout(before=page.pitch)),
    ]


def _closing() -> list[Style]:
    at_end = Layout(align="right", right=4 * CHARACTER)
    return [
        Style("Organ", "发文机关署名", next="Day", layout=Layout(align="center", keep_next=True)),
        Style("Day", "成文日期", layout=at_end),
        Style("Note", "附注", layout=Layout(first_line=2 * CHARACTER)),
        Style("Imprint", "版记", size=SMALL_TYPE, layout=Layout(align="both", exact=560, keep_next=True)),
        Style("Anchor", "版记定位", size=20, layout=Layout(exact=20)),
    ]


def _tables() -> list[Style]:
    return [
        Style("TableCaption", "表题", face=Face.HEI, layout=Layout(align="center", keep_next=True)),
        Style("TableHead", "表头", face=Face.HEI, size=SMALL_TYPE, layout=Layout(align="center", exact=400)),
        Style("TableCell", "表格文字", size=SMALL_TYPE, layout=Layout(align="left", exact=400)),
        Style("TableNote", "表注", size=SMALL_TYPE, layout=Layout(align="left")),
        Style("Chart", "图", size=20, layout=Layout(align="center", is_off_grid=True)),
        Style("ChartCaption", "图题", size=SMALL_TYPE, layout=Layout(align="center")),
    ]


def _characters() -> list[Style]:
    faces = (Face.HEI, Face.KAI, Face.FANG_SONG, Face.FANG_SONG)
    return [
        *(
            Style(f"Lead{level}", f"{'一二三四'[level - 1]}级标题（段首）", face=face, is_character=True)
            for level, face in enumerate(faces, start=1)
        ),
        Style("Label", "项目名称", face=Face.HEI, is_character=True),
        Style("SignerName", "签发人姓名", face=Face.KAI, is_character=True),
    ]


def _defaults() -> Element:
    return element(
        "w:docDefaults",
        element("w:rPrDefault", element("w:rPr", *_type(Face.FANG_SONG, TYPE), _language())),
        element("w:pPrDefault", element("w:pPr", *_switched_off())),
    )


def _normal() -> Element:
    """正文: on the line grid, justified, and without what Word adds or hangs out by itself."""
    properties = element("w:pPr", *_switched_off())
    properties.append(element("w:spacing", before=0, after=0, line=240, lineRule="auto"))
    properties.append(element("w:jc", val="both"))
    return element(
        "w:style",
        element("w:name", val="Normal"),
        element("w:qFormat"),
        properties,
        element("w:rPr", *_type(Face.FANG_SONG, TYPE)),
        type="paragraph",
        default=1,
        styleId="Normal",
    )


def _switched_off() -> list[Element]:
    off = ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd")
    return [element(f"w:{name}", val=0) for name in off]


def _style(style: Style) -> Element:
    kind = "character" if style.is_character else "paragraph"
    made = element("w:style", element("w:name", val=style.name), type=kind, styleId=style.id)
    if style.alias:
        made.append(element("w:aliases", val=style.alias))
    if not style.is_character:
        made.append(element("w:basedOn", val=style.base))
    if style.next:
        made.append(element("w:next", val=style.next))
    made.append(element("w:qFormat"))
    if not style.is_character:
        made.append(element("w:pPr", *style.layout.elements()))
    made.append(element("w:rPr", *_type(style.face, style.size, style.colour)))
    return made


def _table_style() -> Element:
    margins = [element(f"w:{side}", w=0, type="dxa") for side in ("top", "left", "bottom", "right")]
    return element(
        "w:style",
        element("w:name", val="Normal Table"),
        element("w:tblPr", element("w:tblCellMar", *margins)),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _type(face: Face | None, size: int | None, colour: str = "") -> list[Element]:
    """Run properties: the face for every script, so that quotes and digits stay in it."""
    made = [faces(face)] if face else []
    if colour:
        made.append(element("w:color", val=colour))
    if size:
        made.append(element("w:spacing", val=TRACKING if size == TYPE else 0))
        made += sizes(size)
    return made


def faces(face: Face) -> Element:
    return element("w:rFonts", hint="eastAsia", ascii=face, eastAsia=face, hAnsi=face, cs=face)


def sizes(size: int) -> list[Element]:
    """`size` in twips; Word counts half points."""
    return [element("w:sz", val=size // 10), element("w:szCs", val=size // 10)]


def _language() -> Element:
    return element("w:lang", val="en-US", eastAsia="zh-CN")
