"""`flask --app app deadlines sweep`: running clocks that waited for a calendar."""

from datetime import datetime

import click
from flask.cli import AppGroup

from actions.deadline_sweep import sweep_deadlines
from commands.console import console_actor
from web import clock
from web.unit_of_work import writing

deadlines_commands = AppGroup("deadlines", help="期限")


@deadlines_commands.command("sweep")
@click.option("--today", "given", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天数到期；不填为今天")
def sweep(given: datetime | None) -> None:
    """补算等工作日历的期限，核对每件的下一期限，数出到期的件数。每晚也会自动做；没有要改的就什么都不改。"""
    today = given.date() if given else clock.today()
    with writing() as session:
        found = sweep_deadlines(session, actor=console_actor(), now=clock.now(), today=today)
    click.echo(found.in_words())
