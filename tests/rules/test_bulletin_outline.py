"""Plain lines as headings and paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.bulletin_outline import Outlined, attachment_name, outlined


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、总体情况", 1),
        ("十二、下一步工作", 1),
        ("（一）接待来访", 2),
        ("(二)村级接访", 2),
        ("1.柳溪镇", 3),
        ("2．白石乡", 3),
        ("（3）上河村", 4),
        ("一、2026年7月接待来访情况", 1),
    ],
)
def test_a_heading_alone_on_its_line(line, level):
    assert outlined(line) == Outlined(level, line, "")
    assert outlined(line).stands_alone


def test_a_heading_that_runs_into_its_paragraph():
    assert outlined("（一）提高认识，压实责任。各单位要高度重视。不得推诿。") == Outlined(
        2, "（一）提高认识，压实责任。", "各单位要高度重视。不得推诿。"
    )


@pytest.mark.parametrize(
    "line",
    [
        "全县共接待来访2901批。",
        "1.柳溪镇应开12场，实开10场。",
        "（一）集体访2批。其中柳溪镇1批。",
        "3.5%的来访为重访",
        "一是要提高认识。二是要压实责任。",
        "一、" + "长" * 60,
        "一、",
        "（一）存在以下问题：",
        "",
    ],
)
def test_a_plain_paragraph(line):
    assert outlined(line) == Outlined(0, "", line)


@given(st.text(alphabet="一二（）()、.1９。；甲乙，", max_size=50))
def test_nothing_is_lost(line):
    found = outlined(line)
    assert found.lead + found.text == line


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("附件：各乡镇（街道）村级接访情况表", "各乡镇（街道）村级接访情况表"),
        ("附件1：1.各乡镇（街道）村级接访情况表。", "各乡镇（街道）村级接访情况表"),
        ("附件2: 内容分类情况", "内容分类情况"),
        ("附件所列单位要认真整改。", ""),
        ("各单位情况见附件：情况表", ""),
        ("附件：", ""),
    ],
)
def test_a_line_that_names_an_attachment_begins_it(line, name):
    assert attachment_name(line) == name
