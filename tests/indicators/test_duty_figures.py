"""值班信息, 工作指令, 按时回复率 of the worked July (tests/indicators/duty_world.py), added up by hand."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from indicators.quoting import quote
from indicators.record_ids import record_ids
from tests import factories, people
from tests.duty_messages import desk_line

CODES = ("duty_information", "duty_instructions", "duty_reply_on_time")


def figures(found):
    return tuple((found[code].value, found[code].fraction) for code in CODES)


@pytest.mark.parametrize(
    ("unit_code", "information", "instructions", "on_time", "due"),
    [
        ("AL", 2, 3, 2, 4),  # A and F; C, D and E; of A, B, C and D those that were in time: A and C
        ("AL01", 0, 1, 1, 1),  # C
        ("AL21", 2, 0, 1, 2),  # A and F; of A and B: A
        ("AL22", 0, 2, 0, 1),  # D and E; D is due today and not answered, E is not due yet
        ("AL2101", 0, 0, 0, 0),
    ],
)
def test_each_message_counts_once_for_who_answers_for_it(
    duty, table, unit_code, information, instructions, on_time, due
):
    rate = None if not due else Decimal(100 * on_time) / due
    assert figures(table(unit_code)) == (
        (information, None),
        (instructions, None),
        (rate, (on_time, due)),
    )


def test_a_message_belongs_to_its_day_in_the_office_and_its_answer_to_the_day_it_is_due(duty, table):
    june = table("AL", "2026-06")
    assert figures(june) == ((1, None), (0, None), (None, (0, 0)))  # B came on 30 June at 23:59
    first = table("AL", "2026-07-01")
    assert figures(first) == ((1, None), (0, None), (Decimal(100), (1, 1)))  # A came at midnight


def test_what_is_due_after_the_day_of_the_report_is_not_counted(duty, table):
    assert table("AL", as_of=date(2026, 7, 14))["duty_reply_on_time"].fraction == (2, 3)
    assert table("AL", as_of=date(2026, 7, 16))["duty_reply_on_time"].fraction == (2, 5)


def test_the_texts_of_the_county(duty, table):
    found = table("AL")
    assert [found[code].text for code in CODES] == ["2", "3", "50.00%"]


def test_the_rows_behind_a_figure_are_known_by_their_ids(duty, july, scope, table):
    county = scope("AL")
    by_code = {code: record_ids(july, county, table("AL")[code].indicator) for code in CODES}
    assert by_code["duty_information"] == tuple(sorted((duty["A"], duty["F"])))
    assert by_code["duty_instructions"] == tuple(sorted((duty["C"], duty["D"], duty["E"])))
    assert by_code["duty_reply_on_time"] == tuple(sorted(duty[letter] for letter in "ABCD"))


def test_a_bulletin_may_quote_them(duty, scope, july):
    source = "收到〔值班信息〕条信息、〔工作指令〕个指令，按时回复率〔按时回复率〕。\n〔表：各单位值班信息〕"
    written = quote(july, scope("AL"), source).written
    assert written.lines[0].text == "收到2条信息、3个指令，按时回复率50.00%。"
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in written.lines[1].rows}
    assert rows == {
        "县信访局": ["0", "1", "100.00%"],
        "柳溪镇": ["2", "0", "50.00%"],
        "白石乡": ["0", "2", "0.00%"],
    }


def test_both_databases_find_the_days_in_an_index(duty, july, scope):
    with factories.plain_session() as plain:
        for day in range(1, 29):
            for hour in range(10, 24):
                moment = f"2025-{1 + day % 12:02d}-{day:02d} {hour}:00"
                desk_line(plain, moment, responsible="AL12", due=moment, replied=moment)
        plain.execute(text("ANALYZE"))
        plain.commit()
    for name, day in (("ix_desk_entry_time", "happened_at"), ("ix_desk_entry_due", "due_at")):
        assert name in plan_of(july, day)


def plan_of(session, day):
    from sqlalchemy import select

    from indicators.reckoning import conditions
    from indicators.scope import figure_scope
    from indicators.source import DUTY_MESSAGES, DUTY_REPLIES_DUE
    from models.duty_desk import DeskEntry
    from rules.periods import parse_period

    source = DUTY_MESSAGES if day == "happened_at" else DUTY_REPLIES_DUE
    scope = figure_scope(session, people.unit(session, "AL21"), parse_period("2026-07"), people.TODAY)
    statement = select(DeskEntry.kind).where(*conditions(source, scope))
    written = str(statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
    explain = "EXPLAIN QUERY PLAN" if session.get_bind().dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(tuple(row)) for row in session.execute(text(f"{explain} {written}")))
