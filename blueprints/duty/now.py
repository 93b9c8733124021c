"""当前值班: who stands now."""

from flask import render_template

from blueprints.duty import duty
from extensions import db
from queries.duty_now import desks_now
from rules.roles import Permission
from web import clock
from web.session import actor


@duty.route("/duty/now", permission=Permission.DUTY_READ)
def show_now() -> str:
    desks = desks_now(db.session(), actor(), clock.now())
    return render_template(
        "duty/show_now.html",
        desks=desks,
        now=clock.now(),
        empty=[desk.unit for desk in desks if desk.is_empty],
    )
