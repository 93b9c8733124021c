"""值班日志: today's list with the form above it, the sheet, the printed log, entering a line."""

from typing import Any

from flask import flash, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from actions.desk.entering import DRAFT, enter_line
from actions.drafts import drop_draft
from blueprints.duty import duty
from blueprints.duty.desk_forms import LineForm
from blueprints.duty.moments import typed_in_two
from extensions import db
from models.duty_desk import DeskEntry
from queries.desk_log import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    DeskLogFilter,
    all_log,
    desk_work,
    incoming,
    list_log,
    log_total,
    open_events,
)
from queries.desk_scope import own_desk, own_line
from queries.organisation import units_to_step_down
from queries.register_filter import number_of
from rules.desk_rules import numbers_told
from rules.desk_words import EntryKind
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.drafts import kept_fields
from web.form_fields import Refused, unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.registers.desk_log import COLUMNS, asked_log, shift_day
from web.registers.tables import register_sheet
from web.session import actor
from web.unit_of_work import writing
from web.whole_lists import is_too_long

READ, WRITE = Permission.DUTY_LOG_READ, Permission.DUTY_LOG


@duty.route("/duty/log", permission=READ, endpoint="list_log")
def log() -> str | Response:
    try:
        chosen = asked_log(db.session(), actor(), request.args)
    except RuleViolation as violation:
        return unprocessable(_page(_usual(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = all_log(db.session(), actor(), chosen, clock.now())
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("duty.list_log", **chosen.to_args()))
        return xlsx_answer(register_sheet("值班日志", COLUMNS, rows), f"值班日志_{clock.today()}")
    return _page(chosen, {})


@duty.route("/duty/log.pdf", permission=READ)
def print_log() -> Response:
    """The same lines as a printed register."""
    return print_list("desk-log", "duty.list_log")


@duty.route("/duty/log/new", permission=WRITE)
def new_line() -> str:
    """The log with its form: what was left half-filled, or a further report of an event."""
    return _page(_usual(), {})


@duty.route("/duty/log", permission=WRITE, methods=["POST"], keeps_draft=DRAFT, endpoint="enter_line")
def enter() -> str | Response:
    form = LineForm()
    line = _entered(form) if form.validate_on_submit() else None
    return _after_entering(line) if line is not None else unprocessable(_page(_usual(), {}, form=form))


@duty.route("/duty/log/drafts", permission=WRITE, methods=["POST"])
def drop_line_draft() -> Response:
    with writing() as session:
        drop_draft(session, account_id=actor().account_id, form=DRAFT)
    return see_other(url_for("duty.list_log"))


def _entered(form: LineForm) -> DeskEntry | None:
    try:
        data = form.data_for(db.session(), actor(), clock.today())
        with form.refusals(), writing() as session:
            return enter_line(
                session,
                actor=actor(),
                now=clock.now(),
                data=data,
                submission_key=form.submission_key.data or "",
            )
    except (Refused, RuleViolation):
        return None


def _after_entering(line: DeskEntry) -> Response:
    flash(f"已记入 {line.number}。", "success")
    warn_of_numbers(line)
    if request.form.get("then") == "show":
        return see_other(url_for("duty.show_line", line_id=line.id))
    return see_other(url_for("duty.list_log"))


def warn_of_numbers(line: DeskEntry) -> None:
    """Telephone and identity numbers are told, not refused: an office's own line may stand there."""
    told = numbers_told(line.source, line.content, line.proposal, line.instruction, line.reply)
    if told:
        flash(
            f"{line.number} 里有号码 {'、'.join(told)}。值班日志不留个人的电话和证件号码，不是办公电话的请更正去掉。",
            "warning",
        )


def _usual() -> DeskLogFilter:
    return asked_log(db.session(), actor(), {})


def _left_half_filled() -> dict[str, list[str]]:
    """Not where the address asks for a fresh form, or for a further report of an event."""
    if request.args.get("fresh") or request.args.get("first"):
        return {}
    return kept_fields(actor(), DRAFT)


def _presets() -> dict[str, Any]:
    """Now; where the address names a 首报, what its 续报 shares with it."""
    presets: dict[str, Any] = typed_in_two(clock.now(), "happened_on", "happened_time")
    first_id = number_of(request.args.get("first"))
    if first_id is None:
        return presets
    first = own_line(db.session(), actor(), first_id)
    shared = {"kind": first.kind, "source": first.source_unit.label if first.source_unit else first.source}
    return presets | shared | {"report": "follow", "first_number": first.number}


def _page(chosen: DeskLogFilter, problems: dict[str, str], form: LineForm | None = None) -> str:
    session, now = db.session(), clock.now()
    page = list_log(
        session,
        actor(),
        chosen,
        now,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return page_or_part(
        "duty/list_log.html",
        "duty/_log_rows.html",
        page=page,
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["desk-log"].at_once,
        problems=problems,
        sentence=chosen.sentence(session),
        total=log_total(session, actor(), chosen, now),
        is_own=bool(own_desk(actor())) and chosen.unit == own_desk(actor()),
        whose=chosen.whose(session),
        units=units_to_step_down(session, actor(), chosen.unit or None),
        **({} if wants_part() else _around(form)),
    )


def _around(form: LineForm | None) -> dict[str, Any]:
    """The form, what waits, the choices of the filter."""
    session, own = db.session(), own_desk(actor())
    found: dict[str, Any] = {
        "kinds": EntryKind,
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": {"本班": {"from": shift_day(session, own)}} | quick_periods(clock.today()),
        "own": own,
    }
    if not own:
        return found
    kept = {} if form else _left_half_filled()
    typed = MultiDict([(name, value) for name, values in kept.items() for value in values])
    return found | {
        "form": form or (LineForm(formdata=typed) if kept else LineForm(formdata=None, data=_presets())),
        "restored": bool(kept),
        "work": desk_work(session, actor(), clock.now()),
        "incoming": incoming(session, actor(), clock.now()),
        "events": open_events(session, own),
    }
