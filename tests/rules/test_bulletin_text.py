"""The source of a bulletin: tokens read, problems told, names checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.bulletin_names import Vocabulary, name_problems
from rules.bulletin_text import Aspect, ChartToken, FigureToken, TableToken, Word, WordToken, parse

TEXT = "全县共接待群众来访〔接待来访批次〕批〔接待来访人次〕人次，批次同比〔接待来访批次:同比〕。"


def only(text):
    (line,) = parse(text).lines
    return line.parts


def messages(text):
    return [str(p) for p in parse(text).problems]


def test_a_line_is_literal_text_and_tokens():
    assert only(TEXT) == (
        "全县共接待群众来访",
        FigureToken("接待来访批次"),
        "批",
        FigureToken("接待来访人次"),
        "人次，批次同比",
        FigureToken("接待来访批次", Aspect.YOY),
        "。",
    )


@pytest.mark.parametrize(
    ("written", "token"),
    [
        ("〔集体访批次：环比〕", FigureToken("集体访批次", Aspect.MOM)),
        ("〔 集体访批次 ： 上期 〕", FigureToken("集体访批次", Aspect.PREVIOUS)),
        ("〔集体访批次:上年同期〕", FigureToken("集体访批次", Aspect.YEAR_BEFORE)),
        ("〔集体访批次:数值〕", FigureToken("集体访批次")),
        ("〔柳溪镇·集体访批次：同比〕", FigureToken("集体访批次", Aspect.YOY, "柳溪镇")),
        ("〔柳溪镇・集体访批次〕", FigureToken("集体访批次", unit="柳溪镇")),
        ("〔期间〕", WordToken(Word.PERIOD)),
        ("〔上年同期〕", WordToken(Word.YEAR_BEFORE)),
        ("〔表:内容分类〕", TableToken("内容分类")),
        ("〔图：接待来访趋势〕", ChartToken("接待来访趋势")),
    ],
)
def test_what_tokens_mean(written, token):
    assert only(written) == (token,)
    assert not messages(written)


@pytest.mark.parametrize("text", ["云信〔2026〕3号文件", "云信〔 ２０２６ 〕3号", "按[甲]、［乙］办理"])
def test_what_is_no_token(text):
    assert only(text) == (text,)
    assert not messages(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("好\n接待〔接待来访批次批", "第2行：“〔接待来访批次批”里的〔没有对应的〕。"),
        ("接待来访批次〕批", "第1行：“接待来访批次〕”里的〕前面没有对应的〔。"),
        ("〔 〕", "第1行：〔〕里面是空的，请写指标名称。"),
        (
            "〔集体访批次：同笔〕",
            "第1行：看不懂“：同笔”。是不是“同比”？冒号后面可写数值、同比、环比、上期、上年同期。",
        ),
        ("〔期间：同比〕", "第1行：〔期间〕后面不能再写“：同比”。"),
        ("〔·集体访批次〕", "第1行：“·集体访批次”没有写全，应写成〔指标名称〕或〔单位简称·指标名称〕。"),
        ("〔表：〕", "第1行：〔表：〕后面没有写表的名称。"),
        ("见〔表：内容分类〕", "第1行：表和图要单独占一行，同一行里不要写别的。"),
        (
            "同比上升〔集体访批次:同比〕",
            "第1行：〔集体访批次：同比〕会自己写出上升、下降或持平，前面的“上升”请去掉。",
        ),
        (
            "同比〔集体访批次:同比〕%",
            "第1行：〔集体访批次：同比〕会自己带上百分号或百分点，后面的“%”请去掉。",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, told):
    assert messages(text) == [told]


def test_all_problems_are_told_and_their_lines_stay_readable():
    parsed = parse("〔集体访批次：同〕批\n〔〕\n〔表：甲〕乙")
    assert [p.line for p in parsed.problems] == [1, 2, 3]
    assert [line.parts for line in parsed.lines] == [("〔集体访批次：同〕批",), ("〔〕",), ("〔表：甲〕乙",)]


KNOWN = Vocabulary(
    figures=("接待来访批次", "接待来访人次", "集体访批次"),
    units=("柳溪镇", "白石乡"),
    tables=("内容分类",),
    charts=("接待来访趋势",),
)


def unknown(text):
    return [str(p) for p in name_problems(parse(text), KNOWN)]


def test_unknown_names_are_told_with_near_ones():
    assert unknown("〔集体访批〕\n\n〔柳西镇·集体访批次〕\n〔表：内容分布〕\n〔图：趋势〕") == [
        "第1行：〔集体访批〕：没有“集体访批”这项指标。是不是“集体访批次”？",
        "第3行：〔柳西镇·集体访批次〕：“柳西镇”不是本单位，也不是直属下级单位。是不是“柳溪镇”？",
        "第4行：〔表：内容分布〕：没有名为“内容分布”的表。是不是“内容分类”？",
        "第5行：〔图：趋势〕：没有名为“趋势”的图。是不是“接待来访趋势”？",
    ]


def test_a_table_asked_for_as_a_figure_is_understood():
    assert unknown("〔内容分类〕") == [
        "第1行：〔内容分类〕：没有“内容分类”这项指标。要插入表请写〔表：内容分类〕。"
    ]


def test_known_names_are_no_problem():
    assert not unknown("〔柳溪镇·集体访批次〕〔期间〕\n〔表：内容分类〕\n〔图：接待来访趋势〕")


PIECES = st.sampled_from([*"〔〕:：·\n 表图%甲乙", "同比", "期间", "上升", "2026", "〔期间〕", "〔表：甲〕"])
SOURCES = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)


@given(SOURCES)
def test_any_text_can_be_read_and_its_canonical_form_reads_the_same(text):
    parsed = parse(text)
    again = parse(str(parsed))
    assert again.lines == parsed.lines
    assert str(again) == str(parsed)
    assert len(again.problems) == len(parsed.problems)


TOKENS = st.one_of(
    st.builds(
        FigureToken,
        st.sampled_from(["甲", "集体访批次"]),
        st.sampled_from(Aspect),
        st.sampled_from(["", "柳溪镇"]),
    ),
    st.builds(WordToken, st.sampled_from(Word)),
    st.builds(TableToken, st.just("甲")),
    st.builds(ChartToken, st.just("甲")),
)


@given(TOKENS)
def test_a_token_written_is_read_again(token):
    assert only(str(token)) == (token,)
