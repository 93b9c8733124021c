"""通报模板: those shipped for every office, and the office's own."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.bulletin_templates import add_template as add_action
from actions.bulletin_templates import retire_template as retire_action
from actions.bulletin_templates import save_template as save_action
from blueprints.bulletins import bulletins
from blueprints.bulletins.office_forms import RetirementForm, TemplateForm
from extensions import db
from indicators.picker import insertables
from indicators.template_check import template_problems
from models.bulletin import BulletinTemplate
from queries.bulletin_templates import (
    load_template,
    shipped_templates,
    template_choice,
    template_lines,
)
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_text import TextProblem
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@bulletins.route("/bulletins/templates", permission=Permission.BULLETINS_WRITE)
def list_templates() -> str:
    return render_template(
        "bulletins/list_templates.html",
        own=template_lines(db.session(), actor()),
        shipped=shipped_templates(),
    )


@bulletins.route("/bulletins/templates/shipped/<shipped>", permission=Permission.BULLETINS_WRITE)
def show_shipped_template(shipped: str) -> str:
    found = next((t for t in shipped_templates() if t.key == shipped), None)
    if found is None:
        abort(404)
    return render_template("bulletins/show_shipped_template.html", template=found)


@bulletins.route("/bulletins/templates/new", permission=Permission.BULLETINS_WRITE)
def new_template() -> str:
    """Empty, or a copy of what `from` names: a kind for the shipped one, an id for an own one."""
    copied = template_choice(db.session(), actor(), request.args.get("from", ""))
    data: dict[str, Any] = {}
    if copied is not None:
        texts = ("title", "addressees", "copies_to", "source")
        data = {name: getattr(copied, name) for name in texts} | {"kind": copied.kind.value}
        data["name"] = f"{copied.name}（副本）" if copied.is_own else f"{copied.kind.label}（本单位）"
    return _new_page(TemplateForm(formdata=None, data=data), ())


@bulletins.route("/bulletins/templates", permission=Permission.BULLETINS_WRITE, methods=["POST"])
def add_template() -> str | Response:
    form = TemplateForm()
    problems = _problems(form)
    if _only_checks():
        return _checked(_new_page(form, problems), problems)
    if form.validate_on_submit() and not problems:
        try:
            with form.refusals(), writing() as session:
                row = add_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    data=form.template,
                    submission_key=form.submission_key.data or "",
                )
        except Refused:
            pass
        else:
            flash(f"模板“{row.name}”已保存，起草通报时可以选用。", "success")
            return see_other(url_for("bulletins.list_templates"))
    return unprocessable(_new_page(form, problems))


@bulletins.route(
    "/bulletins/templates/<int:template_id>",
    permission=Permission.BULLETINS_WRITE,
    methods=["GET", "POST"],
)
def edit_template(template_id: int) -> str | Response:
    row = load_template(db.session(), actor(), template_id)
    if request.method == "GET":
        return _edit_page(row, TemplateForm(formdata=None, obj=row), ())
    form = TemplateForm()
    problems = _problems(form)
    if _only_checks():
        return _checked(_edit_page(row, form, problems), problems)
    if form.validate_on_submit() and not problems:
        try:
            with form.refusals(), writing() as session:
                save_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    row=load_template(session, actor(), template_id),
                    version=form.version.expected,
                    data=form.template,
                )
        except Refused:
            row = load_template(db.session(), actor(), template_id)
        else:
            flash("已保存；已经起草的通报不变。", "success")
            return see_other(url_for("bulletins.list_templates"))
    return unprocessable(_edit_page(row, form, problems))


@bulletins.route(
    "/bulletins/templates/<int:template_id>/retirement",
    permission=Permission.BULLETINS_WRITE,
    methods=["POST"],
)
def retire_template(template_id: int) -> str | Response:
    row, form = load_template(db.session(), actor(), template_id), RetirementForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                retire_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    row=load_template(session, actor(), template_id),
                    version=form.version.expected,
                    reason=form.reason.data,
                )
        except Refused:
            row = load_template(db.session(), actor(), template_id)
        else:
            flash(f"模板“{row.name}”已停用。", "success")
            return see_other(url_for("bulletins.list_templates"))
    return unprocessable(_edit_page(row, TemplateForm(formdata=None, obj=row), (), retirement=form))


def _only_checks() -> bool:
    return request.form.get("then") == "check"


def _problems(form: TemplateForm) -> tuple[TextProblem, ...]:
    return template_problems(db.session(), actor(), form.source.data or "")


def _checked(page: str, problems: tuple[TextProblem, ...]) -> str | Response:
    """Nothing is saved."""
    return unprocessable(page) if problems else page


def _new_page(form: TemplateForm, problems: tuple[TextProblem, ...]) -> str:
    return render_template("bulletins/new_template.html", form=form, **_editor(problems))


def _edit_page(
    row: BulletinTemplate,
    form: TemplateForm,
    problems: tuple[TextProblem, ...],
    retirement: RetirementForm | None = None,
) -> str:
    """After a clash the form carries the version it shows, so that saving again is meant."""
    stale = form.version.expected != row.version
    retiring, retirement = retirement is not None, retirement or RetirementForm(formdata=None)
    form.version.data = retirement.version.data = str(row.version)
    return render_template(
        "bulletins/edit_template.html",
        row=row,
        kind=BulletinKind(row.kind).label,
        form=form,
        stale=stale,
        retirement=retirement,
        retiring=retiring,
        **_editor(problems),
    )


def _editor(problems: tuple[TextProblem, ...]) -> dict[str, Any]:
    return {"problems": problems, "checked": _only_checks(), "picker": insertables()}
