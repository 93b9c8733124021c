"""What stands outside the text on every page: its number, and 草稿 on a draft."""

from documents.official.word.elements import Element, field, run
from documents.official.word.layout import Align, Layout, paragraph
from documents.official.word.measures import SMALL_TYPE
from documents.official.word.turned_page import turned_number

DRAFT = "草稿"


def header_line(is_draft: bool) -> Element:
    return paragraph("header", DRAFT if is_draft else "")


def upright_footer(align: Align) -> Element:
    """— 1 — in 4号 半角宋体 (7.5): odd pages one character from the right edge, even ones from the left."""
    side = Layout(align=align, right=SMALL_TYPE) if align == "right" else Layout(align=align, left=SMALL_TYPE)
    return paragraph("footer", *_number(), layout=side)


def turned_footer(align: Align) -> Element:
    number = paragraph("footer", *_number(), layout=Layout(align=align))
    return paragraph("footer", turned_number(number, align))


def no_number() -> Element:
    return paragraph("footer")


def _number() -> list[Element]:
    return [run("— "), *field("PAGE"), run(" —")]
