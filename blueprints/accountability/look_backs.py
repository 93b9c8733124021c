"""办理倒查 of a petition: what its record says of each step, what a person concludes, what he may propose from it."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.look_backs import keep_look_back as keep_action
from actions.look_backs import void_look_back as void_action
from blueprints.accountability import accountability
from blueprints.accountability.forms import LookBackForm, VoidForm
from extensions import db
from models.interview import LookBack
from models.petition import Petition
from queries.look_backs import findings_now, findings_of, look_backs_of, may_keep
from queries.petition_scope import load_petition
from queries.register_filter import number_of
from rules.errors import NotVisible
from rules.look_back_rules import Finding, fell_short, grounds_of
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import pdf_answer, see_other
from web.registers.tables import printed_register
from web.session import actor
from web.unit_of_work import writing

READ, WRITE = Permission.SUPERVISION_READ, Permission.INTERVIEWS_WRITE
ONE = "/petitions/<int:petition_id>/look-back"
COLUMNS: dict[str, Callable[[Finding], Any]] = {
    "环节": lambda f: f.step,
    "单位": lambda f: f.office,
    "期限": lambda f: f.due_on,
    "日期": lambda f: f.day,
    "情况": lambda f: f.label,
}
WIDTHS = {"环节": 90, "单位": 60, "期限": 34, "日期": 34, "情况": 30}


@accountability.route(ONE, permission=READ, methods=["GET"])
def show_look_back(petition_id: int) -> str:
    return _page(_load(petition_id))


@accountability.route(ONE, permission=WRITE, methods=["POST"])
def record_look_back(petition_id: int) -> str | Response:
    _load(petition_id)
    form = LookBackForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                kept_id = keep_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    petition=load_petition(session, actor(), petition_id),
                    opinion=form.opinion.data or "",
                    submission_key=form.submission_key.data or "",
                ).id
        except Refused:
            pass
        else:
            flash("倒查已登记，各环节按今天的情况定稿，可以打印。", "success")
            return _back(petition_id, f"look-back-{kept_id}")
    return unprocessable(_page(_load(petition_id), form))


@accountability.route(f"{ONE}.pdf", permission=READ)
def print_look_back(petition_id: int) -> Response:
    """As the record stands today, with the opinions kept; one that was kept (`kept`, its id) as it stood then."""
    petition = _load(petition_id)
    kept = look_backs_of(db.session(), petition.id)
    row = next((r for r in kept if r.id == number_of(request.args.get("kept"))), None)
    findings = findings_of(row) if row else findings_now(db.session(), petition, clock.today())
    content = printed_register(
        "信访事项办理倒查表",
        COLUMNS,
        WIDTHS,
        findings,
        f"{petition.number}，截至 {row.made_on if row else clock.today()}。{_verdict(findings)}",
        "\n".join(map(_opinion, [row] if row else kept)),
    )
    return pdf_answer(content, f"办理倒查_{petition.number}")


@accountability.route(f"{ONE}/<int:look_back_id>/void", permission=WRITE, methods=["POST"])
def void_look_back(petition_id: int, look_back_id: int) -> str | Response:
    _load(petition_id)
    form = VoidForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                kept = look_backs_of(session, load_petition(session, actor(), petition_id).id)
                row = next((r for r in kept if r.id == look_back_id), None)
                if row is None:
                    raise NotVisible("look_back")
                void_action(
                    session, actor=actor(), now=clock.now(), row=row, version=form.expected,
                    reason=form.reason.data,
                )  # fmt: skip
        except Refused:
            pass
        else:
            flash("倒查已作废，记录保留。", "success")
            return _back(petition_id)
    return unprocessable(_page(_load(petition_id), void_form=form))


def _load(petition_id: int) -> Petition:
    """Raises NotVisible."""
    return load_petition(db.session(), actor(), petition_id)


def _back(petition_id: int, anchor: str | None = None) -> Response:
    return see_other(url_for("accountability.show_look_back", petition_id=petition_id, _anchor=anchor))


def _opinion(row: LookBack) -> str:
    by = row.registered_by.name if row.registered_by else ""
    return f"倒查意见（{row.made_on}，{row.unit.label}{by}）：{row.opinion}"


def _verdict(findings: list[Finding]) -> str:
    short = [finding for finding in findings if finding.fell_short]
    if not short:
        return "各环节没有逾期和应办未办的情形。"
    named = "；".join(f"{f.step}{f.label}（{f.office}）" for f in short)
    return f"有 {len(short)} 个环节不到位：{named}。"


def _page(petition: Petition, form: LookBackForm | None = None, void_form: VoidForm | None = None) -> str:
    session = db.session()
    findings = findings_now(session, petition, clock.today())
    kept = look_backs_of(session, petition.id)
    return render_template(
        "accountability/show_look_back.html",
        petition=petition,
        findings=findings,
        fell_short=fell_short(findings),
        verdict=_verdict(findings),
        grounds=grounds_of(findings),
        kept=[(row, findings_of(row)) for row in kept],
        ground_of=_first_ground,
        is_kept_here=any(row.unit_id == actor().unit_id for row in kept),
        form=(form or LookBackForm(formdata=None)) if may_keep(actor()) else None,
        void_form=void_form or VoidForm(formdata=None),
        own_unit_id=actor().unit_id,
        refused_id=_refused_id() if void_form else None,
    )


def _first_ground(findings: list[Finding]) -> str | None:
    """By which a 督办 is filed; None where nothing fell short."""
    return next((ground.value for ground in grounds_of(findings)), None)


def _refused_id() -> int | None:
    found = (request.view_args or {}).get("look_back_id")
    return int(found) if found else None
