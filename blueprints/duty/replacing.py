"""直接换人: who publishes sets another person on a published duty, also on one that runs now."""

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.duty_swaps import replace_person as set_person
from blueprints.duty import duty
from blueprints.duty.change_forms import ReplaceForm, hours_of, version_of, words_of_duty
from extensions import db
from models.roster import Duty
from queries.duty_standing import standing_of
from queries.duty_swaps import load_managed_duty, open_swaps_of
from queries.roster_rows import slot_of
from rules.duty_changes import hindrances, is_over
from rules.errors import StaleVersion
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@duty.route("/duty/duties/<int:duty_id>/person", permission=Permission.DUTY_PUBLISH, methods=["GET", "POST"])
def replace_person(duty_id: int) -> str | Response:
    row = load_managed_duty(db.session(), actor(), duty_id)
    if request.method == "GET":
        usual = {name: request.args.get(name, "") for name in ("person", "reason")}
        form = ReplaceForm(formdata=None, data={"version": row.version} | usual)
        return _page(_offering(form, row), row)
    form = ReplaceForm()
    if not form.validate_on_submit():
        return unprocessable(_page(_offering(form, row), row))
    try:
        with form.refusals(), writing() as session:
            standing = set_person(
                session,
                actor=actor(),
                now=clock.now(),
                duty_id=duty_id,
                version=version_of(form),
                person_id=form.person_id,
                reason=form.reason.data or "",
                confirmed=bool(form.confirmed.data),
            )
            words = words_of_duty(standing)
    except Refused as refused:
        row = load_managed_duty(db.session(), actor(), duty_id)
        if isinstance(refused.__cause__, StaleVersion):
            form.version.data = row.version
        return unprocessable(_page(_offering(form, row), row))
    flash(f"已换人：{words}。值班表和各人的日历随之变动。", "success")
    return see_other(url_for("duty.show_now"))


def _offering(form: ReplaceForm, row: Duty) -> ReplaceForm:
    """Who is free under every rule first; then those whom only rest, rows, posts or pairs speak against."""
    standing, slot = standing_of(db.session(), [row], with_accounts=True), slot_of(row)
    best = standing.replacements(slot, row.person_id)
    known = {one.person_id for one in best} | {row.person_id}
    rest = []
    for member in standing.problem.members:
        if member.person_id in known or not standing.problem.takes_part(member.person_id, row.day):
            continue
        against = standing.obstacles({slot: member.person_id})
        if not hindrances(against, by_manager=True):
            rest.append((member.person_id, f"{member.name}（{'；'.join(c.short for c in against)}）"))
    return form.offering(best, rest)


def _page(form: ReplaceForm, row: Duty) -> str:
    now = clock.now()
    return render_template(
        "duty/replace_person.html",
        form=form,
        duty=row,
        hours=hours_of(row),
        words=words_of_duty(row),
        is_over=is_over(row.ends_at, now),
        is_running=row.starts_at <= now < row.ends_at,
        open_swaps=open_swaps_of(db.session(), [row.id]),
    )
