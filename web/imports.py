"""Running an import: read and check outside any transaction, write in short ones, publish all rows at once.

Used by the screen, the worker and the command line.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError, OperationalError

from actions.imports import batches
from actions.imports.batches import FileOf
from actions.imports.checking import check_sheet
from actions.imports.kind import CheckedSheet, Importer
from actions.imports.kinds import KINDS
from actions.imports.lots import LOT, publish, stage, withdraw_lot
from actions.jobs import enqueue, may_run_again
from documents.read_workbook import read_sheet
from documents.workbook import Sheet, write_workbook
from documents.workbook_package import WorkbookRefused
from extensions import db
from models.import_batch import ImportBatch
from models.organisation import Unit
from models.password_hash import hash_password
from models.write_turn import WriteTurnTimeout
from queries.imports import batches_in_state, finished_batches, has_waiting_run
from queries.sign_in import county_path_above
from rules.errors import RuleViolation
from rules.roles import Actor
from web import clock
from web.import_files import (
    drop_passwords,
    drop_upload,
    instance_dir,
    keep_passwords,
    keep_preview,
    upload_path,
)
from web.one_time import new_one_time_password
from web.unit_of_work import writing

MOST_ROWS, MOST_COLUMNS = 100_000, 60
CHECKED_AT_ONCE_BYTES = 150_000
"""A file up to this size (some 1,000 rows) is checked while its sender waits; a larger one by the worker."""
WRITTEN_AT_ONCE = 500
HASHED_AT_ONCE = 20

SWEEPER = Actor(None, None, "系统", None, None, "", "", address="worker")
CHANGED_MEANWHILE = (
    "检查之后，其中有的村当天的接访或外部编号、省系统编号已被别人登记。没有导入任何一行，请重新上传检查。"
)
BROKEN_CHECK = "检查时系统出错，没有导入。请稍后重新上传；若反复出现，请联系系统管理员。"
BROKEN_RUN = "导入时系统出错，没有留下任何一行。请稍后重新上传；若反复出现，请联系系统管理员。"
NOT_NOW = "数据库暂时不能写入，没有导入任何一行。请稍后再按“确认导入”。"
MAY_PASS = (OperationalError, WriteTurnTimeout)
"""The database was busy, full or away: worth another try."""
BROKEN = "导入中断，没有留下任何一行。请重新上传。"

Progress = Callable[[int, int], None]
"""Called with how many are done, of how many."""


@dataclass(frozen=True)
class Check:
    """`settled` are the batches that were done when the check began."""

    sheet: CheckedSheet
    importer: Importer
    settled: list[int]


def no_progress(_done: int, _all: int) -> None:
    pass


def check_file(actor: Actor, kind: str, path: Path) -> Check:
    """Writes nothing. Raises RuleViolation when the file cannot be read."""
    db.session.commit()
    try:
        content = read_sheet(path, max_rows=MOST_ROWS, max_columns=MOST_COLUMNS)
    except WorkbookRefused as refused:
        raise RuleViolation(str(refused), "file") from refused
    session = db.session()
    settled = finished_batches(session, kind)
    importer = Importer(actor, _subtree(actor, kind), clock.today())
    sheet = check_sheet(session, KINDS[kind], content, importer)
    session.commit()
    return Check(sheet, importer, settled)


def open_upload(actor: Actor, kind: str, file: FileOf) -> int:
    """Note an upload and check it: at once when it is small, else by the worker. Returns the batch's id."""
    small = upload_path(file.stored_name).stat().st_size <= CHECKED_AT_ONCE_BYTES
    with writing() as session:
        batch = batches.open_batch(session, actor=actor, now=clock.now(), kind=kind, file=file)
        if not small:
            enqueue(session, now=clock.now(), kind="import.check", arguments={"batch_id": batch.id})
    if small:
        _check_at_once(actor, batch.id)
    return batch.id


def _check_at_once(actor: Actor, batch_id: int) -> None:
    """What stands in the way for a moment leaves the check to the worker."""
    try:
        check_upload(actor, batch_id)
    except MAY_PASS:
        db.session.rollback()
        with writing() as session:
            enqueue(session, now=clock.now(), kind="import.check", arguments={"batch_id": batch_id})
    except Exception:
        abandon(actor, batch_id, BROKEN_CHECK)
        raise


def check_upload(actor: Actor, batch_id: int) -> None:
    """Check an upload and note what was found, with its preview. Again is harmless."""
    batch = _batch(db.session, batch_id)
    if batch.state != batches.CHECKING:
        return
    path, kind, stored_name = upload_path(batch.stored_name), batch.kind, batch.stored_name
    try:
        check = check_file(actor, kind, path)
    except RuleViolation as refused:
        with writing() as session:
            batches.note_unreadable(
                session,
                actor=actor,
                now=clock.now(),
                batch=_batch(session, batch_id),
                message=refused.message,
            )
        drop_upload(stored_name)
        return
    keep_preview(stored_name, check.sheet.preview, check.sheet.update_preview)
    with writing() as session:
        batches.note_check(
            session, actor=actor, now=clock.now(), batch=_batch(session, batch_id), checked=check.sheet
        )
    if check.sheet.refused:
        drop_upload(stored_name)


def confirm_upload(actor: Actor, batch_id: int) -> None:
    """The one who saw the preview wants it: written at once when it is small, else by the worker. Raises RuleViolation."""
    with writing() as session:
        batch = _batch(session, batch_id)
        if batch.state == batches.READY and not upload_path(batch.stored_name).exists():
            raise RuleViolation("上传的文件已不在系统里。请放弃这一批，重新上传。")
        batches.confirm(session, actor=actor, now=clock.now(), batch=batch)
        most = HASHED_AT_ONCE if batch.kind == "staff" else WRITTEN_AT_ONCE
        small = (
            batch.new_rows + batch.updated_rows <= most
            and upload_path(batch.stored_name).stat().st_size <= CHECKED_AT_ONCE_BYTES
        )
        if not small:
            enqueue(session, now=clock.now(), kind="import.run", arguments={"batch_id": batch_id})
    if small:
        run_upload(actor, batch_id)


def run_upload(actor: Actor, batch_id: int) -> None:
    """Read, check and write a confirmed upload. After a crash it begins again from nothing. Raises RuleViolation."""
    sweep_unfinished()
    batch = _batch(db.session, batch_id)
    if batch.state != batches.WAITING:
        return
    stored_name = batch.stored_name
    try:
        check = check_file(actor, batch.kind, upload_path(stored_name))
        if check.sheet.refused:
            raise RuleViolation(f"检查之后数据有了变化：{check.sheet.findings.kept[0]} 请重新上传检查。")
        write_rows(actor, batch_id, check)
    except RuleViolation as refused:
        abandon(actor, batch_id, refused.message)
        raise
    except MAY_PASS:
        _put_back(actor, batch_id)
        raise
    except Exception:
        abandon(actor, batch_id, BROKEN_RUN)
        raise
    drop_upload(stored_name)


def import_file(actor: Actor, check: Check, file: FileOf, progress: Progress = no_progress) -> int:
    """For the console, in this process. Returns the batch's id. Raises RuleViolation; nothing is left then."""
    with writing() as session:
        now = clock.now()
        batch = batches.open_batch(session, actor=actor, now=now, kind=check.sheet.kind, file=file)
        batches.note_check(session, actor=actor, now=now, batch=batch, checked=check.sheet)
        batches.confirm(session, actor=actor, now=now, batch=batch)
    try:
        write_rows(actor, batch.id, check, progress)
    except RuleViolation as refused:
        give_up(actor, batch.id, refused.message)
        raise
    return batch.id


def write_rows(actor: Actor, batch_id: int, check: Check, progress: Progress = no_progress) -> None:
    """All new rows, or none. Raises RuleViolation when what is known has changed since the check."""
    kind = KINDS[check.sheet.kind]
    try:
        if not kind.staged:
            _write_directly(actor, batch_id, check, progress)
        elif len(check.sheet.new) <= LOT:
            with writing() as session:
                _start(session, actor, batch_id)
                _stage(session, actor, batch_id, kind, check.sheet.new)
                _publish(session, actor, batch_id, check)
        else:
            with import_turn():
                _write_in_lots(actor, batch_id, check, progress)
    except IntegrityError as clash:
        db.session.rollback()
        raise RuleViolation(CHANGED_MEANWHILE) from clash


def give_up(actor: Actor, batch_id: int, message: str) -> None:
    """Take out what was written of a batch and say why."""
    _withdraw(actor, batch_id)
    with writing() as session:
        batch = _batch(session, batch_id)
        if batch.state in (batches.CHECKING, batches.WAITING, batches.IMPORTING):
            batches.fail(session, actor=actor, now=clock.now(), batch=batch, message=message)


def abandon(actor: Actor, batch_id: int, message: str) -> None:
    """Give up a batch under way, and its upload, for good."""
    db.session.rollback()
    if _batch(db.session, batch_id).state not in (batches.CHECKING, batches.WAITING, batches.IMPORTING):
        return
    give_up(actor, batch_id, message)
    drop_upload(_batch(db.session, batch_id).stored_name)


def _put_back(actor: Actor, batch_id: int) -> None:
    """Nothing stays written, the upload is kept: the worker begins again, else its sender may confirm again."""
    db.session.rollback()
    _withdraw(actor, batch_id)
    with writing() as session:
        batch, now = _batch(session, batch_id), clock.now()
        if not may_run_again(session, "import.run", {"batch_id": batch_id}):
            batches.reopen(session, actor=actor, now=now, batch=batch, message=NOT_NOW)
        elif batch.state == batches.IMPORTING:
            batches.wait_again(session, actor=actor, now=now, batch=batch)


def sweep_unfinished() -> int:
    """Withdraw imports that broke off with their process. Returns how many; 0 while another one is running."""
    with suppress(BlockingIOError), import_turn(wait=False):
        broken = [batch.id for batch in batches_in_state(db.session(), batches.IMPORTING)]
        for batch_id in broken:
            _withdraw(SWEEPER, batch_id)
            with writing() as session:
                _after_breaking(session, batch_id)
        return len(broken)
    return 0


@contextmanager
def import_turn(*, wait: bool = True) -> Iterator[None]:
    """One large import at a time, in whichever process. Raises BlockingIOError when another has the turn."""
    descriptor = os.open(instance_dir() / "imports.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(descriptor)


def _write_in_lots(actor: Actor, batch_id: int, check: Check, progress: Progress) -> None:
    kind, rows = KINDS[check.sheet.kind], check.sheet.new
    with writing() as session:
        _start(session, actor, batch_id)
    done = 0
    for first in range(0, len(rows), LOT):
        lot = rows[first : first + LOT]
        with writing() as session:
            _stage(session, actor, batch_id, kind, lot)
        done += len(lot)
        progress(done, len(rows))
    with writing(turn_later=True) as session:
        _publish(session, actor, batch_id, check)
        enqueue(session, now=clock.now(), kind="chore.planner")


def _write_directly(actor: Actor, batch_id: int, check: Check, progress: Progress) -> None:
    kind, rows = KINDS[check.sheet.kind], check.sheet.new
    hashes = _make_passwords(batch_id, rows, progress) if check.sheet.kind == "staff" else None
    try:
        with writing() as session:
            _start(session, actor, batch_id)
            batch = _batch(session, batch_id)
            kind.write(
                session,
                actor=actor,
                now=clock.now(),
                importer=check.importer,
                batch=batch,
                rows=rows,
                prepared=hashes,
            )
            batches.finish(session, actor=actor, now=clock.now(), batch=batch, rows=len(rows), tables=())
    except BaseException:
        drop_passwords(batch_id)
        raise


def _make_passwords(batch_id: int, rows: list[Any], progress: Progress) -> dict[str, str]:
    """Slow on purpose, so before the transaction: username → hash; the passwords themselves go into a file read once."""
    passwords = {row.username: new_one_time_password() for row in rows}
    hashes = {}
    with ThreadPoolExecutor(2) as pool:
        for username, hashed in zip(passwords, pool.map(hash_password, passwords.values()), strict=True):
            hashes[username] = hashed
            progress(len(hashes), len(passwords))
    lines = [(r.username, r.name, r.unit.label, r.role.label, passwords[r.username]) for r in rows]
    notes = ["一次性口令，14 天内有效，首次登录必须修改。请当面交给本人，交完删除本文件。"]
    headings = ("用户名", "姓名", "单位", "角色（表中）", "一次性口令")
    keep_passwords(batch_id, write_workbook(Sheet("一次性口令", headings, lines, notes)))
    return hashes


def _start(session: Any, actor: Actor, batch_id: int) -> None:
    batches.start(session, actor=actor, now=clock.now(), batch=_batch(session, batch_id))


def _stage(session: Any, actor: Actor, batch_id: int, kind: Any, rows: Any) -> None:
    stage(session, actor=actor, now=clock.now(), batch=_batch(session, batch_id), kind=kind, rows=rows)


def _publish(session: Any, actor: Actor, batch_id: int, check: Check) -> None:
    """What is here already is added to in the same transaction: all of a batch counts from one moment on."""
    sheet, kind = check.sheet, KINDS[check.sheet.kind]
    publish(
        session, actor=actor, now=clock.now(), batch=_batch(session, batch_id), kind=kind,
        rows=len(sheet.new) + len(sheet.updates), settled=check.settled,
    )  # fmt: skip
    if sheet.updates:
        kind.update(
            session, actor=actor, now=clock.now(), today=check.importer.today, batch_id=batch_id,
            updates=sheet.updates,
        )  # fmt: skip


def _withdraw(actor: Actor, batch_id: int) -> None:
    kind = KINDS[db.session.get_one(ImportBatch, batch_id).kind]
    taken = LOT if kind.staged else 0
    while taken:
        with writing() as session:
            taken = withdraw_lot(
                session, actor=actor, now=clock.now(), batch=_batch(session, batch_id), model=kind.model
            )


def _after_breaking(session: Any, batch_id: int) -> None:
    batch = _batch(session, batch_id)
    if has_waiting_run(session, batch_id):
        batches.wait_again(session, actor=SWEEPER, now=clock.now(), batch=batch)
    else:
        batches.fail(session, actor=SWEEPER, now=clock.now(), batch=batch, message=BROKEN)


def _batch(session: Any, batch_id: int) -> ImportBatch:
    return session.get_one(ImportBatch, batch_id, populate_existing=True)


def _subtree(actor: Actor, kind: str) -> str:
    """Where rows may be made: registers below the own scope; organisations and staff in the own county."""
    if actor.account_id is None:
        return ""
    if KINDS[kind].staged:
        return actor.scope_path
    unit = db.session.get_one(Unit, actor.unit_id)
    return county_path_above(db.session(), unit.path)
