"""请假、愿休: the list, a new one, one of them with the duties it leaves uncovered, voiding."""

from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.absences import label_of, note_absence
from actions.absences import void_absence as make_void_absence
from blueprints.duty import duty
from blueprints.duty.change_forms import AbsenceForm, RefuseForm, hours_of, version_of, words_of_duty
from extensions import db
from models.roster import Duty, RosterAbsence
from queries.absences import (
    KINDS,
    MOST_LISTED,
    STATES,
    AbsenceFilter,
    list_absences,
    load_absence,
    may_void,
    people_to_note,
    uncovered_by,
)
from queries.duty_answering import may_publish
from queries.duty_standing import standing_of
from queries.duty_swaps import open_swaps_of, with_account
from queries.roster_rows import slot_of
from rules.duty_words import AbsenceKind
from rules.errors import NotVisible, StaleVersion
from rules.roles import Permission
from rules.roster_conflicts import Replacement
from web import clock
from web.form_fields import Refused, unprocessable, with_ids
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

MOST_PROPOSED = 3


@duty.route("/duty/absences", permission=Permission.DUTY_OWN)
def list_duty_absences() -> str:
    chosen = AbsenceFilter.from_args(request.args)
    rows = list_absences(db.session(), actor(), chosen, clock.today())
    return render_template(
        "duty/list_duty_absences.html",
        rows=rows[:MOST_LISTED],
        chosen=chosen,
        states=STATES,
        kinds=KINDS,
        kind_of=AbsenceKind,
        sentence=chosen.sentence(len(rows)),
    )


@duty.route("/duty/absences/new", permission=Permission.DUTY_OWN, methods=["GET", "POST"])
def new_absence() -> str | Response:
    if request.method == "GET":
        asked = {name: request.args.get(name, "") for name in ("person", "kind")}
        return _new_page(AbsenceForm(formdata=None, data={k: v for k, v in asked.items() if v}))
    form = AbsenceForm()
    if not form.validate_on_submit():
        return unprocessable(_new_page(form))
    try:
        with form.refusals(), writing() as session:
            row = note_absence(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=form.as_data(actor().person_id or 0),
                submission_key=form.submission_key.data or "",
            )
            absence_id, label = row.id, label_of(row)
    except Refused:
        return unprocessable(_new_page(form))
    flash(f"已登记：{label}。", "success")
    return see_other(url_for("duty.show_absence", absence_id=absence_id))


@duty.route("/duty/absences/<int:absence_id>", permission=Permission.DUTY_OWN)
def show_absence(absence_id: int) -> str:
    return _page(load_absence(db.session(), actor(), absence_id))


@duty.route("/duty/absences/<int:absence_id>/void", permission=Permission.DUTY_OWN, methods=["POST"])
def void_absence(absence_id: int) -> str | Response:
    row = load_absence(db.session(), actor(), absence_id)
    if not may_void(db.session(), actor(), row, clock.today()):
        raise NotVisible("roster_absence")
    form = RefuseForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                make_void_absence(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    row=load_absence(session, actor(), absence_id),
                    version=version_of(form),
                    reason=form.reason.data or "",
                )
        except Refused as refused:
            if isinstance(refused.__cause__, StaleVersion):
                form.version.data = load_absence(db.session(), actor(), absence_id).version
        else:
            flash("已作废，排班时不再计算。", "success")
            return see_other(url_for("duty.list_duty_absences"))
    return unprocessable(_page(load_absence(db.session(), actor(), absence_id), form))


@dataclass(frozen=True)
class Uncovered:
    """A published duty on a day of leave; `swap_id`: a swap of it is under way."""

    duty: Duty
    words: str
    hours: str
    best: list[Replacement]
    reachable: frozenset[int]
    """Of those, who can be asked."""
    may_set: bool
    may_ask: bool
    swap_id: int | None


def _page(row: RosterAbsence, form: RefuseForm | None = None) -> str:
    return render_template(
        "duty/show_absence.html",
        row=row,
        kind=AbsenceKind(row.kind),
        uncovered=_uncovered(row),
        may_void=not row.is_void and may_void(db.session(), actor(), row, clock.today()),
        form=with_ids(form or RefuseForm(formdata=None, data={"version": row.version}), "void"),
    )


def _uncovered(row: RosterAbsence) -> list[Uncovered]:
    session = db.session()
    duties = uncovered_by(session, row, clock.now())
    by_scheme: dict[int, list[Duty]] = {}
    for one in duties:
        by_scheme.setdefault(one.roster.scheme_id, []).append(one)
    swaps = {swap.duty_id: swap.id for swap in open_swaps_of(session, [one.id for one in duties])}
    return [found for group in by_scheme.values() for found in _of_scheme(group, swaps)]


def _of_scheme(duties: list[Duty], swaps: dict[int, int]) -> list[Uncovered]:
    """One reading of the rotas serves all duties of one scheme."""
    standing = standing_of(db.session(), duties, with_accounts=True)
    reachable = with_account(db.session(), list(standing.problem.member_of))
    return [
        Uncovered(
            duty=one,
            words=words_of_duty(one),
            hours=hours_of(one),
            best=list(standing.replacements(slot_of(one), one.person_id))[:MOST_PROPOSED],
            reachable=reachable,
            may_set=may_publish(actor(), one.unit),
            may_ask=one.person_id == actor().person_id,
            swap_id=swaps.get(one.id),
        )
        for one in duties
    ]


def _new_page(form: AbsenceForm) -> str:
    own = actor().person_id or 0, actor().name
    people = people_to_note(db.session(), actor(), clock.today())
    return render_template(
        "duty/new_absence.html", form=form.offering(own, people), is_for_others=bool(people)
    )
