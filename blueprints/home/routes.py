"""工作台: what is due today, what is missing, the quick ways in."""

from typing import Any

from flask import render_template

from blueprints.home.waiting import waiting
from extensions import db
from queries.board import (
    account_counts,
    audit_counts,
    due_rows,
    last_session_day,
    overdue_by_unit,
    session_day,
    today_in_scope,
)
from queries.desk_log import incoming, pressing
from queries.duty_alarms import duty_alarms
from queries.duty_now import desks_now
from queries.handovers import missing_handovers
from queries.leader_receptions import open_promises
from queries.leader_schedule import upcoming_days
from queries.office_rules import GROUP_VISIT_PERSONS, SESSION_WEEKDAY, RuleBook, rule_book
from queries.petition_days import petition_days
from queries.petition_digest import petition_digest
from queries.special_periods import periods_today
from rules.roles import Permission, Role
from web import clock
from web.guarded_blueprint import GuardedBlueprint
from web.session import actor

_PLANNING = frozenset({Role.BUREAU, Role.DIRECTOR, Role.LEADER, Role.SUPERVISOR})
"""Those who prepare for the coming reception days, or hold them."""

_SUPERVISING = frozenset({Role.BUREAU, Role.DIRECTOR, Role.SUPERVISOR})
"""Those whom a desk that was not handed over alarms."""

home = GuardedBlueprint("home", __name__)


@home.route("/", permission=Permission.HOME)
def show() -> str:
    return render_template(
        "home/show.html",
        **_registers(),
        **_coming_days(),
        **_duty(),
        **_desk(),
        **_special_periods(),
        **_administration(),
    )


def _registers() -> dict[str, Any]:
    if not actor().may(Permission.RECEPTION_READ):
        return {}
    session, today = db.session(), clock.today()
    rules = rule_book(session)
    reads_petitions = actor().may(Permission.PETITIONS_READ)
    days = petition_days(session, today, rules) if reads_petitions else None
    waits = waiting(days)
    return {
        **_reception(rules),
        "waiting": waits.areas,
        "unfinished": waits.unfinished,
        "digest": petition_digest(session, actor(), days) if days else None,
    }


def _reception(rules: RuleBook) -> dict[str, Any]:
    session, today = db.session(), clock.today()
    day = last_session_day(today, rules.on(SESSION_WEEKDAY, today))
    return {
        "counts": today_in_scope(session, actor(), today),
        "due": due_rows(session, actor(), today, rules.on(GROUP_VISIT_PERSONS, today)),
        "late_units": overdue_by_unit(session, actor(), today) if actor().sees_county else [],
        "sessions": session_day(session, actor(), day),
        "promises": open_promises(session, actor(), today, limit=6),
    }


def _coming_days() -> dict[str, Any]:
    if actor().role not in _PLANNING:
        return {}
    return {"coming_days": upcoming_days(db.session(), actor(), clock.today())}


def _duty() -> dict[str, Any]:
    """Who stands now, once anybody keeps a rota; what must be seen to."""
    if not actor().may(Permission.DUTY_READ):
        return {}
    session, now = db.session(), clock.now()
    desks = desks_now(session, actor(), now)
    shown = desks if any(desk.posts or desk.has_rota for desk in desks) else []
    return {"desks": shown, "duty_alarms": duty_alarms(session, actor(), now, clock.today())}


def _desk() -> dict[str, Any]:
    """The duty desk: what owes an answer, what waits for receipt, which desks were not handed over."""
    if not actor().may(Permission.DUTY_LOG_READ):
        return {}
    session, now = db.session(), clock.now()
    found: dict[str, Any] = {"desk_pressing": pressing(session, actor(), now)}
    if actor().may(Permission.DUTY_LOG):
        found["desk_incoming"] = incoming(session, actor(), now, limit=6)
    if actor().role in _SUPERVISING:
        found["missing_handovers"] = missing_handovers(session, actor(), now)
    return found


def _special_periods() -> dict[str, Any]:
    """Who has and has not reported today, or whether the own unit has."""
    if not actor().may(Permission.DUTY_READ):
        return {}
    return {"special_periods": periods_today(db.session(), actor(), clock.today(), clock.now())}


def _administration() -> dict[str, Any]:
    session, now = db.session(), clock.now()
    found: dict[str, Any] = {}
    if actor().may(Permission.ACCOUNTS_READ):
        found["accounts"] = account_counts(session, now)
    if actor().may(Permission.AUDIT):
        found["audit"] = audit_counts(session, now)
    return found
