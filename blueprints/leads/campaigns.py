"""积案化解: batches handed down, each with its cases, how far they have come, and the rates by unit."""

from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.campaigns import (
    Doing,
    close_campaign,
    correct_campaign,
    named_cases,
    put_into_campaign,
    register_campaign,
    void_campaign,
)
from blueprints.leads import leads
from blueprints.leads.campaign_forms import (
    CampaignForm,
    CorrectCampaignForm,
    NumbersForm,
    VersionedReasonForm,
)
from blueprints.leads.number_lists import numbers_of
from extensions import db
from models.lead_assignment import Campaign
from queries.campaign_cases import MOST_EXPORTED, TABS, CaseFilter, case_counts, count_cases, list_cases
from queries.campaigns import (
    STATES,
    CampaignFilter,
    list_campaigns,
    load_campaign,
    tallies_by_unit,
    total_of,
    unregistered_names,
)
from queries.history import history_of
from queries.petition_days import petition_days
from rules.campaign_rules import LONGEST_CAMPAIGN
from rules.errors import StaleVersion
from rules.petition_words import SourceLevel
from rules.roles import Permission
from web import clock
from web.form_fields import Form, Refused, unprocessable, with_ids
from web.pages import see_other, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.registers.campaigns import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.unit_of_work import writing
from web.whole_lists import is_too_long

READ, WRITE = Permission.LEADS_READ, Permission.CAMPAIGNS_WRITE
ALL = "/supervision/campaigns"
ONE = f"{ALL}/<int:campaign_id>"
FIELD_LABELS = {
    "name": "批次名称",
    "source_level": "交办层级",
    "source": "交办机关",
    "document_number": "文号",
    "received_on": "收到日期",
    "due_on": "办结期限",
    "notes": "说明",
    "closed_on": "办完日期",
}
FIELD_WORDS = {"source_level": lambda code: SourceLevel(code).label}


@leads.route(ALL, permission=READ, endpoint="list_campaigns")
def show_campaigns() -> str:
    chosen = CampaignFilter.from_args(request.args)
    may_write = actor().may(WRITE)
    return render_template(
        "leads/list_campaigns.html",
        rows=list_campaigns(db.session(), actor(), chosen),
        unregistered=unregistered_names(db.session(), actor()) if may_write else {},
        chosen=chosen,
        states=STATES,
    )


@leads.route(f"{ALL}/new", permission=WRITE)
def new_campaign() -> str:
    """The form, with a name that petitions bear already where the address gives one."""
    name = " ".join(request.args.get("name", "").split())[:LONGEST_CAMPAIGN]
    return _new_page(CampaignForm(formdata=None, data={"name": name, "received_on": clock.today()}))


@leads.route(f"{ALL}/new", permission=WRITE, methods=["POST"], endpoint="register_campaign")
def register() -> str | Response:
    form = CampaignForm()
    if not form.validate_on_submit():
        return unprocessable(_new_page(form))
    try:
        with form.refusals(), writing() as session:
            key = form.submission_key.data or ""
            row_id = register_campaign(session, _doing(), form.values(), submission_key=key).id
    except Refused:
        return unprocessable(_new_page(form))
    flash("批次已登记，把信访事项列入它。", "success")
    return see_other(url_for("leads.show_campaign", campaign_id=row_id))


@leads.route(ONE, permission=READ)
def show_campaign(campaign_id: int) -> str | Response:
    row, chosen = _load(campaign_id), CaseFilter.from_args(request.args)
    if request.args.get("format") == "xlsx":
        days = petition_days(db.session(), clock.today())
        cases = list(list_cases(db.session(), actor(), row, chosen, days, size=MOST_EXPORTED + 1).rows)
        if is_too_long(cases, MOST_EXPORTED):
            return see_other(url_for("leads.show_campaign", campaign_id=row.id, **chosen.to_args()))
        return xlsx_answer(register_sheet("积案台账", COLUMNS, cases), f"{row.name}台账_{clock.today()}")
    return _page(row, chosen)


@leads.route("/supervision/campaign-cases.pdf", permission=READ)
def print_campaign_cases() -> Response:
    """台账 of the batch that the address names."""
    return print_list("campaign-cases", "leads.list_campaigns")


@leads.route(f"{ONE}/correction", permission=WRITE, methods=["GET", "POST"], endpoint="correct_campaign")
def correct(campaign_id: int) -> str | Response:
    row = _load(campaign_id)
    if request.method == "GET":
        data = {name: getattr(row, name) for name in (*FIELD_LABELS, "version") if name != "closed_on"}
        return _correction_page(CorrectCampaignForm(formdata=None, data=data), row)
    form = CorrectCampaignForm()
    if not form.validate_on_submit():
        return unprocessable(_correction_page(form, row))
    try:
        with form.refusals(), writing() as session:
            correct_campaign(
                session, _doing(), load_campaign(session, actor(), campaign_id), form.values(),
                version=form.version.data or 0, reason=form.reason.data,
            )  # fmt: skip
    except Refused as refused:
        row = _load(campaign_id)
        if isinstance(refused.__cause__, StaleVersion):
            form.version.data = row.version
        return unprocessable(_correction_page(form, row))
    flash("已更正，原来的内容保留在修改记录里。", "success")
    return see_other(url_for("leads.show_campaign", campaign_id=campaign_id))


@leads.route(f"{ONE}/closing", permission=WRITE, methods=["POST"], endpoint="close_campaign")
def close(campaign_id: int) -> str | Response:
    return _ended(campaign_id, close_campaign, "close_form", "已登记办完，事项和统计保留。")


@leads.route(f"{ONE}/void", permission=WRITE, methods=["POST"], endpoint="void_campaign")
def void(campaign_id: int) -> str | Response:
    return _ended(campaign_id, void_campaign, "void_form", "已作废，记录保留。")


@leads.route(f"{ONE}/cases", permission=WRITE, methods=["GET", "POST"])
def add_campaign_cases(campaign_id: int) -> str | Response:
    """列入: a list of numbers, first shown as what each means, then put in."""
    row = _load(campaign_id)
    if request.method == "GET":
        return _numbers_page(row, NumbersForm(formdata=None))
    form = NumbersForm()
    if not form.validate_on_submit():
        return unprocessable(_numbers_page(row, form))
    try:
        with form.refusals():
            numbers = numbers_of(form)
    except Refused:
        return unprocessable(_numbers_page(_load(campaign_id), form))
    return (
        _put_in(campaign_id, form, numbers) if form.confirmed.data else _preview(campaign_id, form, numbers)
    )


def _preview(campaign_id: int, form: NumbersForm, numbers: list[str]) -> str:
    row = _load(campaign_id)
    return _numbers_page(row, form, named_cases(db.session(), actor(), row, numbers), numbers)


def _put_in(campaign_id: int, form: NumbersForm, numbers: list[str]) -> str | Response:
    try:
        with form.refusals(), writing() as session:
            campaign = load_campaign(session, actor(), campaign_id)
            count = put_into_campaign(session, _doing(), campaign, numbers)
    except Refused:
        return unprocessable(_numbers_page(_load(campaign_id), form))
    flash(f"已列入 {count} 件。", "success" if count else "warning")
    return see_other(url_for("leads.show_campaign", campaign_id=campaign_id))


def _doing() -> Doing:
    return Doing(actor(), clock.now(), clock.today())


def _load(campaign_id: int) -> Campaign:
    return load_campaign(db.session(), actor(), campaign_id)


def _ended(campaign_id: int, act: Any, form_name: str, done: str) -> str | Response:
    form = VersionedReasonForm()
    _load(campaign_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                row = load_campaign(session, actor(), campaign_id)
                act(session, _doing(), row, version=form.version.data or 0, reason=form.reason.data)
        except Refused:
            pass
        else:
            flash(done, "success")
            return see_other(url_for("leads.show_campaign", campaign_id=campaign_id))
    return unprocessable(_page(_load(campaign_id), CaseFilter(), **{form_name: form}))


def _new_page(form: CampaignForm) -> str:
    return render_template("leads/new_campaign.html", form=form)


def _correction_page(form: CorrectCampaignForm, row: Campaign) -> str:
    return render_template("leads/correct_campaign.html", form=form, row=row)


def _numbers_page(row: Campaign, form: NumbersForm, named: Any = (), numbers: Any = ()) -> str:
    return render_template(
        "leads/add_campaign_cases.html",
        row=row,
        form=form,
        named=named,
        numbers=" ".join(numbers),
        ready=sum(1 for n in named if not n.refusal),
    )


def _page(row: Campaign, chosen: CaseFilter, **forms: Form) -> str:
    session = db.session()
    days = petition_days(session, clock.today())
    units = tallies_by_unit(session, actor(), row.name)
    asked = {name: request.args.get(name, "") for name in ("after", "before")}
    return render_template(
        "leads/show_campaign.html",
        row=row,
        level=SourceLevel(row.source_level).label,
        is_open=not row.is_void and row.closed_on is None,
        page=list_cases(session, actor(), row, chosen, days, **asked),
        chosen=chosen,
        args={"campaign_id": row.id} | chosen.to_args(),
        printed={"campaign": row.id} | chosen.to_args(),
        at_once=PRINTS["campaign-cases"].at_once,
        total=count_cases(session, actor(), row, chosen, days),
        sentence=chosen.sentence(session),
        tabs=TABS,
        counts=case_counts(session, actor(), row, days),
        units=units,
        whole=total_of(units),
        history=history_of(session, "campaign", row.id, FIELD_LABELS, FIELD_WORDS),
        close_form=with_ids(forms.get("close_form") or _fresh(row), "close"),
        void_form=with_ids(forms.get("void_form") or _fresh(row), "void"),
    )


def _fresh(row: Campaign) -> Form:
    return VersionedReasonForm(formdata=None, data={"version": row.version})
