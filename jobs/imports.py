"""Large imports: checked and written by the worker, as the account that uploaded them."""

from actions.imports.kinds import KINDS
from extensions import db
from jobs.registry import job
from models.import_batch import ImportBatch
from queries.sign_in import actor_of
from rules.errors import RuleViolation
from rules.roles import Actor
from web.imports import SWEEPER, check_upload, give_up, run_upload, sweep_unfinished, tidy_files

BROKEN_CHECK = "检查时系统出错,没有导入。请稍后重新上传;若反复出现,请联系系统管理员。"
BROKEN_RUN = "导入时系统出错,没有留下任何一行。请稍后重新上传;若反复出现,请联系系统管理员。"


@job("import.check")
def check_import(batch_id: int) -> None:
    try:
        check_upload(_actor(batch_id), batch_id)
    except Exception:
        give_up(SWEEPER, batch_id, BROKEN_CHECK)
        raise


@job("import.run")
def run_import(batch_id: int) -> None:
    actor = _actor(batch_id)
    try:
        run_upload(actor, batch_id)
    except RuleViolation:
        raise
    except Exception:
        give_up(
            actor, batch_id, "导入时系统出错,没有留下任何一行。请稍后重新上传;若反复出现,请联系系统管理员。"
        )
        raise


@job("import.sweep")
def sweep_imports() -> None:
    """Withdraw imports that broke off, drop files nobody waits for."""
    sweep_unfinished()
    tidy_files()


def _actor(batch_id: int) -> Actor:
    """Who uploaded it, as he may act now. Raises RuleViolation."""
    batch = db.session.get_one(ImportBatch, batch_id)
    actor = actor_of(db.session(), batch.account_id or 0, "worker")
    if actor is None or not actor.may(KINDS[batch.kind].permission):
        raise RuleViolation("上传的账号已停用或不再有导入权限。")
    return actor
