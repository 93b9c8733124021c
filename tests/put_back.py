"""Putting a PostgreSQL database back to what it held: only the tables that changed, so that a test waits for milliseconds.

What the tables held is kept beside them in the schema `kept`. A test that changed the tables themselves gets False: then
the database must be made anew.
"""

from dataclasses import dataclass, field

import psycopg
from psycopg import Connection, sql

_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
_SHAPE = """
SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
    SELECT oid::text || relname::text AS line FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'S'
    UNION ALL
    SELECT tgname::text || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
) AS shape
"""
_SEQUENCES = (
    "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
)
_BUSY_GO = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


@dataclass(frozen=True)
class Kept:
    """What a database was like: its tables' shape, the digest of each table's rows, where its sequences stood."""

    url: str
    shape: str
    digests: dict[str, str]
    sequences: dict[str, int]
    open_connections: list[Connection] = field(default_factory=list)
    """The one that puts back, kept from test to test: a new one has to learn all tables first."""

    @property
    def connection(self) -> Connection:
        if not self.open_connections:
            self.open_connections.append(psycopg.connect(self.url))
        return self.open_connections[0]

    def close(self) -> None:
        while self.open_connections:
            self.open_connections.pop().close()


def keep(url: str) -> Kept:
    """Copy all rows of the database aside."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA kept")
        for table in _names(connection):
            connection.execute(
                sql.SQL("CREATE TABLE kept.{0} AS TABLE public.{0}").format(sql.Identifier(table))
            )
        return Kept(url, _shape(connection), _digests(connection), _sequences(connection))


def put_back(kept: Kept) -> bool:
    """Whether it could be done; connections that still do something are ended first."""
    connection = kept.connection
    with connection.transaction():
        connection.execute(_BUSY_GO)
        if _shape(connection) != kept.shape:
            return False
        changed = [name for name, digest in _digests(connection).items() if digest != kept.digests[name]]
        _refill(connection, changed)
        _rewind(connection, kept.sequences)
    return True


def shape_of(url: str) -> str:
    """Of the tables of a database made anew."""
    with psycopg.connect(url) as connection:
        return _shape(connection)


def _refill(connection: Connection, tables: list[str]) -> None:
    """Neither keys nor triggers are asked meanwhile: some tables refuse to lose a row."""
    if not tables:
        return
    connection.execute("SET LOCAL session_replication_role = replica")
    for table in tables:
        name = sql.Identifier(table)
        connection.execute(sql.SQL("DELETE FROM public.{0}").format(name))
        connection.execute(sql.SQL("INSERT INTO public.{0} SELECT * FROM kept.{0}").format(name))


def _rewind(connection: Connection, sequences: dict[str, int]) -> None:
    for name, last in _sequences(connection).items():
        if last != sequences[name]:
            stood = sequences[name]
            connection.execute("SELECT setval(%s::regclass, %s, %s)", (name, max(stood, 1), stood > 0))


def _names(connection: Connection) -> list[str]:
    return [row[0] for row in connection.execute(_TABLES)]


def _shape(connection: Connection) -> str:
    row = connection.execute(_SHAPE).fetchone()
    return row[0] if row else ""


def _digests(connection: Connection) -> dict[str, str]:
    """Of each table: how many rows, and a sum over all of their values."""
    each = sql.SQL(
        "SELECT {0}::text, count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM public.{1} AS t"
    )
    tables = [each.format(sql.Literal(name), sql.Identifier(name)) for name in _names(connection)]
    return dict(connection.execute(sql.SQL(" UNION ALL ").join(tables)).fetchall())


def _sequences(connection: Connection) -> dict[str, int]:
    return dict(connection.execute(_SEQUENCES).fetchall())
