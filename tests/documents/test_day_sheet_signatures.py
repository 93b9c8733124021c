"""值班日报 on A4: who signs it signs beside something, however many lines came."""

from datetime import date

import pytest

from documents.duty_day_sheet import DutyDaySheet, MessageLine, PeriodLine, duty_day_sheet_pdf
from tests.documents.pdf_reading import pages_of


def sheet(messages, still_open=0, periods=()):
    line = MessageLine("ZZ-AL01-2026-00001", "09:00", "信息", "市信访局", "河道水位上涨。", "", "", "", "")
    return DutyDaySheet(
        unit="安澜县",
        day=date(2026, 7, 15),
        made_at="2026-07-15 18:00",
        on_duty=(),
        by_kind=(("信息", messages),),
        messages=(line,) * messages,
        instructions=(),
        still_open=(line,) * still_open,
        handovers=(),
        periods=periods,
    )


PERIOD = PeriodLine("防汛值守", "应报 4 个单位，全部报齐。", "", ())


@pytest.mark.parametrize("messages", [12, 13, 14, 38, 39, 40])
@pytest.mark.parametrize("tail", [{}, {"still_open": 2}, {"periods": (PERIOD,)}], ids=["", "open", "period"])
def test_the_signatures_never_stand_alone_on_a_page(messages, tail):
    last = pages_of(duty_day_sheet_pdf(sheet(messages, **tail)))[-1]
    before = last.partition("值班员：")[0]
    assert "带班领导审签：" in last
    assert before.strip(" \n")
