"""`flask --app app bulletins`: draft, issue and write out bulletins from the console."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from actions.bulletin_issue import issue_bulletin
from actions.bulletins import draft_bulletin, submit_bulletin
from actions.jobs import enqueue
from commands.console import console_actor, refuse
from documents.bulletin_pages import DOCX, PDF
from documents.render_process import RenderingFailed
from extensions import db
from models.bulletin import Bulletin, DocumentRegister
from models.organisation import Unit
from models.seal import Seal
from queries.bulletin_templates import TemplateChoice, template_choices
from queries.bulletins import load_bulletin
from queries.document_registers import open_registers, usable_seals
from queries.organisation import root_unit, unit_by_code
from queries.sign_in import county_path_above
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_rules import BulletinState
from rules.errors import NotVisible, RuleViolation, RuleViolations
from rules.periods import parse_period
from rules.roles import Actor, Role, scope_path_for
from rules.taxonomy import UnitCategory
from web import clock
from web.bulletin_drafting import begun, require_ready
from web.bulletin_files import draft_file, issued_file
from web.bulletin_writing import draft_content, to_freeze, write_row
from web.kept_files import FileDamaged
from web.unit_of_work import writing

bulletins_commands = AppGroup("bulletins", help="通报")

_COUNTY = frozenset({UnitCategory.COUNTY_COMMITTEE, UnitCategory.BUREAU})
"""Units whose bulletins the county's office writes."""


@bulletins_commands.command("draft")
@click.argument("kind")
@click.option(
    "--period", "period_text", required=True, help="期间，如 2026-07-15、2026-W29、2026-07、2026Q3、2026"
)
@click.option(
    "--unit",
    "unit_code",
    default="",
    metavar="代码",
    help="统计哪个机构（含下级），填机构代码，如 AL21；不填为全县",
)
def draft(kind: str, period_text: str, unit_code: str) -> None:
    """按模板起草一份通报，打印编号和标题。KIND：daily 日通报、weekly 周汇总、monthly 月站队、quarterly 季讲评、annual 年度总结。"""
    session = db.session()
    unit = unit_by_code(session, unit_code) if unit_code else root_unit(session)
    if unit is None or not unit.path:
        refuse(f"没有代码为 {unit_code} 的机构。" if unit_code else "这个站点还没有机构。")
    with _refusing():
        actor = _signer(_office_of(unit))
        template = _template(actor, kind)
        data = begun(session, actor, template, unit, parse_period(period_text), clock.today())
        with writing() as turn:
            row = draft_bulletin(turn, actor=actor, now=clock.now(), today=clock.today(), data=data)
            made = (row.id, row.title)
    click.echo(f"{made[0]}\t{made[1]}")


@bulletins_commands.command("issue")
@click.argument("bulletin_id", type=click.IntRange(1, 2_147_483_647), metavar="ID")
@click.option("--register", "word", default="", help="机关代字；只有一个时不用填")
@click.option("--seal", "seal_name", default="", metavar="名称", help="用哪枚印章；只有一枚时不用填")
@click.option("--no-seal", is_flag=True, help="不用印")
def issue(bulletin_id: int, word: str, seal_name: str, no_seal: bool) -> None:
    """提交并签发编号为 ID 的通报，打印发文字号；已经签发的只打印文号。"""
    actor, row = _found(bulletin_id)
    if row.is_issued:
        click.echo(row.number)
        return
    with _refusing():
        require_ready(db.session(), actor, row, clock.today())
        with writing() as turn:
            row = load_bulletin(turn, actor, bulletin_id)
            if row.state == BulletinState.DRAFT:
                submit_bulletin(turn, actor=actor, now=clock.now(), row=row, version=row.version)
            issue_bulletin(
                turn,
                actor=actor,
                now=clock.now(),
                today=clock.today(),
                row=row,
                version=row.version,
                written=to_freeze(turn, row, clock.today()),
                register=_register(row, word),
                seal=None if no_seal else _seal(row, seal_name),
            )
            enqueue(turn, now=clock.now(), kind="bulletin.keep", arguments={"bulletin_id": bulletin_id})
            number = row.number
    click.echo(number)


@bulletins_commands.command("export")
@click.argument("bulletin_id", type=click.IntRange(1, 2_147_483_647), metavar="ID")
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT")
@click.option("--format", "form", required=True, type=click.Choice([PDF, DOCX]), help="文件格式")
def export(bulletin_id: int, output: Path, form: str) -> None:
    """把编号为 ID 的通报写成文件 OUT：已印发的是存档文件，未印发的是草稿。已有同名文件时替换。"""
    actor, row = _found(bulletin_id)
    try:
        _write(output, _content(actor, row, form))
    except RenderingFailed as failure:
        refuse(failure.message)
    except FileDamaged:
        refuse("存档文件已损坏或丢失，请从备份恢复。")
    except OSError as error:
        refuse(f"写不了文件 {output}：{error.strerror}")


def _content(actor: Actor, row: Bulletin, form: str) -> bytes:
    session = db.session()
    if row.is_issued:
        return issued_file(session, row, form)
    content = draft_content(session, row, write_row(session, actor, row, clock.today()).written)
    return draft_file(content, form)


def _write(output: Path, content: bytes) -> None:
    """Whole or not at all."""
    part = output.with_name(f"{output.name}.{secrets.token_hex(4)}.part")
    try:
        part.write_bytes(content)
        os.replace(part, output)
    finally:
        part.unlink(missing_ok=True)


def _found(bulletin_id: int) -> tuple[Actor, Bulletin]:
    """The bulletin, and the console as the one who signs for its office."""
    row = db.session.get(Bulletin, bulletin_id)
    if row is None:
        refuse(f"没有编号为 {bulletin_id} 的通报。")
    actor = _signer(row.unit)
    try:
        return actor, load_bulletin(db.session(), actor, bulletin_id)
    except NotVisible:
        refuse(f"没有编号为 {bulletin_id} 的通报。")


def _signer(office: Unit) -> Actor:
    """The console on behalf of an office: the county's is signed for as by its director, any other as by its
    supervisor. The audit log names the operating system's user."""
    role = Role.DIRECTOR if office.category == UnitCategory.BUREAU else Role.SUPERVISOR
    scope = scope_path_for(role, office.path, county_path_above(db.session(), office.path))
    return replace(
        console_actor(),
        role=role,
        unit_id=office.id,
        unit_path=office.path,
        scope_path=scope,
        unit_name=office.label,
    )


def _office_of(unit: Unit) -> Unit:
    """Who writes about a unit: the county's bureau about the county, a unit about itself. Raises RuleViolation."""
    if unit.category not in _COUNTY:
        return unit
    found = select(Unit).where(Unit.category == UnitCategory.BUREAU.value, Unit.path.startswith(unit.path))
    bureau = db.session.scalar(found.order_by(Unit.path).limit(1))
    if bureau is None:
        raise RuleViolation("这个站点还没有县信访局，没有可以发文的单位。")
    return bureau


def _template(actor: Actor, kind: str) -> TemplateChoice:
    """The office's own before the shipped one. Raises RuleViolation."""
    wanted = next((k for k in BulletinKind if kind in (k.value, k.label)), None)
    found = [t for t in template_choices(db.session(), actor) if t.kind is wanted]
    if not found:
        known = "、".join(dict.fromkeys(t.kind.value for t in template_choices(db.session(), actor)))
        raise RuleViolation(f"没有“{kind}”这种通报的模板，可用：{known}。")
    return found[0]


def _register(row: Bulletin, word: str) -> DocumentRegister:
    """Raises RuleViolation."""
    registers = [r for r in open_registers(db.session(), row.unit_id) if word in ("", r.word)]
    if not registers:
        raise RuleViolation(f"{row.unit.label}没有启用机关代字{f'“{word}”' if word else ''}，不能编号。")
    if len(registers) > 1:
        raise RuleViolation(f"有几个机关代字，请用 --register 指明：{'、'.join(r.word for r in registers)}。")
    return registers[0]


def _seal(row: Bulletin, name: str) -> Seal | None:
    """The named one, else the only one of the office, none where it has none. Raises RuleViolation."""
    seals = [s for s in usable_seals(db.session(), row.unit_id) if name in ("", s.name)]
    if name and not seals:
        raise RuleViolation(f"{row.unit.label}没有名为“{name}”的可用印章。")
    if len(seals) > 1:
        raise RuleViolation(
            f"本单位有几枚印章，请用 --seal 指明：{'、'.join(s.name for s in seals)}，或用 --no-seal。"
        )
    return seals[0] if seals else None


@contextmanager
def _refusing() -> Iterator[None]:
    """What a rule refuses is one line on standard error."""
    try:
        yield
    except RuleViolation as violation:
        refuse(violation.message)
    except RuleViolations as several:
        refuse(" ".join(v.message for v in several.violations))
