"""What was sent on is answered by each receiving unit, by its own limit; today is 15 July 2026.

G  an instruction of 8 July, for nobody but the county's desk itself, due 7-10 17:00, answered 7-10 16:00. Sent on to
   AL21  due 7-09 12:00, answered 7-09 12:00   in time, to the minute
   AL22  due 7-09 12:00, answered 7-09 12:01   late
   AL11  due 7-14 09:00, never signed for      owed all the same
   AL12  due 7-09 12:00, taken back            counts nowhere
   AL23  no limit                              owes nothing by a clock
H  information for AL21, due 7-11 09:00, answered in time, sent on to AL21 itself: one answer, counted with the message
"""

import pytest
from werkzeug.datastructures import MultiDict

from indicators.catalogue import BY_CODE
from indicators.record_ids import record_ids
from models.duty_desk import DeskDispatch
from queries.desk_log import DeskLogFilter, all_log, desk_work
from queries.duty_messages import MessageFilter, list_messages, message_totals, unit_replies
from tests import factories, people
from tests.duty_messages import desk_line, office
from tests.people import NOW

RATE = BY_CODE["duty_reply_on_time"]


def sent(session, line, code, due="", replied="", **values):
    session.add(
        DeskDispatch(
            entry_id=line.id,
            unit_id=people.unit(session, code).id,
            sent_at=office("2026-07-08 10:00"),
            due_at=office(due) if due else None,
            replied_at=office(replied) if replied else None,
            **values,
        )
    )


@pytest.fixture
def sent_on(both):
    with both.app_context(), factories.plain_session() as session:
        one = desk_line(
            session, "2026-07-08 09:00", "instruction", due="2026-07-10 17:00", replied="2026-07-10 16:00"
        )
        sent(session, one, "AL21", "2026-07-09 12:00", "2026-07-09 12:00")
        sent(session, one, "AL22", "2026-07-09 12:00", "2026-07-09 12:01")
        sent(session, one, "AL11", "2026-07-14 09:00")
        sent(session, one, "AL12", "2026-07-09 12:00", voided_at=NOW, void_reason="转错了")
        other = desk_line(
            session,
            "2026-07-10 09:00",
            responsible="AL21",
            due="2026-07-11 09:00",
            replied="2026-07-11 08:00",
        )
        sent(session, other, "AL21", "2026-07-11 09:00", "2026-07-11 08:00")
        session.commit()
        return one.id


def owed(**args):
    return MessageFilter.from_args(
        MultiDict({"owed": "1", "due_from": "2026-07-01", "due_to": "2026-07-15"} | args)
    )


@pytest.mark.parametrize(
    ("unit_code", "on_time", "due"),
    [("AL", 3, 5), ("AL01", 1, 1), ("AL21", 2, 2), ("AL22", 0, 1), ("AL11", 0, 1), ("AL12", 0, 0)],
)
def test_each_unit_owes_its_own_answer(sent_on, table, unit_code, on_time, due):
    assert table(unit_code)["duty_reply_on_time"].fraction == (on_time, due)


def test_a_message_is_still_counted_once(sent_on, table):
    found = table("AL")
    assert (found["duty_information"].value, found["duty_instructions"].value) == (1, 1)
    assert table("AL22")["duty_instructions"].value == 0


@pytest.mark.parametrize("unit_code", ["AL", "AL01", "AL21", "AL22", "AL11", "AL12"])
def test_the_list_behind_the_rate_has_the_same_rows(sent_on, reading, table, scope, unit_code):
    figure = table(unit_code)["duty_reply_on_time"]
    chosen = MessageFilter.from_args(MultiDict(figure.records.args))
    rows = list_messages(reading, people.actor(reading, people.WU), chosen).rows
    assert len(rows) == figure.fraction[1]
    assert sorted(row.id for row in rows) == list(record_ids(reading, scope(unit_code), RATE))


def test_it_says_how_each_unit_answered(sent_on, reading):
    found = unit_replies(reading, people.actor(reading, people.WU), owed(), NOW)
    assert {u.unit: (u.due, u.on_time, u.late, u.missing) for u in found} == {
        "县信访局": (1, 1, 0, 0),
        "柳溪镇": (2, 2, 0, 0),
        "白石乡": (1, 0, 1, 0),
        "县住建局": (1, 0, 0, 1),
    }


def test_a_township_reads_its_own_answers_only(sent_on, reading):
    actor = people.actor(reading, people.BAI)
    rows = list_messages(reading, actor, owed()).rows
    assert [(row.unit, row.sent_on, row.in_log, row.is_late) for row in rows] == [
        ("白石乡", True, False, True)
    ]
    assert message_totals(reading, actor, owed()).in_words() == (
        "共 1 条，其中信息 0 条、工作指令 1 条；有回复时限的 1 条，按时回复 0 条。"
    )


@pytest.mark.parametrize(
    ("state", "units"), [("late", {"白石乡"}), ("waiting", {"县住建局"}), ("on_time", {"县信访局", "柳溪镇"})]
)
def test_each_state_is_asked_of_the_unit_that_owes(sent_on, reading, state, units):
    rows = list_messages(reading, people.actor(reading, people.WU), owed(state=state)).rows
    assert {row.unit for row in rows} == units


def test_pages_of_owed_answers_follow_each_other(sent_on, reading):
    actor, seen, after = people.actor(reading, people.WU), [], ""
    while after is not None:
        page = list_messages(reading, actor, owed(), after=after, size=2)
        seen += [row.id for row in page.rows]
        after = page.after
    assert len(seen) == len(set(seen)) == 5


def test_the_sender_sees_who_let_a_limit_pass(sent_on, reading):
    actor = people.actor(reading, people.WU)
    assert desk_work(reading, actor, NOW).chasing == 1
    chosen = DeskLogFilter.from_args(MultiDict({"state": "chasing", "unit": "0"}))
    assert [row.id for row in all_log(reading, actor, chosen, NOW)] == [sent_on]
    assert desk_work(reading, actor, office("2026-07-14 09:00")).chasing == 0
