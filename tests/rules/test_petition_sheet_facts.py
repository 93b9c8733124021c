"""The dates of a row among themselves: only the order that the law gives."""

from dataclasses import replace
from datetime import date

import pytest

from rules.petition_sheet_facts import check_sheet_facts
from rules.petition_words import Acceptance, HandlingClass
from tests.rules.test_petition_history import WHOLE

TODAY = date(2026, 7, 15)


def problems(**changes):
    return [(r.field, r.message) for r in check_sheet_facts(replace(WHOLE, **changes), TODAY)]


def test_a_row_in_order_may_stand():
    assert problems() == []


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"dispatched_on": date(2026, 3, 1)}, "dispatched_on", "转送交办日期 2026-03-01 早于登记日期 2026-03-02。"),
        ({"unit_received_on": date(2026, 3, 4)}, "unit_received_on", "单位收到日期 2026-03-04 早于转送交办日期 2026-03-05。"),
        ({"notified_on": date(2026, 3, 5)}, "notified_on", "告知日期 2026-03-05 早于单位收到日期 2026-03-06。"),
        ({"concluded_on": date(2026, 3, 9), "served_on": None}, "concluded_on", "办结日期 2026-03-09 早于告知日期 2026-03-10。"),
        ({"served_on": date(2026, 3, 9)}, "served_on", "答复送达日期 2026-03-09 早于告知日期 2026-03-10。"),
        ({"extension_approved_on": date(2026, 3, 9)}, "extension_approved_on", "延期批准日期 2026-03-09 早于告知日期 2026-03-10。"),
        ({"concluded_on": date(2026, 7, 16)}, "concluded_on", "办结日期 2026-07-16 晚于今天 2026-07-15。"),
        ({"acceptance": None, "handling_class": HandlingClass.PETITION}, "handling_class", "告知结果是“受理”的，才填办理类别。"),
        ({"acceptance": Acceptance.REFUSED}, "handling_class", "告知结果是“受理”的，才填办理类别。"),
        ({"extension_days": 31}, "extension_days", "延期最多 30 日（《信访工作条例》第三十四条），填的是 31。"),
        ({"extension_days": 0}, "extension_days", "填了延期批准日期，请填写延期天数。"),
    ],
)  # fmt: skip
def test_what_contradicts_is_told_at_its_field(changes, field, message):
    assert problems(**changes) == [(field, message)]


def test_a_result_needs_the_day_of_the_notice():
    found = problems(notified_on=None, extension_days=0, extension_approved_on=None)
    assert found == [("notified_on", "填了告知结果，请填写告知日期。")]


def test_a_unit_may_have_received_what_it_registered_later():
    assert problems(dispatched_on=None, dispatch_kind=None, unit_received_on=date(2026, 2, 27)) == []


def test_a_reply_may_be_served_after_the_day_of_conclusion_and_before():
    assert problems(served_on=date(2026, 6, 1)) == []
    assert problems(served_on=date(2026, 5, 1)) == []


def test_an_extension_that_came_too_late_may_stand_and_does_not_count():
    assert problems(extension_approved_on=date(2026, 5, 15)) == []
