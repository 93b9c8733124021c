"""〔表：领导接访安排〕 in a bulletin, on both databases."""

from datetime import date

import pytest

from indicators.picker import insertables
from indicators.quoting import quote
from indicators.scope import figure_scope
from indicators.written_json import from_json, to_json
from rules.periods import parse_period
from rules.schedule_notice import TOKEN
from tests import factories, people
from tests.people import TODAY


@pytest.fixture
def planned(both):
    with both.app_context(), factories.plain_session() as session:
        factories.scheduled_day(session, day=date(2026, 8, 12), leader_name="李副县长")
        factories.scheduled_day(session, day=date(2026, 8, 5))
        factories.scheduled_day(session, day=date(2026, 8, 6), voided_at=people.NOW, void_reason="排错了")
        factories.scheduled_day(session, day=date(2026, 9, 1))
        factories.scheduled_day(session, "AL21", day=date(2026, 8, 7), leader_name="赵立")
        session.commit()


def table(session, code, period):
    scope = figure_scope(session, people.unit(session, code), parse_period(period), TODAY)
    quoted = quote(session, scope, f"现公示如下。\n{TOKEN}")
    assert quoted.problems == ()
    assert from_json(to_json(quoted.written)) == quoted.written
    return quoted.written.lines[1]


def test_it_lists_the_offices_own_live_days_of_the_period(planned, reading):
    found = table(reading, "AL", "2026-08")
    assert [(row[0].text, row[1].text) for row in found.rows] == [
        ("8月5日\n星期三\n9:00—11:30", "韩副县长"),
        ("8月12日\n星期三\n9:00—11:30", "李副县长"),
    ]
    assert len(found.shares) == len(found.columns) == 6
    assert [row[1].text for row in table(reading, "AL21", "2026-08").rows] == ["赵立"]
    assert len(table(reading, "AL", "2026Q3").rows) == 3


def test_without_days_it_says_so(planned, reading):
    found = table(reading, "AL22", "2026-08")
    assert found.text == "本期没有接访安排。"


def test_it_costs_one_statement_more(planned, both, reading, count_statements):
    scope = figure_scope(reading, people.unit(reading, "AL"), parse_period("2026-08"), TODAY)
    counts = []
    for text in ("现公示如下。", f"现公示如下。\n{TOKEN}"):
        with count_statements(both) as statements:
            quote(reading, scope, text)
        counts.append(len(statements))
    assert counts[1] == counts[0] + 1


def test_it_is_offered_beside_the_editor():
    assert TOKEN in [table.token for table in insertables().tables]
