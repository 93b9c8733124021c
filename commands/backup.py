"""`flask --app app backup`: make, check and bring back backups."""

import os
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from commands.console import console_actor, refuse
from web.backup.archive import Manifest
from web.backup.create import create_backup, site_directory
from web.backup.errors import BackupRefused
from web.backup.recovery import make_recovery_key, store_recovery_key
from web.backup.restore import restore_backup
from web.backup.verify import verify_backup

backup_commands = AppGroup("backup", help="备份与还原")

_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")


@backup_commands.command("create")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def create(directory: Path) -> None:
    """在 DIR 里写一份加密备份（数据库、附件、密钥），站点不必停。"""
    try:
        made = create_backup(directory, actor=console_actor())
    except BackupRefused as refused:
        refuse(str(refused))
    if made.passphrase:
        show_passphrase(made.passphrase)
    click.echo(f"备份已写好：{made.path}（{made.path.stat().st_size:,} 字节）")
    click.echo(_in_words(made.manifest))


@backup_commands.command("verify")
@_file
def verify(file: Path) -> None:
    """核对备份 FILE：有恢复口令（BACKUP_PASSPHRASE 或当场输入）时还原到临时处逐项比较。"""
    try:
        verified = verify_backup(file, _passphrase(required=False))
    except BackupRefused as refused:
        refuse(str(refused))
    if verified.manifest is None:
        click.echo("只核对了外层摘要：文件完整。没有给恢复口令，内容没有核对。")
        return
    if verified.restored:
        click.echo("备份完好：已还原到临时处，行数、审计链、每个文件都与清单一致。")
    else:
        click.echo(
            "每个文件都与清单一致；数据库没有试还原：这份备份来自 PostgreSQL，请设 DATABASE_URL 再核对。"
        )
    click.echo(_in_words(verified.manifest))


@backup_commands.command("restore")
@_file
@click.option("--force", is_flag=True, help="站点已有数据也还原；原有内容移到一旁，不删除")
def restore(file: Path, force: bool) -> None:
    """把备份 FILE 还原成这个站点。要先停止站点，并给出恢复口令。"""
    passphrase = _passphrase(required=True)
    assert passphrase is not None
    try:
        manifest, aside = restore_backup(file, passphrase, actor=console_actor(), force=force)
    except BackupRefused as refused:
        refuse(str(refused))
    click.echo("还原完成。" + (f"还原前站点目录里的内容移到了 {aside}。" if aside else ""))
    click.echo(_in_words(manifest))


@backup_commands.command("new-passphrase")
def new_passphrase() -> None:
    """换一个恢复口令；以前的备份仍用以前的口令。"""
    key, passphrase = make_recovery_key()
    store_recovery_key(site_directory(), key)
    show_passphrase(passphrase)


def show_passphrase(passphrase: str) -> None:
    click.echo("┌ 备份恢复口令，只显示这一次，请抄在纸上锁好；没有它，备份无法还原：")
    click.echo(f"└ {passphrase}")


def _passphrase(*, required: bool) -> str | None:
    given = os.environ.get("BACKUP_PASSPHRASE", "").strip()
    if not given and sys.stdin.isatty():
        given = click.prompt(
            "恢复口令" + ("" if required else "（直接回车则只核对摘要）"),
            default="",
            hide_input=True,
            show_default=False,
        )
    if not given and required:
        refuse("还原需要恢复口令：请设环境变量 BACKUP_PASSPHRASE。")
    return given or None


def _in_words(manifest: Manifest) -> str:
    rows = sum(manifest.tables.values())
    return (
        f"备份时间 {manifest.made_at}，数据库 {manifest.database} 版本 {manifest.revision}，{len(manifest.tables)} 张表 {rows:,} 行，"
        f"文件 {len(manifest.parts)} 个；审计链 {manifest.audit_entries} 条，末尾 {manifest.audit_head}"
    )
