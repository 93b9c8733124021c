"""Each clock of 《信访工作条例》 with dates that a reader can count on a calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleViolation
from rules.time_limit_kinds import Pause
from rules.time_limits import NotInForce, limit_on, reckon
from rules.work_calendar import DayKind, SpecialDay, WorkCalendar
from tests.clocks import CALENDAR, LIMITS, YEARS, day, due

WHEN = date(2026, 3, 2)
LIMIT = {limit.key: limit for limit in LIMITS if limit.valid_from == date(2022, 5, 1)}
STARTS = st.dates(date(2022, 5, 1), date(2026, 6, 30))


def hearing(start, end=None):
    return Pause(day(start), day(end or start))


def refusal(*asked, **facts):
    with pytest.raises(RuleViolation) as refused:
        due(*asked, **facts)
    return refused.value.message, refused.value.field


@pytest.mark.parametrize(
    ("key", "start", "due_on", "legal_due_on"),
    [
        ("xfbm_dispatch", "2026-03-02", "2026-03-17", "2026-03-17"),
        ("xfbm_dispatch", "2026-01-31", "2026-02-15", "2026-02-24"),
        ("xfbm_dispatch", "2024-02-14", "2024-02-29", "2024-02-29"),
        ("xfbm_dispatch", "2024-02-15", "2024-03-01", "2024-03-01"),
        ("xfbm_dispatch", "2023-02-14", "2023-03-01", "2023-03-01"),
        ("xfbm_dispatch", "2026-09-16", "2026-10-01", "2026-10-08"),
        ("xfbm_dispatch", "2025-12-17", "2026-01-01", "2026-01-04"),
        ("county_dispatch", "2026-03-02", "2026-03-06", "2026-03-06"),
        ("direct_onspot", "2026-10-03", "2026-10-03", "2026-10-03"),
        ("direct_notice", "2026-08-31", "2026-09-15", "2026-09-15"),
        ("direct_notice", "2026-09-10", "2026-09-25", "2026-09-28"),
        ("xfr_notice", "2026-03-05", "2026-03-20", "2026-03-20"),
        ("objection", "2026-03-05", "2026-03-12", "2026-03-12"),
        ("objection", "2026-09-28", "2026-10-10", "2026-10-10"),
        ("objection", "2026-02-13", "2026-02-27", "2026-02-27"),
        ("objection", "2026-02-14", "2026-02-28", "2026-02-28"),
        ("objection", "2026-10-03", "2026-10-13", "2026-10-13"),
        ("objection", "2024-02-23", "2024-03-01", "2024-03-01"),
        ("handle", "2026-03-10", "2026-05-09", "2026-05-09"),
        ("handle", "2023-12-31", "2024-02-29", "2024-02-29"),
        ("handle", "2026-08-02", "2026-10-01", "2026-10-08"),
        ("fc_apply", "2026-05-08", "2026-06-07", "2026-06-08"),
        ("fc_decide", "2026-03-02", "2026-04-01", "2026-04-01"),
        ("fh_apply", "2026-01-31", "2026-03-02", "2026-03-02"),
        ("fh_decide", "2026-05-20", "2026-06-19", "2026-06-22"),
        ("suggest_reply", "2026-03-02", "2026-04-01", "2026-04-01"),
        ("handle", "2019-03-04", "2019-05-03", "2019-05-05"),
        ("xfr_notice", "2020-01-17", "2020-02-01", "2020-02-03"),
    ],
)
def test_the_start_day_is_not_counted_and_only_the_legal_date_rolls(key, start, due_on, legal_due_on):
    reckoned = due(key, start)
    assert (reckoned.due_on, reckoned.legal_due_on) == (day(due_on), day(legal_due_on))
    assert not reckoned.provisional and not reckoned.incomplete


def test_the_vectors_that_the_office_counts_by():
    assert due("xfbm_dispatch", "2026-03-02").due_on == day("2026-03-17")
    assert due("fc_decide", "2026-03-02").due_on == day("2026-04-01")
    extended = due("handle", "2026-03-10", extension_days=30, extension_approved_on=day("2026-05-08"))
    assert (extended.original_due_on, extended.due_on) == (day("2026-05-09"), day("2026-06-08"))
    served = due("fc_apply", "2026-05-08")
    assert (served.due_on, served.legal_due_on) == (day("2026-06-07"), day("2026-06-08"))
    assert due("objection", "2026-03-05").due_on == day("2026-03-12")


def test_29_february_2028_is_counted_without_its_calendar():
    reckoned = due("handle", "2027-12-31")
    assert (reckoned.due_on, reckoned.legal_due_on) == (day("2028-02-29"), None)
    assert due("xfbm_dispatch", "2028-02-15").due_on == day("2028-03-01")


class TestExtension:
    @pytest.mark.parametrize(
        ("approved", "due_on", "counts"),
        [
            ("2026-05-08", "2026-06-08", True),
            ("2026-05-09", "2026-05-09", False),
            ("2026-05-10", "2026-05-09", False),
            ("2026-07-01", "2026-05-09", False),
        ],
    )
    def test_it_counts_only_when_approved_before_the_original_day(self, approved, due_on, counts):
        reckoned = due("handle", "2026-03-10", extension_days=30, extension_approved_on=day(approved))
        assert (reckoned.due_on, reckoned.extension_counted) == (day(due_on), counts)
        assert reckoned.original_due_on == day("2026-05-09")

    def test_without_a_day_of_approval_it_does_not_count(self):
        reckoned = due("handle", "2026-03-10", extension_days=30)
        assert (reckoned.due_on, reckoned.extension_counted) == (day("2026-05-09"), False)
        assert reckoned.trace[1] == "延期 30 日没有批准日期，不改变限办日期。"

    def test_fewer_days_than_the_most_may_be_given(self):
        facts = {"extension_days": 10, "extension_approved_on": day("2026-05-01")}
        assert due("handle", "2026-03-10", **facts).due_on == day("2026-05-19")

    def test_the_trace_tells_a_late_one(self):
        on_the_day = due("handle", "2026-03-10", extension_days=30, extension_approved_on=day("2026-05-09"))
        after = due("handle", "2026-03-10", extension_days=30, extension_approved_on=day("2026-05-12"))
        assert on_the_day.trace[1] == (
            "延期 30 日在原限办日期 2026-05-09 当天才批准（2026-05-09），已晚，不改变限办日期。"
        )
        assert after.trace[1] == (
            "延期 30 日在原限办日期 2026-05-09 之后才批准（2026-05-12），已晚，不改变限办日期。"
        )

    @pytest.mark.parametrize("days", [31, -1])
    def test_more_than_the_most_is_refused(self, days):
        facts = {"extension_days": days, "extension_approved_on": day("2026-04-01")}
        message = f"延期最多 30 日，填的是 {days} 日。"
        assert refusal("handle", "2026-03-10", **facts) == (message, "extension_days")

    def test_other_limits_cannot_be_extended(self):
        asked = refusal("fc_decide", "2026-03-10", extension_days=5, extension_approved_on=WHEN)
        assert asked == ("“出具复查意见”的期限不能延长。", "extension_days")


class TestHearing:
    """收到复核申请 2026-04-01, 30 日: 2026-05-01 where nothing pauses."""

    @pytest.mark.parametrize(
        ("pauses", "due_on"),
        [
            ([], "2026-05-01"),
            ([hearing("2026-04-10")], "2026-05-02"),
            ([hearing("2026-04-11", "2026-04-12")], "2026-05-03"),
            ([hearing("2026-04-04", "2026-04-06")], "2026-05-04"),
            ([hearing("2026-05-01")], "2026-05-02"),
            ([hearing("2026-04-29", "2026-05-06")], "2026-05-09"),
            ([hearing("2026-05-02", "2026-05-03")], "2026-05-01"),
            ([hearing("2026-03-30", "2026-04-01")], "2026-05-01"),
            ([hearing("2026-03-30", "2026-04-02")], "2026-05-02"),
            ([hearing("2026-04-20"), hearing("2026-04-10"), hearing("2026-05-03")], "2026-05-04"),
            ([hearing("2026-04-10"), hearing("2026-04-11")], "2026-05-03"),
        ],
    )
    def test_its_days_are_left_out_once_weekends_and_holidays_too(self, pauses, due_on):
        assert due("fh_decide", "2026-04-01", pauses=pauses).due_on == day(due_on)

    def test_overlapping_ones_are_refused(self):
        pauses = [hearing("2026-04-12", "2026-04-14"), hearing("2026-04-10", "2026-04-12")]
        assert refusal("fh_decide", "2026-04-01", pauses=pauses) == (
            "听证 2026-04-12 与前一次（至 2026-04-12）重叠，同一天只能扣一次。",
            "pauses",
        )

    def test_one_that_ends_before_it_begins_is_refused(self):
        assert refusal("fh_decide", "2026-04-01", pauses=[hearing("2026-04-12", "2026-04-10")]) == (
            "听证的止日 2026-04-10 早于起日 2026-04-12。",
            "pauses",
        )

    @pytest.mark.parametrize("key", ["handle", "fc_decide", "xfbm_dispatch"])
    def test_no_other_limit_pauses(self, key):
        message, field = refusal(key, "2026-04-01", pauses=[hearing("2026-04-10")])
        assert field == "pauses" and message.endswith("只有复核可以。")

    def test_the_trace_tells_what_each_gave(self):
        pauses = [hearing("2026-04-29", "2026-05-06"), hearing("2026-05-20")]
        assert due("fh_decide", "2026-04-01", pauses=pauses).trace == (
            "收到复核申请 2026-04-01，《信访工作条例》第三十六条 30 日，起始日不计，应不晚于 2026-05-01 出具复核意见。",
            "听证 2026-04-29 至 2026-05-06，扣除 8 日，改为不晚于 2026-05-09。",
            "听证 2026-05-20，不在期限之内，不改变限办日期。",
        )

    def test_limits_of_working_days_would_lose_only_working_days(self):
        limit = replace(LIMIT["objection"], pauses=True)
        reckoned = reckon(limit, day("2026-03-05"), CALENDAR, pauses=[hearing("2026-03-07", "2026-03-09")])
        assert reckoned.due_on == day("2026-03-13")

    def test_a_hearing_that_only_an_extension_reaches_is_left_out_too(self):
        limit = replace(LIMIT["handle"], pauses=True)
        facts = {"extension_days": 30, "extension_approved_on": day("2026-05-08")}
        reckoned = reckon(limit, day("2026-03-10"), CALENDAR, pauses=[hearing("2026-06-01")], **facts)
        assert (reckoned.original_due_on, reckoned.due_on) == (day("2026-05-09"), day("2026-06-09"))


class TestGivenDate:
    def test_the_letter_gives_the_date_and_nothing_rolls(self):
        reckoned = due("jiaoban_feedback", "2026-04-01", set_for=day("2026-06-07"))
        assert reckoned.due_on == reckoned.legal_due_on == day("2026-06-07")
        assert reckoned.trace == (
            "交办 2026-04-01，《信访工作条例》第二十二条，按来文指定的期限，应不晚于 2026-06-07 反馈办理结果并提交办结报告。",
        )

    def test_it_must_be_given_and_not_before_the_letter(self):
        assert refusal("jiaoban_feedback", "2026-04-01") == ("请填写来文指定的办理期限。", "set_for")
        early = refusal("jiaoban_feedback", "2026-04-01", set_for=day("2026-03-31"))
        assert early == ("指定的期限 2026-03-31 早于交办的 2026-04-01。", "set_for")

    def test_other_limits_take_none(self):
        asked = refusal("handle", "2026-04-01", set_for=day("2026-04-02"))
        assert asked == ("“办结”的期限已有规定（60 日），不能另外指定日期。", "set_for")


class TestBeyondTheCalendar:
    def test_working_days_are_guessed_and_marked(self):
        reckoned = due("objection", "2026-12-28")
        assert (reckoned.due_on, reckoned.legal_due_on) == (day("2027-01-04"), None)
        assert reckoned.provisional and reckoned.incomplete
        assert "暂定：2027 年的节假日安排还没有导入，先按周一至周五估算，导入后重算。" in reckoned.trace

    def test_calendar_days_are_sure_only_the_legal_date_is_missing(self):
        reckoned = due("xfr_notice", "2026-12-20")
        assert (reckoned.due_on, reckoned.legal_due_on) == (day("2027-01-04"), None)
        assert reckoned.incomplete and not reckoned.provisional
        assert reckoned.trace[-1] == "2027 年的节假日安排还没有导入，法定届满日暂缺。"

    def test_without_any_calendar_everything_can_still_be_registered(self):
        assert due("objection", "2026-03-05", WorkCalendar()).due_on == day("2026-03-12")
        assert due("handle", "2026-03-10", WorkCalendar()).due_on == day("2026-05-09")
        assert due("direct_onspot", "2026-03-10", WorkCalendar()).legal_due_on == day("2026-03-10")

    def test_the_calendar_that_comes_settles_it(self):
        before = WorkCalendar((YEARS[2025],))
        assert due("objection", "2025-12-29", before).due_on == day("2026-01-05")
        settled = due("objection", "2025-12-29")
        assert (settled.due_on, settled.provisional) == (day("2026-01-06"), False)


class TestTrace:
    def test_one_line_where_nothing_moves_the_date(self):
        assert due("xfbm_dispatch", "2026-03-02").trace == (
            "信访部门收到 2026-03-02，《信访工作条例》第二十二条 15 日，起始日不计，应不晚于 2026-03-17 转送或交办。",
        )

    def test_working_days_name_the_holidays_on_the_way_and_their_notice(self):
        assert due("objection", "2026-09-28").trace == (
            "责任单位收到 2026-09-28，《信访工作条例》第二十三条第三款 5 个工作日，起始日不计，应不晚于 2026-10-10 提出异议并说明理由。",
            "2026-10-01 至 2026-10-07 国庆节放假，不计（国办发明电〔2025〕7号）。",
            "2026-10-10 国庆节调休上班，计入（国办发明电〔2025〕7号）。",
        )

    def test_a_roll_says_why_and_which_date_holds(self):
        assert due("fh_decide", "2026-05-20").trace[-1] == (
            "2026-06-19 是端午节假期，按民法典第二百零三条，法定届满日为 2026-06-22；考核仍以 2026-06-19 为准。"
        )

    def test_a_petitioner_may_still_apply_on_the_rolled_day(self):
        assert due("fc_apply", "2026-05-08").trace[-1] == (
            "2026-06-07 是星期日，按民法典第二百零三条，法定届满日为 2026-06-08；信访人当日申请复查不算逾期。"
        )

    def test_an_extension_in_time_is_told(self):
        reckoned = due("handle", "2026-03-10", extension_days=30, extension_approved_on=day("2026-05-08"))
        assert reckoned.trace == (
            "受理 2026-03-10，《信访工作条例》第三十四条 60 日，起始日不计，应不晚于 2026-05-09 办结。",
            "延期 30 日于 2026-05-08 批准，早于原限办日期 2026-05-09，改为不晚于 2026-06-08。",
        )

    def test_on_the_spot(self):
        assert due("direct_onspot", "2026-10-03").trace == (
            "责任单位收到 2026-10-03，《信访工作条例》第二十三条第二款，应当场书面告知。",
        )

    def test_days_of_one_festival_that_do_not_touch_stand_apart(self):
        notice = "国办发明电〔2026〕1号"
        worked = [SpecialDay(day(d), DayKind.WORK, "春节", notice) for d in ("2026-03-07", "2026-03-14")]
        calendar = WorkCalendar((replace(YEARS[2026], days=(*YEARS[2026].days, *worked)),))
        reckoned = reckon(replace(LIMIT["objection"], days=8), day("2026-03-05"), calendar)
        assert reckoned.due_on == day("2026-03-14")
        assert reckoned.trace[1:] == (
            f"2026-03-07 春节调休上班，计入（{notice}）。",
            f"2026-03-14 春节调休上班，计入（{notice}）。",
        )


def test_a_limit_may_count_the_start_day():
    limit = replace(LIMIT["xfbm_dispatch"], counts_start_day=True)
    reckoned = reckon(limit, WHEN, CALENDAR)
    assert reckoned.due_on == day("2026-03-16")
    assert "15 日，起始日计入，应不晚于 2026-03-16" in reckoned.trace[0]
    assert reckon(
        replace(LIMIT["objection"], counts_start_day=True), day("2026-03-05"), CALENDAR
    ).due_on == day("2026-03-11")


class TestVersions:
    def test_the_version_in_force_on_the_start_day_is_taken(self):
        assert limit_on(LIMITS, "handle", day("2022-04-30")).article == "《信访条例》第三十三条"
        assert limit_on(LIMITS, "handle", day("2022-05-01")).article == "《信访工作条例》第三十四条"
        assert due("handle", "2022-04-30").limit_valid_from == day("2005-05-01")

    def test_a_later_version_leaves_earlier_starts_alone(self):
        shorter = replace(LIMIT["suggest_reply"], days=20, valid_from=day("2026-07-01"))
        limits = (shorter, *LIMITS)
        assert limit_on(limits, "suggest_reply", day("2026-06-30")).days == 30
        assert limit_on(limits, "suggest_reply", day("2026-07-01")).days == 20

    @pytest.mark.parametrize(
        ("key", "start"), [("objection", "2022-04-30"), ("handle", "2005-04-30"), ("nothing", "2026-03-02")]
    )
    def test_where_none_is_in_force_it_says_so(self, key, start):
        with pytest.raises(NotInForce) as refused:
            limit_on(LIMITS, key, day(start))
        assert refused.value.message == f"{start} 还没有规定这项时限（{key}）。"


@given(start=STARTS, days=st.integers(1, 90), more=st.integers(1, 30))
def test_more_days_are_never_due_earlier(start, days, more):
    for key in ("handle", "objection"):
        short = reckon(replace(LIMIT[key], days=days), start, CALENDAR)
        long = reckon(replace(LIMIT[key], days=days + more), start, CALENDAR)
        assert short.due_on < long.due_on


@given(start=STARTS, key=st.sampled_from(["xfbm_dispatch", "objection", "handle", "fc_apply", "fh_decide"]))
def test_the_legal_date_is_worked_and_never_before_the_due_date(start, key):
    reckoned = reckon(LIMIT[key], start, CALENDAR)
    assert reckoned.due_on <= reckoned.legal_due_on
    assert CALENDAR.is_working_day(reckoned.legal_due_on)


@given(start=STARTS, gaps=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=5))
def test_each_paused_day_is_credited_once(start, gaps):
    """The due day is the thirtieth after the start that lies in no pause, counted one by one."""
    pauses, at = [], start
    for gap, length in gaps:
        first = at + timedelta(days=gap + 1)
        pauses.append(Pause(first, first + timedelta(days=length - 1)))
        at = pauses[-1].end
    paused = {p.start + timedelta(days=n) for p in pauses for n in range(p.days)}
    walked, counted = start, 0
    while counted < 30:
        walked += timedelta(days=1)
        counted += walked not in paused
    assert reckon(LIMIT["fh_decide"], start, CALENDAR, pauses=pauses).due_on == walked


@given(start=STARTS, approved=st.integers(-5, 100), days=st.integers(1, 30))
def test_an_extension_counts_before_the_day_and_never_shortens(start, approved, days):
    reckoned = reckon(
        LIMIT["handle"],
        start,
        CALENDAR,
        extension_days=days,
        extension_approved_on=start + timedelta(days=approved),
    )
    assert reckoned.extension_counted is (approved < 60)
    assert reckoned.due_on == start + timedelta(days=60 + (days if approved < 60 else 0))
