"""The page of one line: what it says, its event, to whom it was sent on, what was changed, what may be done."""

from datetime import datetime
from typing import Any

from flask import render_template

from blueprints.duty.desk_forms import VoidForm
from blueprints.duty.line_step_forms import (
    AssignForm,
    FinishForm,
    InstructForm,
    OwnInstructForm,
    ReopenForm,
    ReplyForm,
    SendForm,
    TakeBackForm,
)
from blueprints.duty.moments import typed_in_two
from extensions import db
from models.duty_desk import DeskDispatch, DeskEntry
from models.organisation import Unit
from queries.choices import label_of_unit
from queries.desk_log import chain_of, source_in_words
from queries.desk_scope import desks_to_send_to, dispatch_of_line, load_line, own_desk
from queries.history import history_of
from rules.desk_rules import is_late, reply_light, time_left
from rules.desk_words import EntryKind, EntryMode, Report
from web import clock
from web.form_fields import Form, with_ids
from web.session import actor
from web.template_filters import moment

FIELD_LABELS = {
    "happened_at": "发生时间",
    "kind": "类别",
    "mode": "方式",
    "source_unit_id": "来源单位",
    "source": "来源",
    "content": "内容",
    "proposal": "拟办意见",
    "instruction": "领导批示",
    "instructed_by": "批示领导",
    "responsible_unit_id": "承办单位",
    "due_at": "回复时限",
    "reply": "回复",
    "replied_at": "回复时间",
    "done_at": "办结时间",
    "dispatch": "转办",
    "dispatch_reply": "转办回复",
}


def line_page(line_id: int, **typed: Form) -> str:
    """`typed` are forms that were refused, by the name of their step. Raises NotVisible."""
    session, now = db.session(), clock.now()
    line = load_line(session, actor(), line_id)
    is_own = line.unit_id == own_desk(actor())
    came_by = dispatch_of_line(session, line.id)
    return render_template(
        "duty/show_line.html",
        line=line,
        is_own=is_own,
        words={
            "kind": EntryKind(line.kind).label,
            "mode": EntryMode(line.mode).label if line.mode else "",
            "source": source_in_words(line.source_unit.label if line.source_unit else "", line.source),
            "report": Report(line.report).label if line.report else "",
        },
        late=came_by is None and is_late(line.happened_at, line.registered_at),
        came_by=came_by,
        light=light_of(line),
        left=time_left(line.due_at, now) if line.due_at and line.replied_at is None else "",
        light_of=light_of,
        chain=chain_of(session, line),
        forms=_forms(line, typed) if is_own else _leaders_forms(line, typed),
        take_back_forms=_take_back_forms(line, typed) if is_own else {},
        desks=desks_to_send_to(session, line.unit_id, clock.today()) if is_own else [],
        history=_history(line),
    )


def light_of(row: DeskEntry | DeskDispatch) -> Any:
    return reply_light(row.due_at, row.replied_at, clock.now()) if row.due_at else None


def _forms(line: DeskEntry, typed: dict[str, Form]) -> dict[str, Form]:
    """Of a line of the own desk: a fresh form of each step, or the one that was refused."""
    version = {"version": line.version}
    limit = typed_in_two(line.due_at, "due_on", "due_time")
    fresh: dict[str, Form] = {
        "reply": ReplyForm(formdata=None, data=version | {"text": line.reply}),
        "send": SendForm(formdata=None, data=version | limit | _wanted(line)),
        "assign": AssignForm(
            formdata=None, data=version | limit | {"responsible_unit": label_of_unit(line.responsible_unit)}
        ),
        "instruct": InstructForm(formdata=None, data=version),
        "finish": FinishForm(formdata=None, data=version),
        "reopen": ReopenForm(formdata=None, data=version),
        "void": VoidForm(formdata=None, data=version),
    }
    return {name: with_ids(typed.get(name, form), name) for name, form in fresh.items()}


def _wanted(line: DeskEntry) -> dict[str, list[str]]:
    """The unit that must answer is offered first, where the line was not sent to it yet."""
    sent = {d.unit_id for d in line.dispatches if not d.is_void}
    unit_id = line.responsible_unit_id
    return {"units": [str(unit_id)]} if unit_id and unit_id not in sent | {line.unit_id} else {}


def _leaders_forms(line: DeskEntry, typed: dict[str, Form]) -> dict[str, Form]:
    own = OwnInstructForm(formdata=None, data={"version": line.version})
    return {"own_instruct": with_ids(typed.get("own_instruct", own), "own-instruct")}


def _take_back_forms(line: DeskEntry, typed: dict[str, Form]) -> dict[int, Form]:
    waiting = [d for d in line.dispatches if not d.is_void and d.received_at is None]
    return {
        d.id: with_ids(
            typed.get(f"take_back_{d.id}") or TakeBackForm(formdata=None, data={"version": d.version}),
            f"take-back-{d.id}",
        )
        for d in waiting
    }


def _history(line: DeskEntry) -> list[Any]:
    shown_moment = {name: _moment_in_words for name in ("happened_at", "due_at", "replied_at", "done_at")}
    words = shown_moment | {
        "kind": lambda code: EntryKind(code).label,
        "mode": lambda code: EntryMode(code).label,
        "source_unit_id": _unit_in_words,
        "responsible_unit_id": _unit_in_words,
    }
    return history_of(db.session(), "desk_entry", line.id, FIELD_LABELS, words)


def _moment_in_words(text: str) -> str:
    return moment(datetime.fromisoformat(text))


def _unit_in_words(unit_id: int) -> str:
    unit = db.session.get(Unit, unit_id)
    return unit.label if unit else ""
