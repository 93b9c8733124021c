"""Alembic's environment: the application's own engine, inside one write turn."""

from alembic import context
from flask import current_app
from sqlalchemy import text

from models.base import metadata
from models.engine import WRITES

config = context.config
_OWN_SEARCH_TABLES = ("visit_search", "bulletin_search", "petition_search", "desk_search")


def include_object(_object, name, type_, _reflected, _compare_to) -> bool:
    """The full-text tables are made by hand in a migration: their shape differs by database."""
    return not (type_ == "table" and name is not None and name.startswith(_OWN_SEARCH_TABLES))


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        if engine.dialect.name == "sqlite":
            # Batch operations rebuild tables; SQLite only lets foreign keys be switched off outside a transaction.
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        try:
            # Configured inside the transaction, so that Alembic leaves it to us: all migrations or none.
            with connection.begin():
                context.configure(
                    connection=connection,
                    target_metadata=metadata,
                    include_object=include_object,
                    render_as_batch=True,
                    compare_type=True,
                )
                context.run_migrations()
                if engine.dialect.name == "sqlite":
                    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                    if broken:
                        raise RuntimeError(f"foreign keys broken by a migration: {broken[:5]}")
        finally:
            if engine.dialect.name == "sqlite":
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


run()
