"""Supervision tasks of the tests' county, step by step through the actions.

Issued on Tuesday 7 July 2026 and due on Monday 31 August, a feedback each week: 14, 21, 28 July, 4, 11, 18, 25 August.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.supervision import answering, judging
from actions.supervision.filing import TaskData, file_task
from actions.supervision.issuing import issue_task
from actions.supervision.steps import Act
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from queries.supervision_origins import Origin
from rules.supervision_rules import LineValues
from rules.supervision_words import FeedbackCycle, TaskSource
from tests.people import LIN, WU, ZHENG, Member, actor, unit

FILED_ON, ISSUED_ON, SIGNED_ON = date(2026, 7, 6), date(2026, 7, 7), date(2026, 7, 8)
DUE_ON = date(2026, 8, 31)


def moment(day: date) -> datetime:
    """10:30 in the office."""
    return datetime(day.year, day.month, day.day, 2, 30)


def lines_of(session: Session, *codes: str, **values: Any) -> tuple[LineValues, ...]:
    return tuple(
        LineValues(
            number, unit(session, code).id, values.get("due_on"), values.get("demand", ""), "分管副镇长"
        )
        for number, code in enumerate(codes)
    )


def task_data(session: Session, *codes: str, **values: Any) -> TaskData:
    """From a leader's instruction, to 柳溪镇 unless said otherwise."""
    plain: dict[str, Any] = {
        "filed_on": FILED_ON,
        "title": "督促落实领导批示",
        "ground": None,
        "content": "县领导批示限期修复上河村灌溉渠，至今没有进展。",
        "demands": "查明原因，限期修复，按周反馈进展。",
        "cycle": FeedbackCycle.WEEKLY,
        "due_on": DUE_ON,
        "source": Origin(TaskSource.INSTRUCTION, text="请柳溪镇七月底前修好。"),
        "lines": lines_of(session, *(codes or ("AL21",))),
    }
    return TaskData(**plain | values)


def filed(session: Session, *codes: str, by: Member = WU, key: str = "", **values: Any) -> SupervisionTask:
    """待签发."""
    day = values.get("filed_on", FILED_ON)
    data = task_data(session, *codes, **values)
    return file_task(
        session, actor=actor(session, by), now=moment(day), today=day, data=data, submission_key=key
    )


def issued(
    session: Session, *codes: str, by: Member = ZHENG, on: date = ISSUED_ON, **values: Any
) -> SupervisionTask:
    """待签收 by Friday 10 July."""
    task = filed(session, *codes, **values)
    issue_task(session, actor=actor(session, by), now=moment(on), today=on, task=task, version=task.version)
    return task


def line_of(task: SupervisionTask, code: str = "AL21") -> SupervisionLine:
    return next(line for line in task.lines if line.unit.code == code)


def act(
    session: Session,
    line: SupervisionLine,
    by: Member,
    on: date,
    text: str = "",
    *,
    key: str = "",
    today: date | None = None,
    version: int | None = None,
) -> Act:
    return Act(
        actor=actor(session, by),
        now=moment(today or on),
        today=today or on,
        line=line,
        version=line.version if version is None else version,
        on=on,
        text=text,
        submission_key=key,
    )


def working(session: Session, *codes: str, **values: Any) -> SupervisionLine:
    """办理中 at 柳溪镇: its first feedback is due on 14 July."""
    line = line_of(issued(session, *codes, **values))
    answering.receive(session, act(session, line, LIN, SIGNED_ON))
    return line


def reported(session: Session, line: SupervisionLine, on: date, text: str = "已进场施工。") -> None:
    answering.report(session, act(session, line, LIN, on, text))


def submitted(
    session: Session, line: SupervisionLine | None = None, on: date = date(2026, 8, 20)
) -> SupervisionLine:
    line = line or working(session)
    answering.submit(session, act(session, line, LIN, on, "渠道已修复通水。"), "镇水利站档案柜")
    return line


def closed(
    session: Session, line: SupervisionLine | None = None, on: date = date(2026, 8, 21)
) -> SupervisionLine:
    line = submitted(session, line)
    judging.close(session, act(session, line, WU, on))
    return line


def steps_of(session: Session, line: SupervisionLine) -> list[SupervisionStep]:
    found = select(SupervisionStep).where(SupervisionStep.line_id == line.id).order_by(SupervisionStep.id)
    return list(session.scalars(found))


def owes(line: SupervisionLine) -> tuple[date | None, str | None]:
    return line.next_due_on, line.next_due_key
