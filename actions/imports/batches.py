"""A batch's way: checking → ready or refused → waiting → importing → done → undone; dropped, failed."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.imports.kind import CheckedSheet
from models.import_batch import ImportBatch
from rules.errors import RuleViolation
from rules.redaction import without_long_numbers
from rules.roles import Actor
from rules.sheets.findings import CellError

CHECKING, READY, REFUSED, WAITING, IMPORTING = "checking", "ready", "refused", "waiting", "importing"
DONE, UNDONE, DROPPED, FAILED = "done", "undone", "dropped", "failed"

STATE_LABELS = {
    CHECKING: "正在检查",
    READY: "等待确认",
    REFUSED: "有错误，未导入",
    WAITING: "排队导入",
    IMPORTING: "正在导入",
    DONE: "已导入",
    UNDONE: "已撤销",
    DROPPED: "已放弃",
    FAILED: "导入失败，未留下任何登记",
}

_NOT_READY = "这一批已经确认过或已放弃，没有再次导入。"


@dataclass(frozen=True)
class FileOf:
    """What was uploaded: the name its sender gave, the name it is stored under, its SHA-256."""

    name: str
    stored_name: str
    digest: str


def open_batch(
    session: Session, *, actor: Actor, now: datetime, kind: str, file: FileOf, state: str = CHECKING
) -> ImportBatch:
    batch = ImportBatch(
        kind=kind, file_name=file.name[:120], stored_name=file.stored_name, file_digest=file.digest, state=state,
        unit_id=actor.unit_id, account_id=actor.account_id, created_at=now,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    _record(session, actor, now, batch, "upload", after={"kind": kind, "file_digest": file.digest})
    return batch


def note_check(
    session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, checked: CheckedSheet
) -> None:
    """What the check found; a batch with an error cannot be confirmed."""
    _move(batch, (CHECKING,), REFUSED if checked.refused else READY)
    batch.rows, batch.new_rows, batch.known_rows = checked.rows, len(checked.new), checked.known
    batch.error_count = checked.findings.count
    batch.errors = json.dumps([asdict(e) for e in checked.findings.kept], ensure_ascii=False)
    if checked.refused:
        batch.new_rows, batch.known_rows, batch.finished_at = 0, 0, now
    _record(session, actor, now, batch, "check", reason=_counts(batch))


def note_unreadable(
    session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, message: str
) -> None:
    """The file is no workbook that can be read."""
    _move(batch, (CHECKING,), REFUSED)
    _say(batch, message)
    batch.finished_at = now
    _record(session, actor, now, batch, "check", reason=message)


def confirm(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch) -> None:
    """Only once, however often the button is pressed. Raises RuleViolation."""
    _move(batch, (READY,), WAITING)
    if batch.new_rows + batch.updated_rows == 0:
        raise RuleViolation("这张表里没有新的内容，不用导入。")
    batch.errors = "[]"
    _record(session, actor, now, batch, "confirm", reason=_counts(batch))


def start(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch) -> None:
    _move(batch, (WAITING,), IMPORTING)
    batch.rows_done = 0
    _record(session, actor, now, batch, "start")


def wait_again(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch) -> None:
    """Its process died; the worker will begin it again."""
    _move(batch, (IMPORTING,), WAITING)
    batch.rows_done = 0
    _record(session, actor, now, batch, "wait")


def reopen(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, message: str) -> None:
    """A failure that may pass: nothing was written, and who uploaded it may confirm once more."""
    _move(batch, (WAITING, IMPORTING), READY)
    _say(batch, message)
    batch.rows_done, batch.error_count = 0, 0
    _record(session, actor, now, batch, "reopen", reason=message)


def expire(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, message: str) -> None:
    """Nobody decided about it for too long."""
    if batch.state == READY:
        _move(batch, (READY,), DROPPED)
        _say(batch, message)
        batch.finished_at = now
        _record(session, actor, now, batch, "drop", reason=message)
    else:
        fail(session, actor=actor, now=now, batch=batch, message=message)


def clear_errors(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch) -> None:
    """What the cells said is not kept; how many errors there were is."""
    batch.errors = "[]"
    _record(session, actor, now, batch, "clear-errors")


def finish(
    session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, rows: int, tables: Sequence[str]
) -> None:
    """From now on its rows count."""
    _move(batch, (IMPORTING, WAITING), DONE)
    batch.rows_done, batch.finished_at = rows, now
    _record(session, actor, now, batch, "publish", reason=f"导入 {rows} 行", tables=tuple(tables))


def fail(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, message: str) -> None:
    _move(batch, (IMPORTING, WAITING, CHECKING), FAILED)
    _say(batch, message)
    batch.rows_done, batch.finished_at = 0, now
    _record(session, actor, now, batch, "fail", reason=message)


def drop(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch) -> None:
    """The one who looked at the preview does not want it. Raises RuleViolation."""
    _move(batch, (READY,), DROPPED)
    batch.finished_at = now
    _record(session, actor, now, batch, "drop")


def note_passwords_taken(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch) -> None:
    _record(session, actor, now, batch, "take-passwords")


def mark_undone(
    session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, reason: str, tables: Sequence[str]
) -> None:
    _move(batch, (DONE,), UNDONE)
    _record(session, actor, now, batch, "undo", reason=reason, tables=tuple(tables))


def errors_of(batch: ImportBatch) -> list[CellError]:
    return [CellError(**e) for e in json.loads(batch.errors)]


def _move(batch: ImportBatch, before: tuple[str, ...], after: str) -> None:
    if batch.state not in before:
        raise RuleViolation(
            _NOT_READY if READY in before else f"这一批{STATE_LABELS[batch.state]}，不能这样做。"
        )
    batch.state = after
    batch.version += 1


def _say(batch: ImportBatch, message: str) -> None:
    batch.errors = json.dumps(
        [asdict(CellError("", 0, "", "", without_long_numbers(message)))], ensure_ascii=False
    )
    batch.error_count = 1


def _counts(batch: ImportBatch) -> str:
    return f"共 {batch.rows} 行，新 {batch.new_rows}，更新 {batch.updated_rows}，已有 {batch.known_rows}，错误 {batch.error_count}"


def _record(
    session: Session, actor: Actor, now: datetime, batch: ImportBatch, verb: str, *, reason: str = "",
    after: audit.Values | None = None, tables: tuple[str, ...] = (),
) -> None:  # fmt: skip
    audit.record(
        session, actor=actor, now=now, action=f"import.{verb}", subject=batch, label=f"{batch.kind} 第 {batch.id} 批",
        reason=reason, after=after, tables=tables,
    )  # fmt: skip
