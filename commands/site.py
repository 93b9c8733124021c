"""`flask --app app site`: prepare a site before it is opened."""

import sys

import click
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import inspect

from actions.site import FIRST_ADMINISTRATORS, found_site
from commands.backup import show_passphrase
from commands.console import console_actor, refuse
from commands.data import demo
from config import ROOT
from extensions import db
from models.password_hash import hash_password
from queries.emptiness import is_empty_site
from rules.errors import RuleViolation
from web import clock
from web.backup.create import create_backup, site_directory
from web.backup.errors import BackupRefused
from web.backup.recovery import ensure_recovery_key
from web.one_time import FIRST_PASSWORDS, keep_first_passwords, new_one_time_password
from web.self_check import NotReady, check_address, check_sqlite, revisions
from web.unit_of_work import writing

PLACEHOLDER = "本县"

site_commands = AppGroup("site", help="站点")


@site_commands.command("prepare")
@click.option("--host", default="127.0.0.1", help="将要打开的地址，先检查能不能开")
@click.option(
    "--fill", type=click.Choice(["office", "demonstration"]), help="站点还空着时，建本单位的站点或演示县"
)
@click.option("--county", default="", help="与 --fill office 一起：县（市、区）名称；不给则在终端里问")
@click.pass_context
def prepare(context: click.Context, host: str, fill: str | None, county: str) -> None:
    """打开前的检查；建立数据库，或先备份再升级；空站点按 --fill 建起来。没有要做的就什么都不改。"""
    try:
        check_address(host)
        check_sqlite()
        _bring_up_to_date()
    except (NotReady, BackupRefused) as reason:
        refuse(str(reason))
    if fill is None or not is_empty_site(db.session()):
        return
    db.session.rollback()
    if fill == "office":
        context.invoke(init, county=county or _asked_county())
    else:
        context.invoke(demo)


def _bring_up_to_date() -> None:
    current, head = revisions()
    db.session.rollback()
    if current == head:
        return
    if current is not None:
        _back_up_before(head)
    click.echo("正在升级数据库……" if current else "正在建立数据库……")
    upgrade(str(ROOT / "migrations"))


def _asked_county() -> str:
    if not sys.stdin.isatty():
        return ""
    question = f"县（市、区）名称，例如“安澜县”（直接回车则先用“{PLACEHOLDER}”，以后可改）"
    return str(click.prompt(question, default="", show_default=False)).strip()


@site_commands.command("init")
@click.option("--county", default="", help=f"县（市、区）名称；不填则先用“{PLACEHOLDER}”，以后在机构页改")
@click.option("--code", default="XIAN", show_default=True, help="最上级机构的代码，以后不能改")
def init(county: str, code: str) -> None:
    """在空站点里建县、县信访局和系统、安全、审计三个管理员。"""
    if not inspect(db.engine).has_table("unit"):
        refuse("还没有数据库：请先运行 flask --app app site prepare。")
    if not is_empty_site(db.session()):
        refuse("这个站点已有机构或人员，不需要初始化。")
    passwords = {username: new_one_time_password() for username in FIRST_ADMINISTRATORS}
    hashes = {username: hash_password(password) for username, password in passwords.items()}
    path = site_directory() / FIRST_PASSWORDS
    keep_first_passwords(path, passwords)
    try:
        with writing() as session:
            found_site(
                session, actor=console_actor(), now=clock.now(), today=clock.today(),
                county=county or PLACEHOLDER, code=code, password_hashes=hashes,
            )  # fmt: skip
    except BaseException as error:
        path.unlink()
        if isinstance(error, RuleViolation):
            refuse(error.message)
        raise
    click.echo(
        f"已建立 {county or PLACEHOLDER}，管理员 {'、'.join(passwords)}；一次性口令在 {path}（首次登录必须修改）。"
    )
    click.echo(
        f"最上级机构代码是 {code}，县信访局是 {code}01；用表格导入机构时，这两行沿用这两个代码（名称可改）。"
    )
    _key, passphrase = ensure_recovery_key(site_directory())
    if passphrase:
        show_passphrase(passphrase)


def _back_up_before(head: str) -> None:
    click.echo(f"升级到 {head} 之前先备份……")
    made = create_backup(site_directory() / "backups", actor=console_actor(), name=f"before-{head}")
    if made.passphrase:
        show_passphrase(made.passphrase)
    click.echo(f"备份在 {made.path}")
