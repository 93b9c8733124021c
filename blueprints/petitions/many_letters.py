"""文书 of the petitions ticked on a list: drafts of one kind for all, and the issued ones as one file to print."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.many_letters import DraftOutcome, draft_each
from blueprints.petitions import petitions
from blueprints.petitions.letter_forms import DraftLetterForm
from blueprints.petitions.ticks import Ticks
from extensions import db
from models.petition_letter import PetitionLetter
from queries.letter_batch import readable
from queries.petition_days import petition_days
from queries.petition_letters import desks_of, letter_offers
from queries.petition_rows import PetitionRow, petition_rows
from queries.petition_scope import load_petitions
from rules.letters.kinds import LetterKind
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import pdf_answer, see_other
from web.prints.at_once import print_at_once, wanted_print
from web.prints.kinds import PRINTS
from web.prints.petition_letters import NAME, arguments_for, petitions_in
from web.session import actor
from web.unit_of_work import rehearsing, writing

WRITE, REVEAL = Permission.PETITIONS_WRITE, Permission.PETITIONS_REVEAL


@dataclass(frozen=True)
class Paper:
    row: PetitionLetter
    label: str
    is_own: bool


@dataclass(frozen=True)
class Line:
    """A ticked petition, its letters that are not given up, and what drafting did or would do."""

    row: PetitionRow
    papers: tuple[Paper, ...]
    outcome: DraftOutcome | None = None

    @property
    def is_ready(self) -> bool:
        return self.outcome is not None and not self.outcome.refusal and not self.outcome.was_done


@dataclass(frozen=True)
class Batch:
    """Letters of one kind (None: of all) that can be printed."""

    kind: LetterKind | None
    number: int
    arguments: dict[str, str]

    @property
    def label(self) -> str:
        return self.kind.label if self.kind else "全部"

    @property
    def is_long(self) -> bool:
        return self.number > PRINTS[NAME].at_once


@petitions.route("/petitions/many/letters", permission=WRITE, methods=["GET", "POST"])
def draft_many_letters() -> str | Response:
    ticks = Ticks.from_args(request.values)
    if refused := ticks.refusal():
        return refused
    if request.method == "GET":
        return _page(ticks, DraftLetterForm(formdata=None))
    form = DraftLetterForm()
    if not form.validate_on_submit():
        return unprocessable(_page(ticks, form))
    if request.form.get("do") == "ask":
        return _page(ticks, form)
    if request.form.get("do") != "confirm":
        with rehearsing() as session:
            outcomes = _drafted(session, ticks, form)
        return _page(ticks, form, outcomes)
    with writing() as session:
        outcomes = _drafted(session, ticks, form)
    return _answered(ticks, form, outcomes)


@petitions.route("/petitions/many/letters.pdf", permission=REVEAL)
def print_many_letters() -> Response:
    """Issued ones only, each with its seal. Raises NotVisible, RenderingFailed."""
    kind, wanted = PRINTS[NAME], wanted_print(db.session(), actor(), NAME, request.args)
    if not 0 < wanted.pieces <= kind.at_once:
        flash(
            f"共 {wanted.pieces} 份，超过 {kind.at_once} 份的在后台打印。"
            if wanted.pieces
            else "勾选的事项里没有您能打印的已印发文书。",
            "warning",
        )
        return see_other(url_for("petitions.draft_many_letters", p=petitions_in(request.args)))
    content = print_at_once(db.session(), actor(), kind, wanted.arguments)
    return pdf_answer(content, f"{kind.title}_{clock.today()}")


def _drafted(session: Session, ticks: Ticks, form: DraftLetterForm) -> list[DraftOutcome]:
    return draft_each(
        session,
        actor=actor(),
        now=clock.now(),
        today=clock.today(),
        petitions=load_petitions(session, actor(), ticks.ids),
        kind=LetterKind(form.kind.data),
        submission_key=form.submission_key.data or "",
    )


def _answered(ticks: Ticks, form: DraftLetterForm, outcomes: list[DraftOutcome]) -> Response:
    """What was refused stays ticked; without any, the drafts to be looked at."""
    label = LetterKind(form.kind.data).label
    done = [outcome.petition_id for outcome in outcomes if not outcome.refusal]
    refused = [outcome for outcome in outcomes if outcome.refusal]
    address = url_for("petitions.draft_many_letters", p=done, list=ticks.listed) if done else ""
    if done and not refused:
        flash(f"已起草 {len(done)} 份{label}。请逐份核对，由负责人签发。", "success")
        return see_other(address)
    return unprocessable(_page(ticks, form, refused, done=len(done), address=address))


def _page(
    ticks: Ticks, form: DraftLetterForm, outcomes: list[DraftOutcome] | None = None, **done: Any
) -> str:
    """With the outcomes, of those alone."""
    session = db.session()
    ids = ticks.ids if outcomes is None else tuple(outcome.petition_id for outcome in outcomes)
    found = load_petitions(session, actor(), ids)
    desks = desks_of(session, actor(), found)
    rows = petition_rows(
        session, actor(), [petition.id for petition in found], petition_days(session, clock.today())
    )
    of = {outcome.petition_id: outcome for outcome in outcomes or ()}
    lines = [Line(row, _papers(desks[row.id].letters), of.get(row.id)) for row in rows]
    offers = Counter(o.kind for desk in desks.values() for o in letter_offers(desk) if not o.refusal)
    issued = [row for p in found for row in readable(actor(), p, desks[p.id].letters)]
    return render_template(
        "petitions/draft_many_letters.html",
        ticks=ticks,
        form=form,
        lines=lines,
        missing=len(ticks.ids) - len(lines) - done.get("done", 0),
        ready=sum(line.is_ready for line in lines),
        is_preview=outcomes is not None,
        label=LetterKind(form.kind.data).label if outcomes is not None else "",
        offers=[(kind, offers[kind]) for kind in LetterKind if offers[kind]],
        batches=_batches(issued, [petition.id for petition in found]),
        **done,
    )


def _papers(letters: list[PetitionLetter]) -> tuple[Paper, ...]:
    """Issued ones, and the own office's drafts."""
    unit_id = actor().unit_id
    return tuple(
        Paper(row, LetterKind(row.kind).label, row.unit_id == unit_id)
        for row in letters
        if row.state == "issued" or (row.state == "draft" and row.unit_id == unit_id)
    )


def _batches(issued: list[PetitionLetter], ids: list[int]) -> list[Batch]:
    counts = Counter(row.kind for row in issued)
    kinds = [kind for kind in LetterKind if counts[kind.value]]
    found = [Batch(kind, counts[kind.value], arguments_for(ids, kind)) for kind in kinds]
    return [*found, Batch(None, len(issued), arguments_for(ids, None))] if len(kinds) > 1 else found
