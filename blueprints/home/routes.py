"""工作台: what is due today, what is missing, the quick ways in."""

from flask import render_template

from rules.roles import Permission
from web.guarded_blueprint import GuardedBlueprint

home = GuardedBlueprint("home", __name__)


@home.route("/", permission=Permission.HOME)
def show() -> str:
    return render_template("home/show.html")
