"""Large imports: checked and written by the worker, as the account that uploaded them."""

from actions.imports.kinds import KINDS
from actions.jobs import may_run_again
from extensions import db
from jobs.registry import job
from models.import_batch import ImportBatch
from queries.sign_in import actor_of
from rules.errors import RuleViolation
from rules.roles import Actor
from web.import_tidying import tidy_imports
from web.imports import BROKEN_CHECK, MAY_PASS, SWEEPER, abandon, check_upload, run_upload, sweep_unfinished


@job("import.check")
def check_import(batch_id: int) -> None:
    actor = _actor(batch_id)
    try:
        check_upload(actor, batch_id)
    except MAY_PASS:
        db.session.rollback()
        if not may_run_again(db.session(), "import.check", {"batch_id": batch_id}):
            abandon(SWEEPER, batch_id, BROKEN_CHECK)
        raise
    except Exception:
        abandon(SWEEPER, batch_id, BROKEN_CHECK)
        raise


@job("import.run")
def run_import(batch_id: int) -> None:
    run_upload(_actor(batch_id), batch_id)


@job("import.sweep")
def sweep_imports() -> None:
    """Withdraw imports that broke off, end what nobody decided about, drop what nobody needs."""
    sweep_unfinished()
    tidy_imports()


def _actor(batch_id: int) -> Actor:
    """Who uploaded it, as he may act now. Raises RuleViolation, and the batch has ended then."""
    batch = db.session.get_one(ImportBatch, batch_id)
    actor = actor_of(db.session(), batch.account_id or 0, "worker")
    if actor is None or not actor.may(KINDS[batch.kind].permission):
        message = "上传的账号已停用或不再有导入权限。"
        abandon(SWEEPER, batch_id, message)
        raise RuleViolation(message)
    return actor
