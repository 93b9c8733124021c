"""联席会议: what counts for whom, what was owed, and that the board of the months says the same."""

from datetime import date

import pytest

from queries.meeting_quota import quota_board
from tests import factories, meetings, people
from tests.people import NOW


@pytest.fixture
def year(both):
    """2026: the county in May and twice in July, 柳溪镇 three times in May and once in June, 白石乡 twice in June."""
    with both.app_context(), factories.plain_session() as session:
        for code, month, day in (
            ("AL01", 5, 6), ("AL01", 7, 1), ("AL", 7, 8),
            ("AL21", 5, 6), ("AL21", 5, 13), ("AL21", 5, 31), ("AL21", 6, 3), ("AL22", 6, 1), ("AL22", 6, 30),
        ):  # fmt: skip
            meetings.meeting(session, code, held_on=date(2026, month, day), state="minuted")
        meetings.meeting(session, "AL21", held_on=date(2026, 6, 10), state="planned")
        meetings.meeting(session, "AL01", held_on=date(2026, 6, 10), kind="government")
        meetings.meeting(session, "AL22", held_on=date(2026, 6, 10), kind="party_government")
        meetings.meeting(session, "AL22", held_on=date(2026, 6, 11), voided_at=NOW, void_reason="登重了")
        session.commit()
        yield session


def figures(found):
    codes = ("meetings_county", "meetings_township", "meetings_township_due")
    return tuple(found[code].value for code in codes)


@pytest.mark.parametrize(
    ("unit", "period", "expected"),
    [
        ("AL", "2026-05", (1, 3, 6)),
        ("AL", "2026-06", (0, 4, 6)),
        ("AL", "2026Q2", (1, 7, 18)),
        ("AL", "2026-07", (2, 0, 0)),
        ("AL", "2026-05-02..2026-06-30", (1, 7, 6)),
        ("AL21", "2026Q2", (0, 4, 9)),
        ("AL22", "2026-06", (0, 3, 3)),
        ("AL2101", "2026Q2", (0, 0, 0)),
        ("AL", "2021", (0, 0, 72)),
    ],
)
def test_meetings_count_for_who_held_them_and_are_owed_for_whole_months_that_are_over(
    year, table, unit, period, expected
):
    assert figures(table(unit, period)) == expected


def test_a_month_is_owed_on_its_last_day(year, table):
    assert table("AL", "2026-07", as_of=date(2026, 7, 30))["meetings_township_due"].value == 0
    assert table("AL", "2026-07", as_of=date(2026, 7, 31))["meetings_township_due"].value == 6


def test_a_township_that_was_dissolved_owes_nothing_afterwards(year, table):
    with factories.plain_session() as session:
        people.unit(session, "AL22").valid_to = date(2026, 5, 15)
        session.commit()
    assert table("AL", "2026Q2")["meetings_township_due"].value == 12


def test_the_board_agrees_with_the_figures(year, table):
    board = quota_board(year, people.actor(year, people.WU), 2026, people.TODAY)
    rows = {row.unit: row for row in board.rows}
    assert [m.held for m in rows["柳溪镇"].months[3:7]] == [0, 3, 1, 0]
    assert [m.held for m in rows["县"].months[4:7]] == [1, 0, 2]
    assert rows["柳溪镇"].short == 3 * 4 + 0 + 2
    assert sum(m.due for row in board.rows if row.unit_id for m in row.months[3:6]) == 18
    assert sum(m.due for m in rows["白石乡"].months) == 21
    assert board.month(6) == (7, 4, 2)
    assert [
        row.unit for row in quota_board(year, people.actor(year, people.LIN), 2026, people.TODAY).rows
    ] == ["柳溪镇"]
    assert quota_board(year, people.actor(year, people.ZHU), 2026, people.TODAY).rows == ()
