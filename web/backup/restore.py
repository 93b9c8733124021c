"""Bringing a backup back. What stood there before is moved aside, never deleted, and put back if anything fails."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import inspect

from actions.backups import note_restore
from extensions import db
from models.keys import load_or_make_keys
from models.protected import use_keys
from queries.emptiness import is_empty_site
from rules.roles import Actor
from web import clock
from web.backup import postgresql
from web.backup.archive import DATABASE, FILES, Manifest
from web.backup.create import SQLITE_FILE, scratch, site_address, site_directory
from web.backup.errors import BackupRefused
from web.backup.seal import SealedFile
from web.backup.verify import compare, migrate, restore_postgresql, unpack
from web.running import SiteIsRunning, kept_stopped
from web.self_check import newest_revision
from web.unit_of_work import writing

_STAYS = ("replaced-", ".restore-", ".backup-", "backups")
_LOCKS = ("write.lock", "write-next.lock", "worker.lock", "running.lock")
SETTINGS = "settings.env"


def restore_backup(path: Path, passphrase: str, *, actor: Actor, force: bool) -> tuple[Manifest, Path | None]:
    """Bring the site back as it was, at this program's newest revision; only a process about to end may call it.

    Returns the manifest and where the old site was put. Raises BackupRefused, and then nothing has changed.
    """
    instance_dir = site_directory()
    try:
        with kept_stopped(instance_dir):
            sealed = SealedFile(path)
            sealed.check_digest()
            _refuse_full_site(force)
            with scratch(instance_dir, ".restore-") as work:
                manifest = unpack(sealed, passphrase, work)
                _refuse_other_database(manifest)
                compare(work, manifest)
                aside = _put_in_place(instance_dir, work, manifest)
    except SiteIsRunning:
        raise BackupRefused("站点正在运行。请先停止它（Ctrl-C 或 systemctl stop），再还原。") from None
    use_keys(load_or_make_keys(instance_dir))
    with writing() as session:
        note_restore(session, actor=actor, now=clock.now(), file_name=path.name, made_at=manifest.made_at)
    return manifest, aside


def _refuse_full_site(force: bool) -> None:
    empty = not inspect(db.engine).has_table("unit") or is_empty_site(db.session())
    db.session.rollback()
    if not empty and not force:
        raise BackupRefused(
            "这个站点已有数据。换一个空的 INSTANCE_DIR，或加 --force（原有内容会移到一旁，不删除）。"
        )


def _refuse_other_database(manifest: Manifest) -> None:
    kind = "sqlite" if site_address().startswith("sqlite") else "postgresql"
    if manifest.database != kind:
        wanted = (
            "请先用 DATABASE_URL 指定一个空库"
            if manifest.database == "postgresql"
            else "请先去掉 DATABASE_URL"
        )
        raise BackupRefused(f"这份备份来自 {manifest.database}，而站点现在用 {kind}。{wanted}。")


def _put_in_place(instance_dir: Path, work: Path, manifest: Manifest) -> Path:
    stamp = clock.local(clock.now()).strftime("%Y%m%d-%H%M%S")
    aside = instance_dir / f"replaced-{stamp}"
    undo: list[Callable[[], object]] = []
    db.engine.dispose()
    try:
        _move_aside(instance_dir, aside, undo)
        _move_in(instance_dir, work, undo)
        if manifest.database == "postgresql":
            _replace_schema(f"replaced_{stamp.replace('-', '_')}", undo)
            restore_postgresql(site_address(), work, manifest)
        _bring_to_head(instance_dir, manifest.revision)
    except BaseException:
        for step in reversed(undo):
            step()
        raise
    return aside


def _bring_to_head(instance_dir: Path, revision: str) -> None:
    """A backup of an older program; the backup itself is what an upgrade keeps."""
    if revision != newest_revision():
        migrate(db.engine.url.render_as_string(hide_password=False), instance_dir, "head")


def _move_aside(instance_dir: Path, aside: Path, undo: list[Callable[[], object]]) -> None:
    aside.mkdir(mode=0o700)
    undo.append(lambda: aside.rmdir())
    for entry in sorted(instance_dir.iterdir()):
        if not entry.name.startswith(_STAYS) and entry.name not in _LOCKS:
            _move(entry, aside / entry.name, undo)
    for database in _own_database_files():
        if database.exists():
            _move(database, aside / database.name, undo)


def _own_database_files() -> list[Path]:
    """DATABASE_URL may name an SQLite file outside the site's directory."""
    if not site_address().startswith("sqlite"):
        return []
    return [Path(f"{db.engine.url.database}{end}") for end in ("", "-wal", "-shm")]


def _move_in(instance_dir: Path, work: Path, undo: list[Callable[[], object]]) -> None:
    _disarm_settings(work / FILES / SETTINGS)
    if (work / DATABASE / SQLITE_FILE).exists():
        _move(work / DATABASE / SQLITE_FILE, _own_database_files()[0], undo)
    for entry in sorted((work / FILES).iterdir()):
        _move(entry, instance_dir / entry.name, undo)


def _move(source: Path, target: Path, undo: list[Callable[[], object]]) -> None:
    source.rename(target)
    undo.append(lambda: target.rename(source))


def _disarm_settings(settings: Path) -> None:
    """The address of the old database is left out, or a drill elsewhere would go on writing into the real one."""
    if settings.is_file():
        lines = settings.read_text(encoding="utf-8").splitlines()
        kept = [
            f"# 还原时停用：{line}" if line.strip().startswith("DATABASE_URL") else line for line in lines
        ]
        settings.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _replace_schema(name: str, undo: list[Callable[[], object]]) -> None:
    address = site_address()
    schema = postgresql.current_schema(address)
    postgresql.rename_schema(address, schema, name)
    undo.append(lambda: postgresql.rename_schema(address, name, schema))
    postgresql.make_schema(address, schema)
    undo.append(lambda: postgresql.drop_schema(address, schema))
