"""The page of one task: what is to be put right, its units with their lights, and of the unit chosen what may be done next,
what was done, its evidence."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from actions.supervision.issuing import issue_refusal
from actions.supervision.steps import Act
from actions.supervision.undoing import undo_refusal
from blueprints.supervision.attached import attached_to_line
from blueprints.supervision.figure_shown import figure_shown
from blueprints.supervision.forms import IssueTaskForm, VoidTaskForm
from blueprints.supervision.step_doors import DOOR_OF, Door
from blueprints.supervision.step_forms import DatedForm, StepForm, UndoForm
from extensions import db
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from queries.history import Change, history_of
from queries.office_rules import NEAR_DAYS, rule_on
from queries.petition_days import Days, days_left_in_words
from queries.register_filter import number_of
from queries.supervision_petitions import petitions_shown
from queries.supervision_scope import lines_shown, steps_shown
from queries.supervision_standing import LineSteps, by_line, hands_to, light_of_line, standing_of
from queries.supervision_words import FIELD_LABELS, FIELD_WORDS
from queries.terms import calendar_of
from rules.lights import Ladder, Light, near_until
from rules.papers.kinds import PaperKind
from rules.supervision_clocks import Owed, is_provisional
from rules.supervision_states import (
    WAITS_FOR,
    WAYS,
    By,
    LineState,
    TaskState,
    TaskVerb,
    offers,
    waiting_words,
)
from rules.supervision_words import FeedbackCycle, Ground, TaskSource
from web import clock
from web.form_fields import with_ids
from web.paper_panel import PaperLine, PaperPanel, paper_panel
from web.session import actor

AGAIN = {TaskVerb.RETURN.value: TaskVerb.REPORT.value, TaskVerb.REFUSE_CLOSING.value: TaskVerb.SUBMIT.value}
"""What was sent back → what the unit does again."""


@dataclass(frozen=True)
class LineView:
    """One unit of the task as the page lists it."""

    row: SupervisionLine
    state: LineState
    owed: str
    days_left: str
    light: Light | None
    provisional: bool
    late_reports: int
    urged: int
    sent_back: SupervisionStep | None
    """What the unit has to do again; None for whoever is not that unit."""


def task_page(
    task: SupervisionTask,
    *,
    line_id: int | None = None,
    refused: dict[TaskVerb, StepForm] | None = None,
    **forms: Any,
) -> str:
    """`refused` holds the forms of steps that were refused, open with their errors."""
    session = db.session()
    lines = lines_shown(actor(), task)
    steps = steps_shown(session, task, lines)
    views = _views(lines, steps)
    chosen = _chosen(views, line_id)
    hands = hands_to(actor(), task)
    is_draft = task.state == TaskState.DRAFT and not task.is_void
    papers = paper_panel("supervision_task", task)
    return render_template(
        "supervision/show_task.html",
        task=task,
        views=views,
        chosen=chosen,
        about=_about(task),
        figure=figure_shown(task),
        petitions=petitions_shown(session, actor(), task),
        task_steps=[s for s in steps if s.line_id is None],
        may_correct=is_draft and By.FILER in hands.by,
        may_issue=is_draft and not issue_refusal(actor(), task),
        issue_form=forms.get("issue_form") or IssueTaskForm(formdata=None, data={"version": task.version}),
        void_form=forms.get("void_form") or VoidTaskForm(formdata=None, data={"version": task.version}),
        papers=papers,
        letter=_letter_draft(papers),
        may_draft_letter=any(offer.kind is PaperKind.SUPERVISION for offer in papers.offers),
        history=_history(task) if By.FILER in hands.by or actor().sees_county else [],
        verb_label=lambda code: TaskVerb(code).label,
        outcome_label=lambda code: {"granted": "同意", "refused": "不同意"}.get(code, code),
        **(_line_context(task, chosen, steps, refused or {}, forms) if chosen else {}),
    )


def _letter_draft(papers: PaperPanel) -> PaperLine | None:
    """The 督办函 that waits for its issue, for who may read it."""
    letters = (line for line in papers.lines if line.row.kind == PaperKind.SUPERVISION)
    return next((line for line in letters if line.row.state == "draft"), None)


def _history(task: SupervisionTask) -> list[Change]:
    """Of the task itself: what was done on its lines stands there."""
    own = {TaskVerb.FILE.label, TaskVerb.ISSUE.label, "修改", "作废"}
    found = history_of(db.session(), "supervision_task", task.id, FIELD_LABELS, FIELD_WORDS)
    return [change for change in found if change.action in own]


def _about(task: SupervisionTask) -> dict[str, str]:
    return {
        "state": TaskState(task.state).label,
        "source": TaskSource(task.source).label,
        "ground": Ground(task.ground).label if task.ground else "",
        "cycle": FeedbackCycle(task.cycle).label,
    }


def _views(lines: list[SupervisionLine], steps: list[SupervisionStep]) -> list[LineView]:
    session, today = db.session(), clock.today()
    calendar = calendar_of(session)
    days = Days(today, near_until(today, Ladder(rule_on(session, NEAR_DAYS, today)), calendar))
    return [_view(line, by_line(steps, line.id), days, calendar) for line in lines]


def _view(line: SupervisionLine, steps: LineSteps, days: Days, calendar: Any) -> LineView:
    due, live = line.next_due_on, steps.live
    reports = [s for s in live if s.verb == TaskVerb.REPORT and s.report_due_on]
    return LineView(
        line,
        LineState(line.state),
        Owed(line.next_due_key).label if due and line.next_due_key else "",
        days_left_in_words(due, days.today),
        light_of_line(LineState(line.state), line.due_on, line.submitted_on, due, days),
        due is not None and is_provisional(due, calendar),
        sum(s.happened_on > s.report_due_on for s in reports if s.report_due_on),
        sum(s.verb == TaskVerb.URGE for s in live),
        steps.sent_back if _is_ours(line) else None,
    )


def _is_ours(line: SupervisionLine) -> bool:
    """Whether the reader is of the unit that has it to do."""
    by = hands_to(actor(), line.task, line).by
    return By.UNIT in by and not _is_on_behalf(TaskVerb.REPORT, line)


def _chosen(views: list[LineView], line_id: int | None) -> LineView | None:
    """The unit that the address names, or the only one."""
    wanted = line_id or number_of(request.args.get("line", ""))
    found = next((view for view in views if view.row.id == wanted), None)
    return found or (views[0] if len(views) == 1 else None)


def _line_context(
    task: SupervisionTask,
    chosen: LineView,
    steps: list[SupervisionStep],
    refused: dict[TaskVerb, StepForm],
    forms: dict[str, Any],
) -> dict[str, Any]:
    line = chosen.row
    own = by_line(steps, line.id)
    offered = offers(standing_of(line, own), hands_to(actor(), task, line), clock.today())
    open_, shut = _sorted_offers(offered, refused)
    live = own.live
    return {
        "line_steps": own.rows,
        "waiting_label": lambda code: waiting_words(TaskVerb(code), on_itself=line.unit_id == task.unit_id),
        "done_again": AGAIN.get(chosen.sent_back.verb) if chosen.sent_back else None,
        "steps_open": _doors([verb for verb in open_ if not _is_on_behalf(verb, line)], line, refused),
        "steps_on_behalf": _doors([verb for verb in open_ if _is_on_behalf(verb, line)], line, refused),
        "steps_shut": shut,
        "waiting": own.waiting,
        "answered": {
            way.verb: own.waiting_for(WAITS_FOR[way.answers]) for way in WAYS.values() if way.answers
        },
        "undoable": live[-1].id if live and not undo_refusal(_act(line), live, live[-1]) else None,
        "undo_form": forms.get("undo_form")
        or UndoForm(formdata=None, data={"version": line.version, "step": live[-1].id if live else ""}),
        "attached": attached_to_line(line, forms),
    }


def _is_on_behalf(verb: TaskVerb, line: SupervisionLine) -> bool:
    """What is the unit's to do, and came to the county's office on paper."""
    return WAYS[verb].by is By.UNIT and actor().sees_county and line.unit_id != actor().unit_id


def _doors(
    verbs: list[TaskVerb], line: SupervisionLine, refused: dict[TaskVerb, StepForm]
) -> list[tuple[Door, StepForm]]:
    return [(DOOR_OF[verb], _form(verb, line, refused)) for verb in verbs]


def _sorted_offers(offered: list[Any], refused: dict[TaskVerb, StepForm]) -> tuple[list[TaskVerb], list[Any]]:
    """Those that this role has a door for: open, or refused just now; and those that say why not."""
    mine = [o for o in offered if actor().may(DOOR_OF[o.verb].permission)]
    verbs = [o.verb for o in mine if o.is_open]
    verbs += [verb for verb in refused if verb not in verbs]
    return verbs, [o for o in mine if not o.is_open and o.verb not in refused]


def _form(verb: TaskVerb, line: SupervisionLine, refused: dict[TaskVerb, StepForm]) -> StepForm:
    fresh = {"version": line.version, "on": clock.today()}
    form = refused.get(verb) or DOOR_OF[verb].form(formdata=None, data=fresh)
    if isinstance(form, DatedForm):
        form.on.label.text = f"{verb.label}日期"
    with_ids(form, verb.value)
    return form


def _act(line: SupervisionLine) -> Act:
    return Act(actor(), clock.now(), clock.today(), line, line.version, clock.today())
