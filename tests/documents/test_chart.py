"""Charts: plain pictures with every figure in them."""

import base64
import re
from decimal import Decimal
from xml.etree import ElementTree

import pypdfium2
import pytest
import weasyprint

from documents.chart import COLOURS, bar_chart, line_chart

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ["1月", "2月", "3月", "4月"]
YEARS = [("2021年", [212, 180, None, 241]), ("2020年", [150, 90, 120, 160])]
UNITS = ["安乐镇", "柳溪镇", "城关街道"]


def lines():
    return line_chart("每月接待批次", MONTHS, YEARS, "批")


def bars():
    return bar_chart("按期答复率", UNITS, [("本月", [Decimal("98.11"), None, 0])], "%")


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("draw", [lines, bars])
def test_a_chart_holds_nothing_that_the_content_policy_forbids(draw):
    svg = draw().decode()
    names = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()}
    assert names <= {"svg", "g", "rect", "path", "circle", "text", "title", "desc"}
    assert not re.search(r"\s(on\w+|style|class|id|href)=", svg)
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert "@import" not in svg and "url(" not in svg


@pytest.mark.parametrize("draw", [lines, bars])
def test_the_same_figures_give_the_same_bytes(draw):
    assert draw() == draw()


def test_a_chart_is_titled_and_told_in_words():
    root = ElementTree.fromstring(lines())
    assert root.get("role") == "img"
    assert [root[0].tag, root[0].text] == [f"{SVG}title", "每月接待批次"]
    assert root[1].text == (
        "单位：批。2021年：1月 212，2月 180，3月 无数据，4月 241；2020年：1月 150，2月 90，3月 120，4月 160。"
    )


def test_the_figures_the_labels_and_the_unit_are_printed():
    shown = texts(lines())
    assert "每月接待批次（批）" in shown
    assert {"1月", "4月", "212", "160", "2021年（实线）", "2020年（虚线）"} <= set(shown)
    assert {"安乐镇", "城关街道", "98.11", "0", "按期答复率（%）"} <= set(texts(bars()))


def shapes_of_series(svg, colour, shape):
    groups = [g for g in ElementTree.fromstring(svg).iter(f"{SVG}g") if g.get("fill") == colour]
    return [element for group in groups for element in group.iter(f"{SVG}{shape}")]


def test_a_missing_figure_is_a_gap_and_not_a_zero():
    strokes = " ".join(path.get("d") for path in shapes_of_series(lines(), COLOURS[0], "path"))
    assert len(re.findall(r"[\d.]+,[\d.]+|[\d.]+ [\d.]+", strokes)) == 2  # 1月 to 2月; 4月 is a dot alone
    assert len(shapes_of_series(lines(), COLOURS[0], "circle")) == 3
    assert len(shapes_of_series(lines(), COLOURS[1], "circle")) == 4
    assert len(shapes_of_series(bars(), COLOURS[0], "rect")) == 2


def test_series_are_told_apart_without_colour():
    dashes = [
        group.get("stroke-dasharray") or path.get("stroke-dasharray")
        for group in ElementTree.fromstring(lines()).iter(f"{SVG}g")
        for path in group.findall(f"{SVG}path")
        if group.get("fill") in COLOURS
    ]
    assert set(dashes) == {"none", "8,4"}


def test_many_units_lie_down_and_stay_in_their_order():
    names = [f"第{n}镇" for n in range(1, 23)]
    root = ElementTree.fromstring(bar_chart("上报批次", names, [("本月", list(range(22)))], "批"))
    heights = {t.text: float(t.get("y")) for t in root.iter(f"{SVG}text") if t.text in names}
    assert sorted(names, key=heights.__getitem__) == names


def test_nothing_to_show_is_said():
    assert "暂无数据" in texts(line_chart("每月接待批次", MONTHS, [("2021年", [None] * 4)], "批"))


def test_a_figure_without_its_label_is_never_dropped():
    with pytest.raises(ValueError, match="3 values for 4 labels"):
        line_chart("每月接待批次", MONTHS, [("2021年", [1, 2, 3])], "批")
    with pytest.raises(ValueError, match="one to 6 series"):
        bar_chart("每月接待批次", MONTHS, [], "批")


def test_a_title_cannot_break_out_of_the_picture():
    svg = line_chart("<script>&", MONTHS, [("<b>", [1, 2, 3, 4])], "批")
    assert ElementTree.fromstring(svg)[0].text == "<script>&"


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_stands_out_on_white(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_the_printed_page_shows_it():
    picture = base64.b64encode(lines()).decode()
    page = weasyprint.HTML(string=f'<img alt="" src="data:image/svg+xml;base64,{picture}">').write_pdf()
    with pypdfium2.PdfDocument(page) as pdf:
        assert "212" in pdf[0].get_textpage().get_text_range()
