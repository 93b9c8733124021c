"""`flask --app app imports`: sheets brought in from the console, and blank ones to fill in."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from actions.imports.kinds import KINDS
from commands.console import console_actor, refuse
from documents.sheet_template import blank_sheet
from rules.errors import RuleViolation
from web.import_files import file_of, has_passwords, password_path
from web.imports import Check, check_file, import_file, sweep_unfinished

MOST_SHOWN = 50

imports_commands = AppGroup("imports", help="表格导入")

_kind = click.argument("kind", type=click.Choice(list(KINDS)), metavar="KIND")


@imports_commands.command("run")
@_kind
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.xlsx")
@click.option("--dry-run", is_flag=True, help="只检查，什么都不改")
@click.option("--json", "as_json", is_flag=True, help="结果写成 JSON")
def run(kind: str, file: Path, dry_run: bool, as_json: bool) -> None:
    """导入一张 KIND 表：全部导入，或者一行也不导入。

    KIND 是 visits、petitions、village-sessions、leader-receptions、meetings、duty-messages、interviews、publications、figures、organisations、staff 之一。
    """
    try:
        check = check_file(console_actor(), kind, file)
    except RuleViolation as refusal:
        _unreadable(kind, refusal.message, as_json)
    if check.sheet.refused:
        _refused(kind, check, as_json)
    batch = None
    if (check.sheet.new or check.sheet.updates) and not dry_run:
        sweep_unfinished()
        try:
            batch = import_file(console_actor(), check, file_of(file), _progress)
        except RuleViolation as refusal:
            _unreadable(kind, refusal.message, as_json)
    _say_result(kind, check, batch, dry_run, as_json)


@imports_commands.command("template")
@_kind
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.xlsx")
def template(kind: str, out: Path) -> None:
    """写一张 KIND 的空白表，带标题、说明、下拉选项和示例。"""
    try:
        out.write_bytes(blank_sheet(KINDS[kind].spec))
    except OSError as error:
        refuse(f"不能写入 {out}：{error.strerror}")
    click.echo(str(out))


def _progress(done: int, all_: int) -> None:
    if done == all_ or done % 5000 == 0 or (all_ < 5000 and done % 50 == 0):
        click.echo(f"{done}/{all_}", err=True)


def _say_result(kind: str, check: Check, batch: int | None, dry_run: bool, as_json: bool) -> None:
    new, updated = len(check.sheet.new), len(check.sheet.updates)
    passwords = str(password_path(batch)) if batch and has_passwords(batch) else None
    if as_json:
        _write_json(
            kind,
            rows=check.sheet.rows,
            new=new,
            updated=updated,
            known=check.sheet.known,
            batch=batch,
            passwords=passwords,
        )
        return
    done = "将导入" if dry_run else "导入"
    added = f"，更新 {updated} 行" if updated else ""
    number = f"（第 {batch} 批）" if batch else ""
    click.echo(
        f"{KINDS[kind].spec.title}：共 {check.sheet.rows} 行，{done} {new} 行{number}{added}，已有 {check.sheet.known} 行。"
    )
    if passwords:
        click.echo(f"一次性口令写在 {passwords}，交给本人后请删除。")


def _refused(kind: str, check: Check, as_json: bool) -> NoReturn:
    findings = check.sheet.findings
    if as_json:
        errors = [asdict(error) for error in findings.kept]
        _write_json(kind, rows=check.sheet.rows, new=0, known=0, errors=errors, error_count=findings.count)
    for error in findings.kept[:MOST_SHOWN]:
        click.echo(str(error), err=True)
    more = f"（上面是前 {MOST_SHOWN} 处）" if findings.count > MOST_SHOWN else ""
    refuse(f"共 {findings.count} 处错误{more}，一行也没有导入。")


def _unreadable(kind: str, message: str, as_json: bool) -> NoReturn:
    if as_json:
        error = {"sheet": "", "row": 0, "column": "", "heading": "", "message": message}
        _write_json(kind, rows=0, new=0, known=0, errors=[error], error_count=1)
    refuse(message)


def _write_json(kind: str, **said: Any) -> None:
    plain = {"kind": kind, "rows": 0, "new": 0, "updated": 0, "known": 0, "errors": [], "batch": None} | said
    click.echo(json.dumps({k: v for k, v in plain.items() if k != "passwords" or v}, ensure_ascii=False))
