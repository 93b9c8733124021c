"""督办: a few chains of the county's office through its real acts: one closed after a feedback was returned, some that run,
one nobody has signed for, one that waits to be issued, one about a late petition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from actions.supervision import answering, judging
from actions.supervision.filing import TaskData, file_task
from actions.supervision.issuing import issue_task
from actions.supervision.steps import Act
from commands.demonstration.acting import morning, staff_of
from commands.demonstration.offices import County
from commands.demonstration.plan import Plan, Say
from indicators.catalogue import BY_CODE
from indicators.figure_opening import figure_opening
from indicators.scope import figure_scope
from indicators.table import figure_table
from models.organisation import Unit
from models.supervision import SupervisionLine, SupervisionTask
from queries.petition_scope import load_petition
from queries.supervision_origins import Origin
from queries.supervision_proposals import proposals
from rules.periods import PeriodKind, period_of
from rules.roles import Actor, Role
from rules.supervision_openings import DEMANDS, Lateness, content_of, title_of
from rules.supervision_rules import LineValues
from rules.supervision_words import FeedbackCycle, Ground, TaskSource

Step = tuple[int, Callable[["Desk", SupervisionLine, date], None]]
"""Days after the issue, and what is done then."""


@dataclass(frozen=True)
class Desk:
    """Who acts at the county's office, and for the units: their own staff, or the office for what came on paper."""

    session: Session
    clerk: Actor
    director: Actor
    plan: Plan

    def act(self, line: SupervisionLine, who: Actor, day: date, text: str = "") -> Act:
        return Act(who, morning(day), day, line, line.version, day, text)

    def of(self, line: SupervisionLine) -> Actor:
        return staff_of(self.session, line.unit_id, (Role.CLERK, Role.SUPERVISOR)) or self.clerk


def fill_supervision(session: Session, plan: Plan, county: County, say: Say) -> None:
    """Inside the caller's unit of work, once petitions and accounts are there."""
    clerk = staff_of(session, county.bureau.id, (Role.BUREAU,))
    director = staff_of(session, county.bureau.id, (Role.DIRECTOR,))
    if clerk is None or director is None:
        return
    desk, towns = Desk(session, clerk, director, plan), [o.id for o in county.townships]
    housing, labour = (county.departments[name].id for name in ("住建局", "人社局"))
    made = [
        _chain(desk, 60, INSTRUCTION, towns[:2], [_CLOSED, _WORKING]),
        _chain(desk, 34, MEETING, [housing, towns[0]], [_SUBMITTED, _RETURNED]),
        *_of_figure(desk, 12, [labour, housing, *towns]),
        _file(desk, 1, DRAFT, towns[1:2]),
        *_of_petition(desk),
    ]
    say(f"督办 {len(made)} 件")


def _receive(desk: Desk, line: SupervisionLine, day: date) -> None:
    answering.receive(desk.session, desk.act(line, desk.of(line), day))


def _report(text: str) -> Callable[[Desk, SupervisionLine, date], None]:
    return lambda desk, line, day: answering.report(desk.session, desk.act(line, desk.of(line), day, text))


def _accept(desk: Desk, line: SupervisionLine, day: date) -> None:
    judging.accept(desk.session, desk.act(line, desk.director, day))


def _return(desk: Desk, line: SupervisionLine, day: date) -> None:
    act = desk.act(line, desk.director, day, "没有写明责任人和完成时间，请补充。")
    judging.return_report(desk.session, act, day + timedelta(days=3))


def _submit(desk: Desk, line: SupervisionLine, day: date) -> None:
    act = desk.act(line, desk.of(line), day, "已全部整改到位，公示无异议。")
    answering.submit(desk.session, act, "本单位档案室")


def _close(desk: Desk, line: SupervisionLine, day: date) -> None:
    judging.close(desk.session, desk.act(line, desk.director, day, "材料齐全，同意销号。"))


_CLOSED: tuple[Step, ...] = (
    (1, _receive), (6, _report("已召开专题会，明确分管领导和责任站所。")), (7, _return),
    (9, _report("分管副镇长负责，本月底前完成排查整改。")), (10, _accept),
    (20, _report("排查完毕，正在整改。")), (21, _accept), (30, _submit), (33, _close),
)  # fmt: skip
_WORKING: tuple[Step, ...] = (
    (2, _receive),
    (7, _report("正在排查。")),
    (8, _accept),
    (50, _report("整改过半。")),
)
_SUBMITTED: tuple[Step, ...] = ((1, _receive), (10, _report("资金已申请。")), (12, _accept), (30, _submit))
_RETURNED: tuple[Step, ...] = ((2, _receive), (28, _report("正在办理。")), (30, _return))


@dataclass(frozen=True)
class Matter:
    """What a task is about."""

    origin: Origin
    title: str
    content: str
    cycle: FeedbackCycle
    days: int
    ground: Ground | None = Ground.NOT_FOLLOWED_UP


INSTRUCTION = Matter(
    Origin(TaskSource.INSTRUCTION, text="请有关乡镇举一反三，两个月内把拖欠的农民工工资全部清零。"),
    "督促落实领导批示：农民工工资清欠",
    "县领导批示要求集中清欠农民工工资，部分乡镇进展缓慢。",
    FeedbackCycle.FORTNIGHTLY,
    75,
)
MEETING = Matter(
    Origin(TaskSource.MEETING, text="联席会议议定：对老旧小区供暖问题限期拿出整改方案并组织实施。"),
    "落实议定事项：老旧小区供暖整改",
    "联席会议议定的供暖整改事项，请责任单位按时限落实。",
    FeedbackCycle.WEEKLY,
    45,
)
DRAFT = Matter(
    Origin(TaskSource.OTHER),
    "督促规范书面告知",
    "抽查发现部分受理告知书没有写明办理途径和期限，请全面自查整改。",
    FeedbackCycle.NONE,
    20,
    Ground.AGAINST_PROCEDURE,
)


def _chain(
    desk: Desk, days_ago: int, matter: Matter, unit_ids: Sequence[int], steps: Sequence[Sequence[Step]]
) -> SupervisionTask:
    """Filed, issued the same day, and each unit's steps as far as they lie in the past."""
    task = _file(desk, days_ago, matter, unit_ids)
    day = task.filed_on
    issue_task(
        desk.session,
        actor=desk.director,
        now=morning(day),
        today=day,
        task=task,
        version=task.version,
    )
    for line, own in zip(task.lines, steps, strict=True):
        for after, step in own:
            if day + timedelta(days=after) <= desk.plan.today:
                step(desk, line, day + timedelta(days=after))
    return task


def _file(desk: Desk, days_ago: int, matter: Matter, unit_ids: Sequence[int]) -> SupervisionTask:
    day = desk.plan.today - timedelta(days=days_ago)
    due_on = day + timedelta(days=matter.days)
    lines = tuple(LineValues(n, unit_id, None, "", "分管领导") for n, unit_id in enumerate(unit_ids))
    data = TaskData(
        day, matter.title, matter.ground, matter.content, DEMANDS, matter.cycle, due_on, matter.origin, lines
    )
    return file_task(desk.session, actor=desk.clerk, now=morning(day), today=day, data=data)


def _of_figure(desk: Desk, days_ago: int, unit_ids: Sequence[int]) -> list[SupervisionTask]:
    """Of the first of these units that replied late in the month before, where one did."""
    day = desk.plan.today - timedelta(days=days_ago)
    month = period_of(day, PeriodKind.MONTH).previous()
    for unit_id in unit_ids:
        unit = desk.session.get_one(Unit, unit_id)
        scope = figure_scope(desk.session, unit, month, day)
        rate = BY_CODE["reply_on_time"]
        if figure_table(desk.session, scope, None, [rate])[rate.code].falls_short:
            found = figure_opening(desk.session, unit, rate.code, month, day)
            matter = Matter(found.origin, found.title, found.content, FeedbackCycle.MONTHLY, 40, None)
            return [_chain(desk, days_ago, matter, [unit_id], [()])]
    return []


def _of_petition(desk: Desk) -> list[SupervisionTask]:
    """The petition that is longest overdue, where one is."""
    found = proposals(desk.session, desk.clerk, desk.plan.today, ground=Ground.NOT_CONCLUDED)
    first = next((p for p in found if p.petition_id is not None and p.unit_id is not None), None)
    if first is None or first.petition_id is None or first.unit_id is None:
        return []
    petition = load_petition(desk.session, desk.clerk, first.petition_id)
    late = [Lateness(first.what, first.due_on, first.days_late)]
    matter = Matter(
        Origin(TaskSource.PETITION, "petition", petition.id, "", petition.id),
        title_of(first.unit, first.ground),
        content_of(first.unit, first.ground, late),
        FeedbackCycle.WEEKLY,
        20,
        first.ground,
    )
    return [_chain(desk, 4, matter, [first.unit_id], [((1, _receive),)])]
