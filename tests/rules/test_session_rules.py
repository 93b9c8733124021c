"""Village sessions and leaders' receptions. 2021-07-21 is a Wednesday."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.session_rules import (
    LeaderReceptionValues,
    SessionValues,
    check_leader_reception,
    check_session,
    nearest_weekday,
)
from rules.taxonomy import SessionMode

TODAY = date(2021, 7, 31)
QUIET = SessionValues(date(2021, 7, 21), SessionMode.CHECK)
BUSY = SessionValues(
    date(2021, 7, 21),
    SessionMode.VISITORS,
    batches=4,
    persons=7,
    solved_batches=2,
    solved_persons=4,
    committed_batches=1,
    committed_persons=1,
    escalated_batches=1,
    escalated_persons=2,
)


def problems(values, **options):
    return [(v.field, v.message) for v in check_session(values, TODAY, **options)]


def test_a_session_without_visitors_and_one_with_them_may_stand():
    assert problems(QUIET) == []
    assert problems(BUSY) == []


def test_the_published_year_adds_up():
    year = SessionValues(date(2021, 7, 21), SessionMode.VISITORS, 1489, 2395, 1360, 2160, 123, 208, 6, 27)
    assert problems(year) == []


def test_parts_that_do_not_add_up_say_by_how_much():
    assert problems(replace(BUSY, escalated_batches=0, escalated_persons=0)) == [
        ("batches", "三项去向合计 3 批，与总批次 4 批相差 1 批。"),
        ("persons", "三项去向合计 5 人，与总人次 7 人相差 2 人。"),
    ]


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        (replace(QUIET, session_date=None), "session_date", "请填写接访日期。"),
        (
            replace(QUIET, session_date=date(2021, 8, 4)),
            "session_date",
            "接访日期 2021-08-04 晚于今天 2021-07-31。",
        ),
        (
            replace(QUIET, session_date=date(2021, 7, 22)),
            "session_date",
            "村级接访日是星期三，2021-07-22 是星期四；最近的星期三是 2021-07-21。",
        ),
        (replace(QUIET, mode=None), "mode", "请选择接访方式。"),
        (replace(QUIET, mode=SessionMode.VISITORS), "batches", "方式为有访接访时，批次至少为 1。"),
        (
            replace(BUSY, solved_persons=1, committed_persons=4),
            "solved_persons",
            "现场解决人次 1 少于现场解决批次 2。",
        ),
        (
            replace(BUSY, solved_batches=3, committed_batches=0),
            "committed_persons",
            "限期化解批次为 0，限期化解人次却是 1。",
        ),
        (
            replace(BUSY, solved_batches=4, escalated_batches=-1),
            "escalated_batches",
            "梳理上报批次不能是负数。",
        ),
    ],
)
def test_one_mistake_gives_one_refusal_at_its_field(values, field, message):
    assert problems(values) == [(field, message)]


def test_other_modes_may_count_matters_too():
    assert problems(replace(BUSY, mode=SessionMode.CASE_TALK)) == []


def test_an_office_may_choose_another_day_or_any():
    thursday = replace(QUIET, session_date=date(2021, 7, 22))
    assert problems(thursday, weekday=3) == []
    assert problems(thursday, weekday=None) == []


@given(st.dates(date(1990, 1, 8), date(2099, 12, 31)), st.integers(0, 6))
def test_the_nearest_day_is_at_most_three_days_off(day, weekday):
    nearest = nearest_weekday(day, weekday)
    assert nearest.weekday() == weekday
    assert abs(nearest - day) <= timedelta(days=3)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50)), min_size=3, max_size=3))
def test_whatever_adds_up_is_accepted_and_one_more_is_not(parts):
    (sb, sx), (cb, cx), (eb, ex) = parts
    persons = (sb + sx, cb + cx, eb + ex)
    values = SessionValues(
        date(2021, 7, 21),
        SessionMode.VISITORS,
        sb + cb + eb,
        sum(persons),
        sb,
        persons[0],
        cb,
        persons[1],
        eb,
        persons[2],
    )
    assert problems(values) == []
    assert [field for field, _ in problems(replace(values, persons=values.persons + 1))] == ["persons"]


def test_a_leader_reception():
    good = LeaderReceptionValues(date(2021, 7, 8), batches=6, persons=8, solved=9)
    assert check_leader_reception(good, TODAY) == []
    assert check_leader_reception(LeaderReceptionValues(date(2021, 7, 8)), TODAY) == []
    bad = LeaderReceptionValues(date(2021, 8, 8), batches=6, persons=5, solved=-1)
    assert [(v.field, v.message) for v in check_leader_reception(bad, TODAY)] == [
        ("reception_date", "接访日期 2021-08-08 晚于今天 2021-07-31。"),
        ("persons", "总人次 5 少于总批次 6。"),
        ("solved", "解决件数不能是负数。"),
    ]
