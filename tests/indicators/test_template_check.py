"""The check of an office's own template knows figures, tables, charts and the units in the author's sight."""

import pytest

from indicators.template_check import template_problems
from tests import people


def told(session, member, source):
    return [(p.line, p.message) for p in template_problems(session, people.actor(session, member), source)]


@pytest.mark.parametrize(
    "source", ["", "〔期间〕〔接待来访批次〕批。\n〔表：处理结果〕\n〔图：内容分类〕", "云信〔2026〕3号"]
)
def test_what_can_be_written_has_no_problem(reading, source):
    assert told(reading, people.LIN, source) == []


def test_units_in_sight_are_known_by_either_name(reading):
    for name in ("县住建局", "安澜县住房和城乡建设局", "柳溪镇", "安澜县本级"):
        assert told(reading, people.WU, f"〔{name}·接待来访批次〕") == []
    assert told(reading, people.LIN, "〔上河村·接待来访批次〕") == []
    assert len(told(reading, people.LIN, "〔石门村·接待来访批次〕")) == 1


def test_problems_come_in_the_order_of_lines(reading):
    found = told(reading, people.LIN, "〔没有的〕\n〔\n〔表：没有的表〕")
    assert [line for line, _ in found] == [1, 2, 3]


def test_units_are_asked_for_only_where_one_is_named(both, reading, count_statements):
    actor = people.actor(reading, people.LIN)
    with count_statements(both) as statements:
        template_problems(reading, actor, "〔接待来访批次〕")
        assert len(statements) == 0
        template_problems(reading, actor, "〔上河村·接待来访批次〕〔下河村·接待来访批次〕")
    assert len(statements) == 1
