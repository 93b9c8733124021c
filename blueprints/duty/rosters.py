"""One roster: having it planned, what was found, planning again, publishing, making it longer, voiding it."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.roster_endings import end_roster, has_begun, void_roster
from actions.roster_orders import PlanAsked, order_plan
from actions.rosters import (
    may_undo,
    publish_roster,
)
from blueprints.duty import duty
from blueprints.duty.roster_forms import ExtendForm, PlanForm, VersionForm, VoidForm
from extensions import db
from models.roster import Duty, Roster, RosterScheme
from queries.duty_answering import may_publish
from queries.history import history_of
from queries.register_filter import number_of
from queries.roster_accounts import accounted
from queries.roster_orders import open_order_of
from queries.roster_problem import problem_of
from queries.roster_rows import assigned_of, duties_of, guessed_classes, slot_of
from queries.roster_schemes import load_scheme, next_span, schemes_to_plan
from queries.rosters import (
    editions_of,
    load_own_roster,
    load_roster,
    may_plan,
    roster_duties,
)
from queries.terms import calendar_of
from rostering.answers import answer_for
from rostering.explain import why
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Permission
from rules.roster import RosterAnswer, duties_text
from rules.roster_days import changed_days
from rules.roster_rules import hours_text
from rules.roster_words import DayClass, PlanVerb, RosterKind
from web import clock
from web.form_fields import Form, Refused, unprocessable
from web.pages import see_other
from web.registers.rosters import name_of, tables_of
from web.session import actor
from web.unit_of_work import writing

MOST_HISTORY = 30


@duty.route("/duty/roster/new", permission=Permission.DUTY_PLAN, methods=["GET", "POST"])
def new_roster() -> str | Response:
    """Which rota, which days; the worker plans, and keeps it as a draft."""
    schemes = schemes_to_plan(db.session(), actor())
    asked = number_of(request.values.get("scheme", ""))
    scheme_id = asked or (schemes[0].id if schemes else 0)
    if not scheme_id:
        return render_template("duty/new_roster.html", form=None, schemes=schemes)
    scheme = load_scheme(db.session(), actor(), scheme_id)
    form = PlanForm() if request.method == "POST" else _usual_days(scheme.id)
    form.scheme.choices = [(str(line.id), f"{line.unit} {line.name}") for line in schemes]
    if request.method == "GET":
        return _new_page(form, schemes, scheme)
    if not form.validate_on_submit():
        return unprocessable(_new_page(form, schemes, scheme))
    try:
        with form.refusals():
            order_id = _ordered(form, scheme.id)
    except Refused:
        return unprocessable(_new_page(form, schemes, load_scheme(db.session(), actor(), scheme_id)))
    return see_other(url_for("duty.show_roster_order", plan_id=order_id))


ONLY_WHO_ANSWERS = "只有本单位负责人（县信访局为局负责人）能发布、能改已发布的班表。"


@duty.route("/duty/roster/<int:roster_id>", permission=Permission.DUTY_READ)
def show_planned_roster(roster_id: int) -> str:
    return roster_page(load_roster(db.session(), actor(), roster_id))


@duty.route("/duty/roster/<int:roster_id>/plan", permission=Permission.DUTY_PLAN, methods=["POST"])
def repeat_roster_plan(roster_id: int) -> str | Response:
    """A draft planned anew; what is locked stays."""
    form = VersionForm()
    ordered: list[int] = []

    def act(session: Session, roster: Roster) -> None:
        asked = PlanAsked(PlanVerb.REPEAT, roster.first_day, roster.last_day, roster, form.number)
        ordered.append(_order(session, roster.scheme, asked))

    return changed(roster_id, form, act, "", then=lambda: _address_of(ordered))


@duty.route("/duty/roster/<int:roster_id>/extension", permission=Permission.DUTY_PLAN, methods=["POST"])
def extend_roster(roster_id: int) -> str | Response:
    form = ExtendForm()
    ordered: list[int] = []

    def act(session: Session, roster: Roster) -> None:
        asked = PlanAsked(PlanVerb.EXTEND, roster.first_day, form.last_day.data, roster, form.number)
        ordered.append(_order(session, roster.scheme, asked))

    return changed(roster_id, form, act, "", name="extend_form", then=lambda: _address_of(ordered))


@duty.route("/duty/roster/<int:roster_id>/publication", permission=Permission.DUTY_PUBLISH, methods=["POST"])
def publish_planned_roster(roster_id: int) -> str | Response:
    form = VersionForm()
    said: list[str] = []

    def act(session: Session, roster: Roster) -> None:
        if not may_publish(actor(), roster.unit):
            raise RuleViolation(ONLY_WHO_ANSWERS)
        written = publish_roster(
            session, actor=actor(), now=clock.now(), today=clock.today(), roster=roster, version=form.number
        )
        said.append(f"已发布第 {roster.edition} 版。{written.in_words() if written else ''}")

    return changed(roster_id, form, act, said)


@duty.route("/duty/roster/<int:roster_id>/void", permission=Permission.DUTY_PLAN, methods=["POST"])
def void_planned_roster(roster_id: int) -> str | Response:
    form = VoidForm()

    def act(session: Session, roster: Roster) -> None:
        _require_publisher(roster)
        void_roster(
            session,
            actor=actor(),
            now=clock.now(),
            today=clock.today(),
            roster=roster,
            version=form.number,
            reason=form.reason.data,
        )

    return changed(roster_id, form, act, "已作废，这段日子可以重新排班。", name="void_form")


@duty.route("/duty/roster/<int:roster_id>/end", permission=Permission.DUTY_PUBLISH, methods=["POST"])
def end_planned_roster(roster_id: int) -> str | Response:
    """One that runs ends today, and later days are planned anew."""
    form = VoidForm()
    said: list[str] = []

    def act(session: Session, roster: Roster) -> None:
        _require_publisher(roster)
        count = end_roster(
            session,
            actor=actor(),
            now=clock.now(),
            today=clock.today(),
            roster=roster,
            version=form.number,
            reason=form.reason.data,
        )
        said.append(f"班表截至今天，后面的 {count} 班已取消，那些日子可以另行排班。")

    return changed(roster_id, form, act, said, name="end_form")


def changed(
    roster_id: int,
    form: VersionForm,
    act: Any,
    done: str | list[str],
    *,
    name: str = "act_form",
    then: Callable[[], str] | None = None,
) -> str | Response:
    """Act on a roster that the actor may change; refused, the same page with the refusal. `then` gives where to look
    afterwards, where it is not the roster's page."""
    load_own_roster(db.session(), actor(), roster_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                act(session, load_own_roster(session, actor(), roster_id))
        except Refused as refused:
            return unprocessable(_again(roster_id, form, refused, name))
        if then is not None:
            return see_other(then())
        flash(done if isinstance(done, str) else "".join(done), "success")
        return see_other(url_for("duty.show_planned_roster", roster_id=roster_id))
    return unprocessable(_again(roster_id, form, None, name))


def roster_page(
    roster: Roster,
    *,
    act_form: VersionForm | None = None,
    extend_form: ExtendForm | None = None,
    void_form: VoidForm | None = None,
    end_form: VoidForm | None = None,
) -> str:
    """Days, what was found, accounts, who changed what; a form that was refused is shown open."""
    fresh: dict[str, Any] = {"formdata": None, "data": {"version": roster.version}}
    rows, calendar = roster_duties(db.session(), roster), calendar_of(db.session())
    planning = may_plan(actor(), roster.unit) and not roster.is_void
    publishing = may_publish(actor(), roster.unit) and not roster.is_void
    answer = _answer(roster) if may_plan(actor(), roster.unit) and not roster.is_void else None
    return render_template(
        "duty/show_planned_roster.html",
        roster=roster,
        kind=RosterKind(roster.scheme.kind),
        tables=tables_of(rows, calendar),
        name_of=name_of,
        person_id=actor().person_id,
        planning=planning and (publishing or not roster.is_published),
        publishing=publishing,
        answer=answer,
        found=_findings(answer) if answer else None,
        changed_days=changed_days(guessed_classes(roster), calendar),
        left_empty=[row for row in rows if row.locked and row.person_id is None],
        asked=_asked_why(roster, answer) if answer else None,
        editions=editions_of(db.session(), [roster.id]),
        history=_history(roster)[-MOST_HISTORY:] if planning else [],
        has_undo=may_undo(roster),
        changes=sum(row.was is not None for row in rows),
        act_form=act_form or VersionForm(**fresh),
        extend_form=extend_form or ExtendForm(**fresh),
        void_form=void_form or VoidForm(**fresh),
        end_form=end_form or VoidForm(**fresh),
        order_id=open_order_of(db.session(), roster.id) if planning else None,
        has_begun=roster.is_published and has_begun([row.starts_at for row in rows], clock.now()),
    )


def _usual_days(scheme_id: int) -> PlanForm:
    first, last = next_span(db.session(), scheme_id, clock.today())
    return PlanForm(formdata=None, data={"scheme": str(scheme_id), "first_day": first, "last_day": last})


def _new_page(form: PlanForm, schemes: list[Any], scheme: RosterScheme) -> str:
    return render_template("duty/new_roster.html", form=form, schemes=schemes, scheme=scheme)


def _ordered(form: PlanForm, scheme_id: int) -> int:
    """Id of the order. Raises RuleViolation(s)."""
    first, last = form.first_day.data, form.last_day.data
    with writing() as session:
        scheme = load_scheme(session, actor(), scheme_id)
        return _order(session, scheme, PlanAsked(PlanVerb.NEW, first, last), form.submission_key.data or "")


def _order(session: Session, scheme: RosterScheme, asked: PlanAsked, submission_key: str = "") -> int:
    return order_plan(
        session,
        actor=actor(),
        now=clock.now(),
        today=clock.today(),
        scheme=scheme,
        asked=asked,
        submission_key=submission_key,
    ).id


def _address_of(ordered: list[int]) -> str:
    return url_for("duty.show_roster_order", plan_id=ordered[0])


def _require_publisher(roster: Roster) -> None:
    if roster.is_published and not may_publish(actor(), roster.unit):
        raise RuleViolation(f"班表已发布，{ONLY_WHO_ANSWERS}")


def _again(roster_id: int, form: Form, refused: Refused | None, name: str) -> str:
    """After a refusal as stale the page shows the newer state, so that acting again is deliberate."""
    roster = load_own_roster(db.session(), actor(), roster_id)
    if refused is not None and isinstance(refused.__cause__, StaleVersion):
        form["version"].data = str(roster.version)
    forms: dict[str, Any] = {name: form}
    return roster_page(roster, **forms)


def _answer(roster: Roster) -> RosterAnswer:
    """What may be said of the roster as it stands now; the accounts of a published one, by what held then."""
    problem = problem_of(db.session(), roster)
    reckoned = accounted(db.session(), roster) if roster.is_published else None
    assigned = assigned_of(duties_of(db.session(), roster.id))
    return answer_for(problem, assigned, roster.proven, accounted=reckoned)


def _findings(answer: RosterAnswer) -> dict[str, Any]:
    posts = answer.problem.post_of
    used = [c for c in DayClass if c in set(answer.problem.classes.values())]
    return {
        "empty": [(empty.slot.day, posts[empty.slot.post_id].name, empty.reasons) for empty in answer.empty],
        "conflicts": answer.conflicts,
        "classes": used,
        "accounts": answer.accounts,
        "units": duties_text,
        "gaps": {c.label: duties_text(round(answer.gaps[c] * 10_000)) for c in used},
        "provisional": bool(answer.problem.provisional),
        "has_before": any(any(account.before.values()) for account in answer.accounts),
    }


def _asked_why(roster: Roster, answer: RosterAnswer) -> dict[str, Any] | None:
    """“为什么是他” of the duty in the address."""
    duty_id = number_of(request.args.get("duty", ""))
    found = db.session.get(Duty, duty_id) if duty_id is not None else None
    if found is None or found.roster_id != roster.id:
        return None
    slot = slot_of(found)
    said = why(answer, slot) if slot in set(answer.problem.slots) else "手工留空，不算任何人的账。"
    hours = hours_text(found.post.starts_at, found.post.ends_at)
    name = found.person.name if found.person else "空岗"
    return {"duty": found, "name": name, "hours": hours, "text": said}


def _history(roster: Roster) -> list[Any]:
    """Every seat is a field of it, so that each change by hand is read in words."""
    seats = {
        f"{d.day} {d.post.name}{f' {d.seat}' if d.post.need > 1 else ''}"
        for d in duties_of(db.session(), roster.id)
    }
    labels = {"last_day": "截止日期", "edition": "版次", "voided_at": "作废"} | {s: s for s in sorted(seats)}
    return history_of(db.session(), "roster", roster.id, labels)
