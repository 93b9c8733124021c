"""`flask --app app staff add`: the audited way in from the console."""

import click
from flask.cli import AppGroup

from actions.accounts import reset_password as reset_action
from actions.staff import open_account
from commands.console import console_actor, refuse
from extensions import db
from models.password_hash import hash_password
from queries.organisation import unit_by_code
from queries.sign_in import account_named
from rules.errors import RuleViolation
from rules.roles import Role
from web import clock
from web.one_time import new_one_time_password
from web.unit_of_work import writing

staff_commands = AppGroup("staff", help="人员账号")


@staff_commands.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([r.value for r in Role]))
@click.option("--unit", "unit_code", required=True, help="机构代码")
@click.option("--person", "person_name", default="", help="姓名；不填则与用户名相同")
def add(name: str, role: str, unit_code: str, person_name: str) -> None:
    """开立账号 NAME，打印一次性口令。"""
    password = new_one_time_password()
    password_hash = hash_password(password)
    unit = unit_by_code(db.session(), unit_code)
    if unit is None:
        refuse(f"没有代码为 {unit_code} 的机构")
    try:
        with writing() as session:
            account = open_account(
                session,
                actor=console_actor(),
                now=clock.now(),
                today=clock.today(),
                username=name,
                name=person_name or name,
                unit=unit,
                password_hash=password_hash,
                role=Role(role),
            )
    except RuleViolation as violation:
        refuse(violation.message)
    click.echo(f"用户名 {account.username}  一次性口令 {password}（首次登录必须修改）")


@staff_commands.command("reset-password")
@click.argument("name")
@click.option("--reason", required=True, help="理由，写入审计")
def reset_password(name: str, reason: str) -> None:
    """重置账号 NAME 的口令，打印新的一次性口令；三员的口令只能在这里重置。"""
    password = new_one_time_password()
    password_hash = hash_password(password)
    found = account_named(db.session(), name)
    if found is None:
        refuse(f"没有用户名为 {name} 的账号")
    try:
        with writing() as session:
            reset_action(
                session,
                actor=console_actor(),
                now=clock.now(),
                account=found,
                version=found.version,
                password_hash=password_hash,
                reason=reason,
            )
    except RuleViolation as violation:
        refuse(violation.message)
    click.echo(f"用户名 {found.username}  一次性口令 {password}（首次登录必须修改）")
