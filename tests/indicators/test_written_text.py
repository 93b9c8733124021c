"""Written text as JSON, compared with another, and searched for typed numbers."""

import json

import pytest

from indicators.changed_figures import ChangedFigure, changed_figures
from indicators.number_guard import unmatched_numbers
from indicators.picker import insertables
from indicators.written_json import from_json, to_json
from tests import factories

TEXT = "\n".join(
    [
        "一、总体情况",
        "共接待〔接待来访批次〕批，同比〔接待来访批次：同比〕，柳溪镇〔柳溪镇·接待来访批次〕批。",
        *(i.token for i in (*insertables().tables, *insertables().charts)),
    ]
)


def test_json_and_back_is_the_same(quoted):
    written = quoted("AL", TEXT).written
    assert from_json(to_json(written)) == written
    assert to_json(from_json(to_json(written))) == to_json(written)


def test_the_same_text_is_the_same_string(quoted):
    first, second = (to_json(quoted("AL", TEXT).written) for _ in range(2))
    assert first == second
    assert list(json.loads(first)) == sorted(json.loads(first))
    assert '"text":"5"' in first


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="unknown format"):
        from_json('{"format":99}')


def test_what_changed_is_told_once_with_its_name(july, quoted):
    text = "〔接待来访批次〕批，即〔接待来访批次〕批，同比〔接待来访批次：同比〕；〔白石乡·接待来访人次〕人次，〔领导接访人次〕"
    text += "\n〔表：各单位情况〕"
    before = quoted("AL", text).written
    with factories.plain_session() as plain:
        factories.visit(plain, "AL22", persons=4, representatives=1, names=())
        plain.commit()
    july.rollback()
    assert changed_figures(before, quoted("AL", text).written) == (
        ChangedFigure("接待来访批次", "5", "6"),
        ChangedFigure("接待来访批次（同比）", "上升400.0%", "上升500.0%"),
        ChangedFigure("白石乡·接待来访人次", "5", "9"),
        ChangedFigure("白石乡·接待来访批次", "1", "2"),
    )


def test_nothing_changed_is_nothing(quoted):
    written = quoted("AL", TEXT).written
    assert changed_figures(written, written) == ()


def test_a_figure_of_one_text_only_stands_beside_nothing(quoted):
    old, new = quoted("AL", "〔重访批次〕").written, quoted("AL", "〔集体访批次〕").written
    assert changed_figures(old, new) == (
        ChangedFigure("集体访批次", "", "2"),
        ChangedFigure("重访批次", "2", ""),
    )


def test_a_typed_number_that_equals_no_figure_is_found(quoted):
    text = "7月共接待〔接待来访批次〕批，其中8批为集体访，23人次；人次为〔接待来访人次〕，同比上升400%\n另有400.0%"
    found = unmatched_numbers(quoted("AL", f"{text}〔接待来访批次：同比〕").written)
    assert [(u.line, u.number.text) for u in found] == [(1, "8"), (1, "400%")]
    assert found[0].number.start == len("7月共接待5批，其中")


def test_a_number_of_a_table_is_a_figure_of_the_bulletin(quoted):
    assert not unmatched_numbers(quoted("AL", "其中16人次\n〔表：各单位情况〕").written)
