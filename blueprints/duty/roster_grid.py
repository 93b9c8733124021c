"""The month as a grid of fields: names typed or chosen, conflicts told at once and on saving, the last change undone."""

from typing import Any

from flask import flash, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.rosters import set_days, undo_days
from blueprints.duty import duty
from blueprints.duty.grid import Grid, GridForm
from blueprints.duty.roster_forms import VersionForm
from blueprints.duty.rosters import changed
from models.roster import Roster
from queries.register_filter import number_of
from queries.rosters import load_own_roster
from rules.errors import StaleVersion
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@duty.route("/duty/roster/<int:roster_id>/grid", permission=Permission.DUTY_PLAN, methods=["GET", "POST"])
def edit_roster(roster_id: int) -> str | Response:
    grid = Grid.opened(roster_id)
    if request.method == "GET":
        return grid.page(GridForm(formdata=None, data={"version": grid.roster.version}))
    form = GridForm()
    grid = grid.typed()
    if not form.validate_on_submit() or grid.wrong:
        return unprocessable(grid.page(form))
    try:
        with form.refusals(), writing() as session:
            count = set_days(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                roster=load_own_roster(session, actor(), roster_id),
                version=form.number,
                changes=grid.changes,
                reason=form.reason.data or "",
            )
    except Refused as refused:
        again = Grid.opened(roster_id)
        if isinstance(refused.__cause__, StaleVersion):
            form.version.data = str(again.roster.version)
            return unprocessable(again.typed(renew=True).page(form))
        return unprocessable(again.typed().page(form))
    flash(f"已保存 {count} 处改动，改过的日子已锁定。" if count else "没有改动。", "success")
    return see_other(url_for("duty.edit_roster", roster_id=roster_id))


@duty.route("/duty/roster/<int:roster_id>/conflicts", permission=Permission.DUTY_PLAN, methods=["POST"])
def preview_roster(roster_id: int) -> str:
    """What the grid as typed would break; nothing is saved."""
    grid = Grid.opened(roster_id).typed()
    return render_template(
        "duty/_roster_conflicts.html", grid=grid, told=grid.told, wrong=grid.wrong, preview=True
    )


@duty.route("/duty/roster/<int:roster_id>/undo", permission=Permission.DUTY_PLAN, methods=["POST"])
def undo_roster_change(roster_id: int) -> str | Response:
    form = VersionForm()
    said: list[str] = []
    Grid.opened(roster_id)

    def act(session: Any, roster: Roster) -> None:
        count = undo_days(
            session, actor=actor(), now=clock.now(), today=clock.today(), roster=roster, version=form.number
        )
        said.append(f"已撤回上一次手工调整，{count} 处回到原来的样子。")

    return changed(roster_id, form, act, said)


@duty.route("/duty/roster/<int:roster_id>/people", permission=Permission.DUTY_PLAN)
def list_roster_people(roster_id: int) -> Response:
    """Who may stand in a post, for the list under a cell."""
    grid = Grid.opened(roster_id)
    post_id = number_of(request.args.get("post", ""))
    people = [m for m in grid.members if any(link.post_id == post_id for link in m.posts)] or grid.members
    return jsonify([grid.choice_of[m.person_id].as_json() for m in people])
