"""What a row of 来访登记 must satisfy."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.taxonomy import Outcome, Purpose, VisitKind
from rules.visit_rules import VisitValues, check_visit, default_representatives, is_group_visit

TODAY = date(2026, 3, 10)
PLAIN = VisitValues(
    visit_date=date(2026, 3, 9),
    persons=1,
    visit_kind=VisitKind.FIRST,
    category="0405",
    purpose=Purpose.REQUEST,
    content="反映建筑工地拖欠工资。",
    outcome=Outcome.EXPLAINED,
)


def problems(**changes):
    return [(v.field, v.message) for v in check_visit(replace(PLAIN, **changes), TODAY)]


def test_a_plain_visit_may_stand():
    assert problems() == []


def test_a_group_visit_with_everything_filled_in_may_stand():
    assert (
        problems(
            persons=12,
            representatives=5,
            involved_persons=40,
            outcome=Outcome.COMMITTED,
            responsible_unit="ZJJ",
            due_date=date(2026, 4, 9),
            names=["张三", "李四"],
        )
        == []
    )


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"visit_date": None}, "visit_date", "请填写来访日期。"),
        ({"visit_date": date(2026, 3, 11)}, "visit_date", "来访日期 2026-03-11 晚于今天 2026-03-10。"),
        ({"visit_date": date(1989, 12, 31)}, "visit_date", "来访日期 1989-12-31 早于 1990 年，请核对。"),
        ({"persons": None}, "persons", "请填写来访人数。"),
        ({"persons": 0}, "persons", "来访人数应在 1 到 9999 之间，填的是 0。"),
        ({"persons": 10000}, "persons", "来访人数应在 1 到 9999 之间，填的是 10000。"),
        ({"representatives": 0}, "representatives", "代表人数至少为 1。"),
        ({"persons": 2, "representatives": 3}, "representatives", "代表人数 3 多于来访人数 2。"),
        (
            {"persons": 12, "representatives": 6},
            "representatives",
            "集体访代表不得超过 5 人（《信访工作条例》第二十条），填的是 6。",
        ),
        ({"persons": 3, "involved_persons": 2}, "involved_persons", "涉及人数 2 少于来访人数 3。"),
        ({"visit_kind": None}, "visit_kind", "请选择初访或重访。"),
        ({"category": ""}, "category", "请选择内容分类。"),
        ({"purpose": None}, "purpose", "请选择信访目的。"),
        ({"content": " \n"}, "content", "请填写反映内容。"),
        ({"content": "字" * 2001}, "content", "反映内容最多 2000 字，现有 2001 字。"),
        ({"outcome": None}, "outcome", "请选择处理结果。"),
        ({"outcome": Outcome.FORWARDED}, "responsible_unit", "处理结果为转送办理时，请填写责任单位。"),
        (
            {"outcome": Outcome.COMMITTED, "responsible_unit": "ZJJ"},
            "due_date",
            "处理结果为限期化解时，请填写限办日期。",
        ),
        (
            {"outcome": Outcome.COMMITTED, "due_date": date(2026, 4, 9)},
            "responsible_unit",
            "处理结果为限期化解时，请填写责任单位。",
        ),
        ({"due_date": date(2026, 3, 8)}, "due_date", "限办日期 2026-03-08 早于来访日期 2026-03-09。"),
        ({"names": ["甲"] * 6}, "names", "最多登记 5 名联系人，现有 6 名。"),
        ({"names": ["甲" * 61]}, "names", "姓名（名称）最多 60 字。"),
    ],
)
def test_one_mistake_gives_one_refusal_at_its_field(changes, field, message):
    assert problems(**changes) == [(field, message)]


def test_all_refusals_come_at_once():
    fields = [
        field for field, _ in problems(visit_date=None, persons=0, content="", outcome=Outcome.COMMITTED)
    ]
    assert fields == ["visit_date", "persons", "content", "responsible_unit", "due_date"]


def test_the_limits_themselves_are_allowed():
    assert problems(visit_date=TODAY, persons=9999, representatives=5, content="字" * 2000) == []
    assert problems(due_date=date(2026, 3, 9)) == []


def test_five_persons_are_a_group_unless_the_office_says_otherwise():
    assert [is_group_visit(n) for n in (4, 5)] == [False, True]
    assert not is_group_visit(5, group_threshold=6)


def test_a_group_is_represented_by_at_most_five():
    assert [default_representatives(n) for n in (1, 4, 5, 300)] == [1, 4, 5, 5]


@given(st.integers(1, 9999))
def test_the_default_representatives_are_never_refused(persons):
    assert problems(persons=persons, representatives=default_representatives(persons)) == []
