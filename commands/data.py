"""`flask --app app data demo`: a fictional county to look around in."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from commands.console import console_actor, refuse
from commands.demonstration.county import build_county
from commands.demonstration.places import BUREAU_NAME, MOST_TOWNSHIPS, MOST_VILLAGES_EACH
from commands.demonstration.plan import Plan, Size
from commands.demonstration.seal_picture import demonstration_seal
from commands.demonstration.staff import SIGN_INS, PlannedPost
from extensions import db
from models.password_hash import hash_password
from queries.emptiness import is_empty_site
from web import clock
from web.one_time import FIRST_PASSWORDS, keep_first_passwords, new_one_time_password
from web.unit_of_work import writing

data_commands = AppGroup("data", help="演示数据")


@data_commands.command("demo")
@click.option("--seed", type=int, default=1, show_default=True, help="同一个种子得到同一个县")
@click.option(
    "--townships",
    type=click.IntRange(3, MOST_TOWNSHIPS),
    default=Size.townships,
    show_default=True,
    help="乡镇（街道）数",
)
@click.option(
    "--villages", type=click.IntRange(3), default=Size.villages, show_default=True, help="村（社区）数"
)
@click.option(
    "--visits", type=click.IntRange(0), default=Size.visits, show_default=True, help="两年来访批次，约数"
)
@click.option(
    "--petitions", type=click.IntRange(0), default=Size.petitions, show_default=True, help="两年信访事项件数"
)
def demo(seed: int, townships: int, villages: int, visits: int, petitions: int) -> None:
    """在空库里建一个虚构的县：机构、各角色人员、两年的登记。"""
    if not is_empty_site(db.session()):
        refuse("这个库里已经有机构或人员，演示县只能建在空库里。")
    if not townships <= villages <= townships * MOST_VILLAGES_EACH:
        refuse(f"村（社区）数应在 {townships} 到 {townships * MOST_VILLAGES_EACH} 之间。")
    passwords = {username: new_one_time_password() for username in SIGN_INS}
    click.echo("正在建立演示县……")
    hashes = {username: hash_password(password) for username, password in passwords.items()}
    other_hash = hash_password(new_one_time_password())
    path = Path(str(current_app.config["INSTANCE_DIR"])) / FIRST_PASSWORDS
    plan = Plan(seed, Size(townships, villages, visits, petitions), clock.today(), clock.now())
    seal = demonstration_seal(BUREAU_NAME)
    keep_first_passwords(path, passwords)
    try:
        with writing() as session:
            posts = build_county(
                session,
                actor=console_actor(),
                plan=plan,
                password_hashes=hashes,
                other_hash=other_hash,
                seal=seal,
                say=click.echo,
            )
    except BaseException:
        path.unlink()
        raise
    _show(posts, path)


def _show(posts: list[PlannedPost], path: Path) -> None:
    by_username = {p.username: p for p in posts}
    click.echo("可用来登录的账号：")
    for username in SIGN_INS:
        post = by_username[username]
        assert post.role is not None
        click.echo(f"  {username:<12}{post.role.label}\t{post.unit_label}\t{post.name}")
    click.echo(f"一次性口令写在 {path}（仅本人可读），首次登录必须修改。")
