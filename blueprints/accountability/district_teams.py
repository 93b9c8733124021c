"""联乡包片: the teams of the office and the units each looks after."""

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.district_teams import add_team, change_team
from blueprints.accountability import accountability
from blueprints.accountability.forms import TeamForm
from extensions import db
from models.inspection import DistrictTeam
from queries.inspections import inspected_units, load_team, teams_of
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

ALL, WRITE = "/supervision/district-teams", Permission.INSPECTIONS_WRITE


@accountability.route(ALL, permission=WRITE)
def list_inspection_teams() -> str:
    return render_template("accountability/list_inspection_teams.html", teams=teams_of(db.session(), actor()))


@accountability.route(f"{ALL}/new", permission=WRITE, methods=["GET", "POST"])
def new_inspection_team() -> str | Response:
    if request.method == "GET":
        return _page(TeamForm(formdata=None, data={"from_date": clock.today()}))
    form = TeamForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                add_team(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    data=form.as_data(),
                    submission_key=form.submission_key.data or "",
                )
        except Refused:
            pass
        else:
            flash("已登记。", "success")
            return see_other(url_for("accountability.list_inspection_teams"))
    return unprocessable(_page(form))


@accountability.route(f"{ALL}/<int:team_id>", permission=WRITE, methods=["GET", "POST"])
def edit_inspection_team(team_id: int) -> str | Response:
    row = load_team(db.session(), actor(), team_id)
    if request.method == "GET":
        chosen = [str(unit.id) for unit in row.districts]
        return _page(TeamForm(formdata=None, obj=row, data={"units": chosen}), row)
    form = TeamForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                change_team(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    row=load_team(session, actor(), team_id),
                    data=form.as_data(),
                    version=form.expected,
                )
        except Refused:
            pass
        else:
            flash("已保存。", "success")
            return see_other(url_for("accountability.list_inspection_teams"))
    return unprocessable(_page(form, load_team(db.session(), actor(), team_id)))


def _page(form: TeamForm, row: DistrictTeam | None = None) -> str:
    if row is not None:
        form.stand_on(row.version)
    return render_template(
        "accountability/edit_inspection_team.html" if row else "accountability/new_inspection_team.html",
        form=form,
        row=row,
        units=inspected_units(db.session(), actor()),
        chosen=set(form.units.data or ()),
    )
