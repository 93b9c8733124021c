"""办公室规则: what holds today, what will, what held."""

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from actions.office_rules import set_office_rule as set_action
from blueprints.staff import staff
from blueprints.staff.forms import OfficeRuleForm
from extensions import db
from queries.office_rules import DECLARED, declared, rule_lines
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@staff.route("/staff/rules", permission=Permission.SETTINGS)
def list_office_rules() -> str:
    return _page({})


@staff.route("/staff/rules/<key>", permission=Permission.SETTINGS, methods=["POST"])
def set_office_rule(key: str) -> Response:
    rule = declared(key)
    form = _form(key)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                set_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    rule=rule,
                    value=form.value.data,
                    valid_from=form.valid_from.data,
                    basis=form.basis.data,
                    submission_key=form.submission_key.data or "",
                )
        except Refused:
            pass
        else:
            flash(f"“{rule.label}”从 {form.valid_from.data} 起为 {form.value.data}。", "success")
            return see_other(url_for("staff.list_office_rules"))
    return unprocessable(_page({key: form}))


def _page(refused: dict[str, OfficeRuleForm]) -> str:
    today = clock.today()
    fresh = {r.key: _form(r.key, formdata=None, data={"valid_from": today}) for r in DECLARED}
    return render_template(
        "staff/list_office_rules.html",
        lines=rule_lines(db.session(), today),
        forms=fresh | refused,
        refused=refused,
    )


def _form(key: str, **options: object) -> OfficeRuleForm:
    form = OfficeRuleForm(**options)
    for field in form:
        field.id = f"{key}-{field.name}"
    return form
