"""办理倒查: each step on time, late, missing or not due yet, by literal days."""

from datetime import date

from rules.look_back_rules import (
    ClockFact,
    MatterFacts,
    as_rows,
    fell_short,
    from_rows,
    grounds_of,
    look_back,
)
from rules.supervision_words import Ground

TODAY = date(2026, 7, 15)


def facts(*clocks, **more):
    given = {
        "received_on": date(2026, 7, 1), "registered_on": date(2026, 7, 1), "registered_by": "县信访局",
        "clocks": clocks, "handled_by": "柳溪镇",
    }  # fmt: skip
    return MatterFacts(**given | more)


def lines(*clocks, **more):
    return [(f.step, f.due_on, f.day, f.label) for f in look_back(facts(*clocks, **more), TODAY)][2:]


def test_forwarded_in_time_told_too_late_not_yet_concluded():
    assert lines(
        ClockFact("xfbm_dispatch", "县信访局", date(2026, 7, 16), date(2026, 7, 3)),
        ClockFact("xfr_notice", "柳溪镇", date(2026, 7, 10), date(2026, 7, 12)),
        ClockFact("handle", "柳溪镇", date(2026, 9, 10)),
        signed_on=date(2026, 7, 4),
    ) == [
        ("转送、交办（第二十二条）", "2026-07-16", "2026-07-03", "按期"),
        ("签收", "", "2026-07-04", "已办"),
        ("告知（第二十三条第三款）", "2026-07-10", "2026-07-12", "逾期完成"),
        ("办结（第三十四条）", "2026-09-10", "", "未到期"),
    ]


def test_what_is_not_done_by_its_day_is_missing_and_what_is_due_today_is_not():
    assert [line[-1] for line in lines(ClockFact("handle", "柳溪镇", date(2026, 7, 14)))] == ["逾期未完成"]
    assert [line[-1] for line in lines(ClockFact("handle", "柳溪镇", TODAY))] == ["未到期"]


def test_rights_of_the_petitioner_and_clocks_that_fell_away_judge_nobody():
    assert (
        lines(
            ClockFact("fc_apply", "", date(2026, 7, 2)),
            ClockFact("objection", "柳溪镇", date(2026, 7, 9)),
            ClockFact("handle", "柳溪镇", date(2026, 7, 9), ended_on=date(2026, 7, 8)),
        )
        == []
    )


def test_an_objection_after_its_five_working_days_fell_short():
    late = look_back(facts(ClockFact("objection", "柳溪镇", date(2026, 7, 9), date(2026, 7, 13))), TODAY)
    assert grounds_of(late) == [Ground.LATE_OBJECTION]


def test_a_reply_that_was_never_served_fell_short_and_one_not_yet_executed_did_not():
    found = look_back(facts(must_be_served=True, must_be_executed=True), TODAY)
    assert [(f.step, f.label) for f in found[2:]] == [
        ("送达答复", "未办"),
        ("执行处理意见（第三十二条）", "未办"),
    ]
    assert grounds_of(found) == [Ground.NOT_SERVED]


def test_where_nothing_fell_short_nothing_is_proposed():
    found = look_back(facts(ClockFact("handle", "柳溪镇", date(2026, 9, 1), date(2026, 7, 9))), TODAY)
    assert not fell_short(found)
    assert grounds_of(found) == []


def test_kept_lines_read_back_as_they_were():
    found = look_back(facts(ClockFact("handle", "柳溪镇", date(2026, 7, 9), date(2026, 7, 13))), TODAY)
    assert from_rows(as_rows(found)) == found
