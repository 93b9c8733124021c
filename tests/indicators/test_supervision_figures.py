"""督办事项, 按时反馈率, 按期销号率, 议定事项按期落实率 of the worked July (supervision_world.py), added up by hand."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from actions.supervision import judging
from actions.supervision.undoing import undo_step
from indicators.catalogue import BY_CODE
from indicators.quoting import quote
from indicators.reckoning import conditions
from indicators.record_ids import record_ids
from indicators.supervision_figures import DECISIONS, FEEDBACK_GIVEN, FEEDBACK_MISSING, LIMITS, TASKS
from models.meeting import Meeting, MeetingDecision
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from queries.meeting_decisions import DecisionFilter, all_decisions
from queries.petition_days import Days
from rules.lights import Light
from tests import factories
from tests.indicators.supervision_world import apply, july_day, report
from tests.people import LIN, NOW, WU, ZHENG, actor, unit
from tests.supervision import act, steps_of, submitted, working

END = july_day(31)


@pytest.mark.parametrize(
    ("unit_code", "tasks", "feedback", "closed"),
    [
        # A B C D E F and the sealed G; of 14, 21, 28 of A and 14 of B the first; of C D F G those of C and G
        ("AL", 7, (1, 4), (2, 4)),
        ("AL21", 2, (1, 3), (0, 0)),  # A and E; E was withdrawn before its limit, A's is in August
        ("AL22", 2, (0, 1), (0, 1)),  # B and F
        ("AL11", 1, (0, 0), (1, 1)),  # C; G counts for the county alone
        ("AL12", 1, (0, 0), (0, 1)),  # D
        ("AL01", 0, (0, 0), (0, 0)),
    ],
)
def test_each_line_counts_for_the_unit_that_owes(supervised, table, unit_code, tasks, feedback, closed):
    found = table(unit_code, as_of=END)
    assert found["supervision_tasks"].value == tasks
    assert found["supervision_feedback_on_time"].fraction == feedback
    assert found["supervision_closed_on_time"].fraction == closed


def test_the_texts_of_the_county_and_of_who_owed_nothing(supervised, table):
    county, township = table("AL", as_of=END), table("AL21", as_of=END)
    assert county["supervision_feedback_on_time"].text == "25.00%"
    assert county["supervision_closed_on_time"].text == "50.00%"
    assert township["supervision_feedback_on_time"].text == "33.33%"
    assert township["supervision_closed_on_time"].text == "—"


@pytest.mark.parametrize(
    ("as_of", "feedback", "closed"),
    [
        (july_day(13), (0, 0), (0, 0)),
        (july_day(14), (1, 2), (0, 0)),  # what is due on the day of the report counts
        (july_day(20), (1, 2), (0, 1)),  # F; D's limit of the 20th was extended before it had come
        (july_day(21), (1, 3), (0, 1)),
        (july_day(24), (1, 3), (2, 3)),
        (july_day(26), (1, 3), (2, 3)),
        (july_day(27), (1, 3), (2, 4)),
    ],
)
def test_what_is_due_after_the_day_of_the_report_is_not_counted(supervised, table, as_of, feedback, closed):
    found = table("AL", as_of=as_of)
    assert found["supervision_feedback_on_time"].fraction == feedback
    assert found["supervision_closed_on_time"].fraction == closed


def test_an_extension_moves_the_limit_into_the_later_period(supervised, table):
    assert table("AL12", "2026-07-20", as_of=END)["supervision_closed_on_time"].fraction == (0, 0)
    assert table("AL12", "2026-07-27", as_of=END)["supervision_closed_on_time"].fraction == (0, 1)
    august = table("AL", "2026-08", as_of=date(2026, 8, 31))
    assert august["supervision_closed_on_time"].fraction == (0, 2)
    assert august["supervision_tasks"].value == 0


def test_what_comes_late_stays_late(supervised, table):
    with factories.plain_session() as session:
        line = session.get_one(SupervisionLine, supervised["B"])
        report(session, line, date(2026, 8, 3))
        apply(session, session.get_one(SupervisionLine, supervised["A"]), date(2026, 8, 3))
        session.commit()
    assert table("AL22", as_of=date(2026, 8, 5))["supervision_feedback_on_time"].fraction == (0, 1)
    assert table("AL21", as_of=date(2026, 8, 5))["supervision_feedback_on_time"].fraction == (1, 3)


def test_a_report_that_is_taken_back_is_owed_again(supervised, table):
    with factories.plain_session() as session:
        line = session.get_one(SupervisionLine, supervised["A"])
        last = steps_of(session, line)[-1]
        undo_step(session, act(session, line, LIN, july_day(23), "点错了。"), last.id)
        session.commit()
    assert table("AL21", as_of=july_day(22))["supervision_feedback_on_time"].fraction == (1, 2)
    assert table("AL21", as_of=END)["supervision_feedback_on_time"].fraction == (
        1,
        2,
    )  # the 21st, not the 28th


def test_a_refused_application_was_none(july, table):
    with factories.plain_session() as session:
        line = submitted(session, working(session), date(2026, 8, 31))
        session.commit()
        august = {"period": "2026-08", "as_of": date(2026, 9, 2)}
        assert table("AL21", **august)["supervision_closed_on_time"].fraction == (1, 1)
        july.rollback()  # it read as of before
        judging.refuse_closing(session, act(session, line, WU, date(2026, 9, 1), "材料不全。"))
        apply(session, line, date(2026, 9, 2))
        session.commit()
    assert table("AL21", **august)["supervision_closed_on_time"].fraction == (0, 1)


def test_a_feedback_made_again_is_due_by_its_own_day(july, table):
    """Of 14 July in time, returned on the 15th to be made again by the 17th, made again on the 20th."""
    with factories.plain_session() as session:
        line = working(session)
        report(session, line, july_day(14))
        judging.return_report(session, act(session, line, WU, july_day(15), "没有写明责任人。"), july_day(17))
        report(session, line, july_day(20))
        session.commit()
    found = table("AL21", as_of=july_day(20))
    assert found["supervision_feedback_on_time"].fraction == (1, 2)


def test_a_void_task_counts_nowhere(supervised, table):
    with factories.plain_session() as session:
        task = session.get_one(SupervisionLine, supervised["A"]).task
        task.voided_at, task.void_reason = NOW, "登重了"
        session.commit()
    found = table("AL", as_of=END)
    assert found["supervision_tasks"].value == 5
    assert found["supervision_feedback_on_time"].fraction == (0, 0)


@pytest.mark.parametrize(
    ("unit_code", "as_of", "fraction"),
    [
        ("AL", END, (2, 5)),  # of P Q R T U those of P and T
        ("AL", july_day(19), (1, 2)),
        ("AL", july_day(20), (2, 5)),
        ("AL21", END, (1, 2)),
        ("AL22", END, (0, 1)),
        ("AL11", END, (1, 1)),
        ("AL12", END, (0, 1)),
        ("AL01", END, (0, 0)),
    ],
)
def test_decisions_are_carried_out_by_their_day_or_through_their_task(
    decided, table, unit_code, as_of, fraction
):
    assert table(unit_code, as_of=as_of)["decisions_on_time"].fraction == fraction


def test_the_rows_behind_a_rate_are_known_by_their_ids(supervised, july, scope):
    """Reports by their own ids, feedback days without a report by the line's, below zero."""
    county = scope("AL", as_of=END)
    reports = july.scalars(select(SupervisionStep.id).where(SupervisionStep.verb == "report")).all()
    missing = [-supervised["A"], -supervised["B"]]
    rate = BY_CODE["supervision_feedback_on_time"]
    assert record_ids(july, county, rate) == tuple(sorted([*reports, *missing]))
    limits = BY_CODE["supervision_closed_on_time"]
    assert record_ids(july, county, limits) == tuple(sorted(supervised[letter] for letter in "CDFG"))


def test_a_bulletin_may_quote_them(supervised, decided, scope, july):
    source = "督办〔督办事项〕件，按时反馈〔督办按时反馈率〕，按期销号〔督办按期销号率〕；议定事项按期落实〔议定事项按期落实率〕。\n"
    source += "〔表：各单位督办落实〕"
    written = quote(july, scope("AL", as_of=END), source).written
    assert (
        written.lines[0].text
        == (
            "督办9件，按时反馈25.00%，按期销号66.67%；议定事项按期落实40.00%。"  # T and U are tasks too, due on the 31st
        )
    )


def add_years(session):
    """A task with a line and a report, and a meeting with a decision, every day of three years."""
    office_id, unit_id = unit(session, "AL01").id, unit(session, "AL12").id
    days = [date(2022, 1, 1) + timedelta(days=number) for number in range(1, 1001)]
    tasks = [
        SupervisionTask(
            number=f"DB-AL01-2022-{number:05d}", unit_id=unit_id, filed_on=day, issued_on=day, due_on=day, title="督促",
            source="other", content="限期整改。", state="closed", registered_at=NOW,
        )
        for number, day in enumerate(days, 1)
    ]  # fmt: skip
    held = [
        Meeting(
            number=f"HY-AL01-2022-{number:05d}", unit_id=office_id, level="county", kind="joint", held_on=day,
            chair="赵立", state="minuted", registered_at=NOW,
        )
        for number, day in enumerate(days, 1)
    ]  # fmt: skip
    put(session, tasks + held)
    lines = [
        SupervisionLine(task_id=t.id, unit_id=unit_id, due_on=day, report_due_on=day, state="closed")
        for t, day in zip(tasks, days, strict=True)
    ]
    put(session, lines)
    reports = [
        SupervisionStep(
            task_id=line.task_id, line_id=line.id, verb="report", happened_on=day, report_due_on=day, recorded_at=NOW
        )
        for line, day in zip(lines, days, strict=True)
    ]  # fmt: skip
    decisions = [
        MeetingDecision(
            meeting_id=m.id, position=1, content="修好村口道路", unit_id=unit_id, person="副镇长", due_on=day
        )
        for m, day in zip(held, days, strict=True)
    ]  # fmt: skip
    put(session, reports + decisions)


def put(session, rows):
    session.add_all(rows)
    session.flush()


@pytest.mark.parametrize(
    ("source", "index"),
    [
        (TASKS, "ix_supervision_task_issued"),
        (LIMITS, "ix_supervision_line_limit"),
        (FEEDBACK_GIVEN, "ix_supervision_step_report"),
        (FEEDBACK_MISSING, "ix_supervision_line_report"),
        (DECISIONS, "ix_meeting_decision_limit"),
    ],
    ids=lambda value: getattr(value, "label", ""),
)
def test_the_days_are_found_in_an_index(supervised, decided, july, scope, source, index):
    with factories.plain_session() as plain:
        add_years(plain)
        plain.execute(text("ANALYZE"))
        plain.commit()
    bind = july.get_bind()
    statement = select(source.row_id).select_from(source.rows)
    statement = statement.where(*conditions(source, scope("AL", as_of=END)))
    written = str(statement.compile(bind, compile_kwargs={"literal_binds": True}))
    explain = "EXPLAIN QUERY PLAN" if bind.dialect.name == "sqlite" else "EXPLAIN"
    assert index in "\n".join(str(tuple(row)) for row in july.execute(text(f"{explain} {written}")))


def test_the_list_of_decisions_goes_by_the_same_day(decided, july, table):
    """T is struck off on the 25th: carried out on the 19th, when the unit applied."""
    with factories.plain_session() as session:
        task = session.scalars(select(SupervisionTask).where(SupervisionTask.source_id == decided["T"])).one()
        judging.close(session, act(session, task.lines[0], ZHENG, july_day(25)))
        session.commit()
    chosen = DecisionFilter(state="done", q="修好")
    rows = all_decisions(july, actor(july, WU), chosen, Days(END, END))
    shown = next(row for row in rows if row.id == decided["T"])
    assert (shown.done_on, shown.light) == (july_day(19), Light.MET)
    assert table("AL11", as_of=END)["decisions_on_time"].fraction == (1, 1)
