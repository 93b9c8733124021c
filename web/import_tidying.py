"""The nightly look at imports: nothing waits for ever, and no file or cell text stays longer than it is needed."""

from datetime import datetime, timedelta

from actions.imports import batches
from actions.jobs import may_run_again
from extensions import db
from models.import_batch import ImportBatch
from queries.imports import batches_in_state, with_old_errors
from web import clock
from web.import_files import drop_orphans, drop_results
from web.imports import BROKEN_CHECK, NOT_NOW, SWEEPER, abandon
from web.unit_of_work import writing

DECIDED_WITHIN = timedelta(days=7)
ERRORS_KEPT = timedelta(days=7)
RESULTS_KEPT = timedelta(days=14)
"""As long as a one-time password is good for."""
YOUNG = timedelta(days=1)

EXPIRED = f"超过 {DECIDED_WITHIN.days} 天没有确认导入，已自动放弃，上传的文件已删除。需要时请重新上传。"


def tidy_imports() -> None:
    """Each batch in its own unit of work."""
    now = clock.now()
    for batch_id in _open_since(now - YOUNG):
        _mend_stuck(batch_id)
    for batch_id in _open_since(now - DECIDED_WITHIN):
        _expire(batch_id)
    for batch_id in with_old_errors(db.session(), now - ERRORS_KEPT):
        with writing() as session:
            batch = session.get_one(ImportBatch, batch_id)
            batches.clear_errors(session, actor=SWEEPER, now=now, batch=batch)
    open_states = (batches.CHECKING, batches.READY, batches.WAITING, batches.IMPORTING)
    kept = {batch.stored_name for batch in batches_in_state(db.session(), *open_states)}
    drop_orphans(kept, now - YOUNG)
    drop_results(now - RESULTS_KEPT)


def _open_since(before: datetime) -> list[int]:
    found = batches_in_state(db.session(), batches.CHECKING, batches.READY, batches.WAITING)
    return [batch.id for batch in found if batch.created_at < before]


def _mend_stuck(batch_id: int) -> None:
    """Checking or waiting for a day with no job that would go on: it broke off where it could not say so."""
    state = db.session.get_one(ImportBatch, batch_id).state
    if state == batches.CHECKING and not may_run_again(db.session(), "import.check", {"batch_id": batch_id}):
        abandon(SWEEPER, batch_id, BROKEN_CHECK)
    if state == batches.WAITING and not may_run_again(db.session(), "import.run", {"batch_id": batch_id}):
        with writing() as session:
            batch = session.get_one(ImportBatch, batch_id)
            batches.reopen(session, actor=SWEEPER, now=clock.now(), batch=batch, message=NOT_NOW)


def _expire(batch_id: int) -> None:
    with writing() as session:
        batch = session.get_one(ImportBatch, batch_id)
        if batch.state in (batches.CHECKING, batches.READY, batches.WAITING):
            batches.expire(session, actor=SWEEPER, now=clock.now(), batch=batch, message=EXPIRED)
