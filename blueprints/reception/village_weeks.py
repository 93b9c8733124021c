"""Which village has held this week's session and which has not; a township enters its whole week at once."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from actions.drafts import drop_draft
from actions.once import already_made
from actions.village_sessions import WeekRefused, register_week
from blueprints.reception import reception
from blueprints.reception.village_session_forms import PARTS, WeekForm, WeekRowForm
from blueprints.reception.village_sessions import latest_session_day
from blueprints.reception.village_week_draft import DRAFT, KeptWeek, kept_week
from extensions import db
from models.organisation import Unit
from models.village_session import VillageSession
from queries.register_filter import day_of, number_of
from queries.rosters import village_duties
from queries.scope import load_unit
from queries.village_sessions import (
    HeldSession,
    VillageWeeks,
    by_township,
    last_attendees,
    session_day,
    session_days,
    session_weekday,
    village_weeks,
)
from rules.errors import NotVisible, RuleViolation
from rules.periods import PeriodKind, parse_period
from rules.roles import Permission
from rules.taxonomy import VILLAGE_LEVEL, SessionMode
from web import clock
from web.form_fields import unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

WEEKS_SHOWN = 8
MOST_VILLAGES = 60
"""A table longer than this is entered township by township."""


@dataclass(frozen=True)
class EntryRow:
    """One village in the table: its form, or the session it has held already."""

    village: Unit
    form: WeekRowForm | None
    held: HeldSession | None


@reception.route("/reception/village-sessions/week", permission=Permission.RECEPTION_READ)
def show_village_week() -> str:
    """Villages × the last eight session days of one unit; for the county, townships as rows."""
    day, unit = _asked_week(), asked_unit()
    today = clock.today()
    days = session_days(day, session_weekday(db.session(), day), WEEKS_SHOWN)
    rows = village_weeks(db.session(), actor(), unit.path, days, today)
    townships = by_township(db.session(), rows, days) if len({r.village.parent_id for r in rows}) > 1 else []
    return render_template(
        "reception/show_village_week.html",
        unit=unit,
        above=unit_above(unit),
        days=days,
        day=days[-1],
        rows=[] if townships else rows,
        townships=townships,
        totals={d: _due_and_held(rows, d) for d in days},
        missing=[] if townships else [r.village for r in rows if days[-1] in r.due and not r.held[days[-1]]],
        earlier=day - timedelta(weeks=1),
        later=day + timedelta(weeks=1) if days[-1] + timedelta(weeks=1) <= today else None,
        modes={m.value: m.label for m in SessionMode},
        going={} if townships else _going(unit, days[-1]),
    )


def _going(unit: Unit, day: date) -> dict[int, str]:
    """Village → who goes there in that week, from the published roster of its township."""
    office = unit.parent if unit.category in {c.value for c in VILLAGE_LEVEL} else unit
    if office is None or not actor().may(Permission.DUTY_READ):
        return {}
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]
    found: dict[int, list[str]] = {}
    for (village, on), names in village_duties(db.session(), actor(), office.id, week).items():
        found.setdefault(village, []).append(f"{'、'.join(names)}（{on.month}月{on.day}日）")
    return {village: "；".join(words) for village, words in found.items()}


@reception.route(
    "/reception/village-sessions/week/entry",
    permission=Permission.SESSIONS_WRITE,
    methods=["GET", "POST"],
    keeps_draft=DRAFT,
)
def enter_village_week() -> str | Response:
    """One session day of all villages below a unit, as rows of one table: all are saved, or none."""
    if request.method == "GET":
        return _opened_page()
    unit = asked_unit()
    form = WeekForm()
    if already_made(db.session(), form.submission_key.data or "", actor(), VillageSession) is not None:
        flash("这张表已经保存过，没有重复登记。", "success")
        return see_other(url_for("reception.show_village_week", unit=unit.id))
    day = form.day.data or latest_session_day()
    rows = _entry_rows(unit, day, request.form)
    filled = [r for r in rows if r.form is not None and not r.form.is_blank]
    fine = [form.validate_on_submit(), *(r.form.validate() for r in filled if r.form)]
    overtaken = [r.village.label for r in rows if r.held and request.form.get(f"v{r.village.id}-mode")]
    if overtaken:
        form.form_errors.append(f"{'、'.join(overtaken)}刚才已由别人登记，见下表；其余的请核对后再保存一次。")
    elif not filled:
        form.form_errors.append("一个村也没有填：请至少给一个村选择接访方式。")
    if not all(fine) or form.form_errors:
        return unprocessable(_entry_page(form, unit, rows))
    data = [r.form.as_data(r.village.id, day) for r in filled if r.form]
    try:
        with writing() as session:
            count = register_week(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                rows=data,
                submission_key=form.submission_key.data or "",
            )
            drop_draft(session, account_id=actor().account_id, form=DRAFT)
    except WeekRefused as refused:
        _show_refusals(form, rows, refused)
        return unprocessable(_entry_page(form, asked_unit(), rows))
    flash(
        f"已登记 {count} 个村 {day} 的村级接访。" if count else "这张表已经保存过，没有重复登记。", "success"
    )
    return see_other(url_for("reception.show_village_week", unit=unit.id, date=day))


def _opened_page() -> str:
    """The empty table; what was left half-filled where it is of the unit and day asked for, or none is asked for."""
    kept = kept_week()
    unit = _unit_to_open(kept)
    asks_day = bool(request.args.get("date") or request.args.get("week"))
    day = kept.day if kept is not None and kept.unit_id == unit.id and not asks_day else _asked_week()
    typed = kept.typed if kept is not None and (kept.unit_id, kept.day) == (unit.id, day) else None
    form = WeekForm(formdata=None, data={"day": day})
    return _entry_page(form, unit, _entry_rows(unit, day, typed), restored=typed is not None)


def _unit_to_open(kept: KeptWeek | None) -> Unit:
    if kept is not None and not request.args.get("unit"):
        with suppress(NotVisible):
            return load_unit(db.session(), actor(), kept.unit_id)
    return asked_unit()


def asked_unit() -> Unit:
    """The unit in the address, else the actor's own scope. Raises NotVisible."""
    asked = request.args.get("unit", "")
    if not asked:
        own = db.session.get(Unit, int(actor().scope_path.rstrip("/").rpartition("/")[2] or 0))
        if own is None:
            raise NotVisible("unit")
        return own
    return load_unit(db.session(), actor(), number_of(asked) or 0)


def unit_above(unit: Unit) -> Unit | None:
    """Where 返回上级 leads: the unit directly above, while it lies in the actor's scope."""
    above = unit.parent
    return above if above is not None and above.path.startswith(actor().scope_path) else None


def _asked_week() -> date:
    """The session day meant by `date` or `week` (2026-W29); the latest one where neither can be read."""
    try:
        day = day_of(request.args.get("date", ""), "date")
        text = request.args.get("week", "").strip()
        period = parse_period(text) if text and day is None else None
    except RuleViolation:
        return latest_session_day()
    if period is not None and period.kind is PeriodKind.WEEK:
        day = period.start
    if day is None or not 1990 <= day.year <= clock.today().year + 1:
        return latest_session_day()
    return session_day(day, session_weekday(db.session(), day))


def _due_and_held(rows: Sequence[VillageWeeks], day: date) -> tuple[int, int]:
    due = [r for r in rows if day in r.due]
    return len(due), sum(r.held[day] is not None for r in due)


def _entry_rows(unit: Unit, day: date, typed: MultiDict[str, str] | None) -> list[EntryRow]:
    weeks = village_weeks(db.session(), actor(), unit.path, [day], clock.today())
    if len(weeks) > MOST_VILLAGES:
        return []
    attendees = last_attendees(db.session(), actor(), [w.village.id for w in weeks], clock.today())
    return [_entry_row(w, day, attendees, typed) for w in weeks]


def _entry_row(
    week: VillageWeeks, day: date, attendees: dict[int, str], typed: MultiDict[str, str] | None
) -> EntryRow:
    village, held = week.village, week.held[day]
    if held is not None:
        return EntryRow(village, None, held)
    form = WeekRowForm(
        formdata=typed,
        prefix=f"v{village.id}-",
        data={"attendees": attendees.get(village.id, "")},
    )
    return EntryRow(village, form, None)


def _show_refusals(form: WeekForm, rows: list[EntryRow], refused: WeekRefused) -> None:
    """At the cell where there is one, else above the table with the village's name; nothing was saved."""
    by_village = {r.village.id: r for r in rows}
    for unit_id, problems in refused.problems.items():
        row = by_village[unit_id]
        for problem in problems:
            if row.form is not None and problem.field in row.form:
                row.form.add_error(problem.field, problem.message)
            else:
                form.form_errors.append(f"{row.village.label}：{problem.message}")


def _entry_page(form: WeekForm, unit: Unit, rows: list[EntryRow], *, restored: bool = False) -> str:
    wrong = [r.village.label for r in rows if r.form is not None and r.form.errors]
    return render_template(
        "reception/enter_village_week.html",
        form=form,
        unit=unit,
        day=form.day.data,
        rows=rows,
        parts=PARTS,
        wrong=wrong,
        restored=restored,
        is_village=unit.category in {c.value for c in VILLAGE_LEVEL},
        modes={m.value: m.label for m in SessionMode},
    )
