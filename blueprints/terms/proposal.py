"""What a change would move, shown before anybody applies it; applying and dropping it."""

import hashlib

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.petition_terms import apply_proposal as apply_action
from actions.petition_terms import drop_proposal as drop_action
from blueprints.terms import terms
from documents.workbook import Sheet, write_workbook
from extensions import db
from queries.deadline_moves import (
    DeadlineMove,
    MoveRow,
    count_moves,
    move_rows,
    moves_under,
    visible_moves,
)
from queries.register_filter import number_of
from queries.terms_proposals import proposal_of, proposal_sentence, proposed_terms
from rules.errors import NotVisible, RuleViolation, RuleViolations
from rules.roles import Permission
from rules.terms_proposal import Proposal, proposal_text
from web import clock
from web.pages import see_other, xlsx_answer
from web.session import actor
from web.unit_of_work import writing

ON_A_PAGE = 50
HEADINGS = (
    *("编号", "单位", "期限", "起算日", "原到期日", "新到期日", "提前", "原法定届满日", "新法定届满日"),
    *("原为暂定", "仍为暂定"),
)
WIDTHS = (24, 20, 16, 12, 12, 12, 8, 14, 14, 10, 10)
_NOTHING = "没有待录入的安排，可能已经录入或放弃。"
_CHANGED = "待录入的安排已经换了，请再看一遍影响。"


@terms.route("/terms/proposal", permission=Permission.TERMS_SET)
def preview_proposal() -> str | Response:
    """Counts for all who may set terms; the petitions themselves for those who may read petitions."""
    proposal = proposal_of(db.session(), actor())
    if proposal is None:
        return _back(_NOTHING)
    try:
        moves, sentence = _moves(proposal), proposal_sentence(db.session(), proposal)
    except (RuleViolation, RuleViolations, NotVisible) as refusal:
        return _drop_dead(refusal)
    seen = visible_moves(db.session(), actor(), moves) if _reads_petitions() else []
    pages = max(1, -(-len(seen) // ON_A_PAGE))
    page = min(max(1, number_of(request.args.get("page")) or 1), pages)
    return render_template(
        "terms/preview_proposal.html",
        sentence=sentence,
        counts=count_moves(db.session(), moves),
        moved=len(moves),
        later=sum(m.shifts and not m.earlier for m in moves),
        earlier=sum(m.earlier for m in moves),
        reads=_reads_petitions(),
        rows=move_rows(db.session(), seen[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]),
        hidden_moves=len(moves) - len(seen),
        page=page,
        pages=pages,
        digest=_digest(proposal),
    )


@terms.route("/terms/proposal/moves.xlsx", permission=Permission.PETITIONS_READ)
def export_moves() -> Response:
    """The whole list, of those petitions that the actor may see."""
    proposal = proposal_of(db.session(), actor())
    if proposal is None:
        return _back(_NOTHING)
    try:
        seen, sentence = (
            visible_moves(db.session(), actor(), _moves(proposal)),
            proposal_sentence(db.session(), proposal),
        )
    except (RuleViolation, RuleViolations, NotVisible) as refusal:
        return _drop_dead(refusal)
    rows = (_cells(row) for row in move_rows(db.session(), seen))
    notes = (sentence, f"将变动的期限 {len(seen)} 个，尚未录入")
    return xlsx_answer(write_workbook(Sheet("将变动的期限", HEADINGS, rows, notes, WIDTHS)), "将变动的期限")


@terms.route("/terms/proposal/application", permission=Permission.TERMS_SET, methods=["POST"])
def apply_proposal() -> Response:
    proposal = proposal_of(db.session(), actor())
    if proposal is None:
        return _back(_NOTHING)
    if request.form.get("proposal") != _digest(proposal):
        flash(_CHANGED, "warning")
        return see_other(url_for("terms.preview_proposal"))
    try:
        with writing() as session:
            done = apply_action(
                session, actor=actor(), now=clock.now(), today=clock.today(), proposal=proposal
            )
    except (RuleViolation, RuleViolations, NotVisible) as refusal:
        return _drop_dead(refusal)
    flash(
        f"已录入。重算了 {done.moved} 个未办结的期限，其中提前 {done.earlier} 个；已办结的没有动。", "success"
    )
    return see_other(url_for("terms.show_terms"))


@terms.route("/terms/proposal/dropping", permission=Permission.TERMS_SET, methods=["POST"])
def drop_proposal() -> Response:
    with writing() as session:
        drop_action(session, actor=actor())
    flash("已放弃，什么都没有改。", "success")
    return see_other(url_for("terms.show_terms"))


def _moves(proposal: Proposal) -> list[DeadlineMove]:
    return moves_under(db.session(), proposed_terms(db.session(), proposal, clock.today()))


def _reads_petitions() -> bool:
    return actor().may(Permission.PETITIONS_READ)


def _cells(row: MoveRow) -> tuple[object, ...]:
    return (
        *(row.number, row.unit, row.clock, row.started_on, row.due_on, row.new_due_on, row.earlier),
        *(row.legal_due_on, row.new_legal_due_on, row.was_provisional, row.provisional),
    )


def _digest(proposal: Proposal) -> str:
    """What was looked at is what is applied, whatever another window put forward meanwhile."""
    return hashlib.sha256(proposal_text(proposal).encode()).hexdigest()[:32]


def _drop_dead(refusal: Exception) -> Response:
    """Somebody else's change has overtaken it: say so and clear it away."""
    with writing() as session:
        drop_action(session, actor=actor())
    return _back(getattr(refusal, "message", "") or str(refusal) or _NOTHING)


def _back(message: str) -> Response:
    flash(message, "warning")
    return see_other(url_for("terms.show_terms"))
