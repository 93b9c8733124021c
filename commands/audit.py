"""`flask --app app audit …`: walk the audit chain, note where it stands."""

import click
from flask import current_app
from flask.cli import AppGroup

from commands.console import refuse
from extensions import db
from web.audit_anchor import verify_site, write_anchor

audit_commands = AppGroup("audit", help="审计日志")


@audit_commands.command("verify")
def verify() -> None:
    """逐条核对审计链，并与外部锚点对照；断裂时指出第一处。"""
    report = verify_site(current_app.config["INSTANCE_DIR"], db.session())
    if not report.ok:
        refuse(report.in_words())
    write_anchor(current_app.config["INSTANCE_DIR"], db.session())
    click.echo(report.in_words())


@audit_commands.command("anchor")
def anchor() -> None:
    """记下审计链现在的条数和链尾，并打印出来（可抄录、打印、另存他处）。"""
    click.echo(write_anchor(current_app.config["INSTANCE_DIR"], db.session()))
