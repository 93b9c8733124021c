"""How the database is opened, so that nothing acknowledged is lost and no update overwrites another.

Measured settings: WAL, synchronous FULL, BEGIN IMMEDIATE for writes behind `WriteTurn` on SQLite; an
advisory lock for the unit of work on PostgreSQL. Either way writers are served one after another, which
the audit chain needs in any case.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session

from models.write_turn import WriteTurn

WRITES = "writes"
ENTERED = "entered"
"""Something was entered in this session (`actions.audit.record`): what it reads since may not be committed."""
TURN_LATER = "turn_later"
SAFE_SQLITE = (3, 51, 3)
"""Older versions can corrupt a WAL when two connections checkpoint at the same instant."""

_POSTGRESQL_WRITE_LOCK = 7_402_026
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=30000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-65536",
    "temp_store=MEMORY",
)
_POSTGRESQL_SETTINGS = (
    "jit = off",
    "max_parallel_workers_per_gather = 0",
    "plan_cache_mode = force_custom_plan",
)
"""A page's statements take a few milliseconds: compiling one, or starting processes for it, takes longer, and
a plan made for any value at all reads the whole table where this value's has an index."""


class NestedWrite(RuntimeError):
    """A unit of work was opened inside another: a bug, refused instead of waiting for itself."""


def sqlite_options() -> dict[str, Any]:
    """Options for create_engine with SQLite: the bundled, safe build where there is one."""
    options: dict[str, Any] = {
        "connect_args": {"timeout": 30, "check_same_thread": False},
        "pool_size": 8,
        "max_overflow": 32,
        "pool_timeout": 60,
        "hide_parameters": True,  # an error must not carry a person's name into the log
    }
    try:
        import pysqlite3.dbapi2

        options["module"] = pysqlite3.dbapi2
    except ImportError:
        pass
    return options


def postgresql_options() -> dict[str, Any]:
    return {
        "pool_size": 8,
        "max_overflow": 32,
        "pool_timeout": 60,
        "pool_pre_ping": True,
        "hide_parameters": True,
    }


def begin_writing(session: Session, *, turn_later: bool = False) -> None:
    """End the reading done so far and begin a write, waiting for our turn.

    `turn_later` lets PostgreSQL work on rows that nobody else knows yet before `take_turn`; SQLite, which
    lets one writer in, takes the turn at once all the same.
    Raises NestedWrite when this session is writing already.
    """
    if session.info.get(WRITES):
        raise NestedWrite("a unit of work is open already")
    session.commit()
    # What was read before our turn may have changed since: a version check must see what stands now.
    session.expire_all()
    session.info[WRITES] = True
    try:
        session.connection(execution_options={WRITES: True, TURN_LATER: turn_later})
    except BaseException:
        session.info.pop(WRITES, None)
        raise


def take_turn(session: Session) -> None:
    """Wait for the turn in a unit of work that was begun with `turn_later`; harmless where it is held already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_WRITE_LOCK})"))


def end_writing(session: Session) -> None:
    session.info.pop(WRITES, None)


def configure_sqlite(engine: Engine, lock_file: Path) -> WriteTurn:
    """Install pragmas and the write turn on an engine. Returns the turn, for backup and tests."""
    turn = WriteTurn(lock_file)
    holding: set[int] = set()

    def give_back(dbapi_connection: Any) -> None:
        if id(dbapi_connection) in holding:
            holding.discard(id(dbapi_connection))
            turn.give_back()

    @event.listens_for(engine, "connect")
    def on_connect(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.isolation_level = None
        for pragma in _PRAGMAS:
            dbapi_connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql("BEGIN")
            return
        turn.take()
        holding.add(id(connection.connection.dbapi_connection))
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    _give_back_after(engine, "do_commit", give_back, on_error=False)
    _give_back_after(engine, "do_rollback", give_back, on_error=True)
    event.listen(engine, "checkin", lambda dbapi_connection, _record: give_back(dbapi_connection))
    return turn


def _give_back_after(engine: Engine, name: str, give_back: Callable[[Any], None], *, on_error: bool) -> None:
    original: Callable[[Any], None] = getattr(engine.dialect, name)

    def wrapped(connection: Any) -> None:
        try:
            original(connection)
        except BaseException:
            if on_error:
                give_back(connection.dbapi_connection)
            raise
        give_back(connection.dbapi_connection)

    setattr(engine.dialect, name, wrapped)


def configure_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.autocommit = True
        for setting in _POSTGRESQL_SETTINGS:
            dbapi_connection.execute(f"SET {setting}")
        dbapi_connection.autocommit = False

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(WRITES) and not options.get(TURN_LATER):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_WRITE_LOCK})")
