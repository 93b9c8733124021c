"""Long prints: drawn by the worker, one step a job, as the account that ordered them."""

from sqlalchemy.exc import OperationalError

from actions.jobs import may_run_again
from documents.render_process import RenderingFailed
from extensions import db
from jobs.registry import job
from models.write_turn import WriteTurnTimeout
from rules.errors import RuleViolation
from web.prints.steps import BROKEN, NOT_NOW, abandon, run_step, tidy_prints


@job("print.run")
def run_print(order_id: int, step: int) -> None:
    """The next step of an order; whatever stands in the way ends the order with a line to read."""
    try:
        run_step(order_id, step)
    except RuleViolation as refusal:
        abandon(order_id, refusal.message)
        raise
    except RenderingFailed as failure:
        abandon(order_id, failure.message)
        raise RuleViolation(failure.message) from failure
    except (OperationalError, WriteTurnTimeout):
        db.session.rollback()
        if not may_run_again(db.session(), "print.run", {"order_id": order_id, "step": step}):
            abandon(order_id, NOT_NOW)
        raise
    except Exception:
        abandon(order_id, BROKEN)
        raise


@job("print.sweep")
def sweep_prints() -> None:
    """End what broke off, delete files that have expired."""
    tidy_prints()
