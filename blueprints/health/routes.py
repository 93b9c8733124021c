"""Is the site alive? For supervisors and proxies; tells nothing else."""

from flask import Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from extensions import db
from rules.roles import Permission
from web.guarded_blueprint import GuardedBlueprint

health = GuardedBlueprint("health", __name__)


@health.route("/health", permission=Permission.ANYONE)
def show() -> Response:
    """200 `ok` when the database answers, else 503."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("database does not answer\n", status=503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
