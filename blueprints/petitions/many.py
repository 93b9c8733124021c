"""批量办理: the petitions ticked on a list, one form for all of them, what it would do to each, and doing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.petitions.many import MOST_AT_ONCE, Outcome, take_each
from actions.petitions.steps import Act
from blueprints.petitions import petitions
from blueprints.petitions.many_doors import MANY_DOORS, ManyDoor
from blueprints.petitions.record_page import ON_LABELS
from blueprints.petitions.step_forms import StepForm
from blueprints.petitions.ticks import TICK, Ticks
from extensions import db
from queries.organisation import unit_by_id
from queries.petition_days import CLOCK_WORDS, petition_days
from queries.petition_rows import PetitionRow, petition_rows
from queries.petition_scope import load_petitions, running_of, visible_ids
from queries.petition_standing import hands_to, standing_of, surroundings_of_many
from queries.petition_words import FIELD_LABELS, petition_value_in_words
from rules.petition_states import Verb, refusal
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import rehearsing, writing

ASK, PREVIEW = "ask", "preview"


@dataclass(frozen=True)
class Line:
    """One ticked petition: as the list shows it, and what the step did or would do."""

    row: PetitionRow
    outcome: Outcome
    replaced: tuple[str, ...] = ()
    """What is written over, in words."""

    @property
    def is_ready(self) -> bool:
        return not self.outcome.is_refused and not self.outcome.was_done

    @property
    def due(self) -> str:
        """What is due after the step."""
        due_on, key = self.outcome.due_on, self.outcome.due_key
        return f"{due_on} {CLOCK_WORDS.get(key or '', '')}".strip() if due_on else "无"

    @property
    def keeps_due(self) -> bool:
        return self.outcome.due_on == self.row.next_due_on


def _view(door: ManyDoor) -> Callable[[], str | Response]:
    def take_many() -> str | Response:
        ticks = Ticks.from_args(request.values)
        if refused := ticks.refusal():
            return refused
        if request.method == "GET":
            return _asking(door, ticks, _fresh(door))
        form = door.form()
        if not form.validate_on_submit():
            return unprocessable(_asking(door, ticks, form))
        if request.form.get("do") == ASK:
            return _asking(door, ticks, form)
        if request.form.get("do") == "confirm":
            return _confirmed(door, ticks, form)
        return _previewed(door, ticks, form)

    return take_many


for _door in MANY_DOORS:
    petitions.route(
        f"/petitions/many/{_door.one.noun}",
        permission=_door.one.permission,
        methods=["GET", "POST"],
        endpoint=_door.endpoint,
    )(_view(_door))


@petitions.route("/petitions/many", permission=Permission.PETITIONS_READ)
def show_many() -> str | Response:
    """What was done for many: each with where it stands now, and the way to take it back."""
    ticks = Ticks.from_args(request.args)
    if refused := ticks.refusal():
        return refused
    done = next((d for d in MANY_DOORS if d.one.verb == request.args.get("verb")), None)
    return render_template(
        "petitions/show_many.html",
        label=done.label if done else "",
        rows=_rows(visible_ids(db.session(), actor(), ticks.ids)),
        back=ticks.list_address,
    )


@petitions.route("/petitions/many/handing-over/<int:unit_id>", permission=Permission.PETITIONS_SEND)
def hand_over_all_of_unit(unit_id: int) -> Response:
    """To the form for many, with the matters ticked that a unit has not ended: what they would come to is shown there."""
    unit = unit_by_id(db.session(), unit_id)
    args = {"responsible": unit.id}
    ids = running_of(db.session(), actor(), unit.id, MOST_AT_ONCE)
    if not ids:
        flash("这个单位没有正在办理的信访事项。", "success")
        return see_other(url_for("petitions.list_petitions", **args))
    if len(ids) == MOST_AT_ONCE:
        flash(f"一次最多移交 {MOST_AT_ONCE} 件，办完以后再移交其余的。", "warning")
    return see_other(url_for("petitions.hand_over_many", p=ids, list=urlencode(args)))


def _fresh(door: ManyDoor) -> StepForm:
    return door.form(formdata=None, data={"on": clock.today()})


def _asking(door: ManyDoor, ticks: Ticks, form: StepForm) -> str:
    """The form, above the petitions as they stand now: those that do not stand where the step begins say so already."""
    looked = (
        _ended_look(door, ticks, form)
        if door.one.verb in _ENDING and form.on.data and "term" not in form.errors
        else _first_look(door.one.verb, ticks.ids)
    )
    return _page(door, ticks, form, ASK, _lines(looked))


_ENDING = (Verb.FINISH, Verb.ARCHIVE)
"""Whether a matter may be ended hangs on its own days: the act alone can tell."""


def _ended_look(door: ManyDoor, ticks: Ticks, form: StepForm) -> list[Outcome]:
    """As the preview will say it; what the form itself still lacks is no matter of one petition."""
    with rehearsing() as session:
        found = take_each(session, _acts(session, ticks.ids, form), _step(door, form))
    return [replace(o, refusal="", field="") if o.field == "term" else o for o in found]


def _previewed(door: ManyDoor, ticks: Ticks, form: StepForm) -> str | Response:
    """The step is taken and taken back again, so that a preview says what will be."""
    with rehearsing() as session:
        outcomes = take_each(session, _acts(session, ticks.ids, form), _step(door, form))
    if _belongs_to_form(outcomes, form):
        return unprocessable(_asking(door, ticks, form))
    return _page(door, ticks, form, PREVIEW, _lines(outcomes))


def _confirmed(door: ManyDoor, ticks: Ticks, form: StepForm) -> Response:
    """All that is not refused in one transaction, over the versions of the preview."""
    with writing() as session:
        outcomes = take_each(session, _acts(session, ticks.ids, form, ticks.seen), _step(door, form))
    done = [outcome.petition_id for outcome in outcomes if not outcome.is_refused]
    address = url_for("petitions.show_many", verb=door.one.verb, p=done, list=ticks.listed) if done else ""
    refused = [outcome for outcome in outcomes if outcome.is_refused]
    if done and not refused:
        flash(f"已{door.label} {len(done)} 件，每件各记一步。", "success")
        return see_other(address)
    return unprocessable(_page(door, ticks, form, PREVIEW, _lines(refused), done=len(done), address=address))


def _acts(
    session: Session, ids: tuple[int, ...], form: StepForm, seen: dict[int, int] | None = None
) -> list[Act]:
    """Over the versions that were `seen`, so that what was not shown is refused; without them as each stands now."""
    return [
        Act(
            actor=actor(),
            now=clock.now(),
            today=clock.today(),
            petition=petition,
            version=petition.version if seen is None else seen.get(petition.id, 0),
            on=form.on.data,
            text=(form.text.data or "").strip() if "text" in form else "",
            submission_key=form.submission_key.data or "",
        )
        for petition in load_petitions(session, actor(), ids)
    ]


def _step(door: ManyDoor, form: StepForm) -> Callable[[Session, Act], None]:
    return lambda session, act: door.act(session, act, form)


def _belongs_to_form(outcomes: list[Outcome], form: StepForm) -> bool:
    """What is refused of all for the same field was asked of all: it is shown at that field."""
    found = {(outcome.refusal, outcome.field) for outcome in outcomes}
    message, name = next(iter(found)) if len(found) == 1 else ("", "")
    if not name or name not in form:
        return False
    form[name].errors = [message]
    return True


def _first_look(verb: Verb, ids: tuple[int, ...]) -> list[Outcome]:
    session = db.session()
    found = load_petitions(session, actor(), ids)
    around = surroundings_of_many(session, [petition.id for petition in found])
    return [
        Outcome(p.id, p.version, refusal=refusal(verb, standing_of(p, around[p.id]), hands_to(actor(), p)))
        for p in found
    ]


def _lines(outcomes: list[Outcome]) -> list[Line]:
    """With what the list says of each now."""
    rows = {row.id: row for row in _rows([outcome.petition_id for outcome in outcomes])}
    words = petition_value_in_words(db.session())
    return [
        Line(rows[o.petition_id], o, tuple(_replacement(words, *r) for r in o.replaced)) for o in outcomes
    ]


def _replacement(words: dict[str, Callable[[Any], str]], name: str, before: Any, after: Any) -> str:
    """信访部门评价：不满意 → 满意"""
    say = words.get(name, str)
    return f"{FIELD_LABELS.get(name, name)}：{say(before)} → {say(after) if after else '空'}"


def _rows(ids: Sequence[int]) -> list[PetitionRow]:
    session = db.session()
    return petition_rows(session, actor(), list(ids), petition_days(session, clock.today()))


def _page(door: ManyDoor, ticks: Ticks, form: StepForm, stage: str, lines: list[Line], **done: Any) -> str:
    form.on.label.text = ON_LABELS.get(door.one.verb, "日期")
    return render_template(
        "petitions/take_many.html",
        door=door,
        form=form,
        ticks=ticks,
        tick=TICK,
        lines=lines,
        missing=len(ticks.ids) - len(lines) - done.get("done", 0),
        ready=sum(line.is_ready for line in lines),
        is_preview=stage == PREVIEW,
        said=_said(form) if stage == PREVIEW else [],
        **done,
    )


_NOT_SAID = ("csrf_token", "submission_key")


def _said(form: StepForm) -> list[tuple[str, str, str, str]]:
    """What was typed, as name, value, label and words."""
    fields = [f for f in form if f.name not in _NOT_SAID]
    return [(f.name, _value(f), f.label.text, _words(f)) for f in fields]


def _value(field: Any) -> str:
    return str(field.data or "") if hasattr(field, "choices") else field._value()


def _words(field: Any) -> str:
    if not hasattr(field, "choices"):
        return str(field._value())
    chosen = next((words for code, words in field.choices if code and code == field.data), "")
    return str(chosen.partition(" ")[2])
