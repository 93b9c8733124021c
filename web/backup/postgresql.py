"""A consistent copy of a PostgreSQL database, and back.

COPY in one repeatable-read transaction instead of pg_dump, which refuses a server newer than itself and is missing on
many machines (docs/decisions/0008-backups.md). The tables themselves are made by this program's migrations, at the
backup's own revision.
"""

import json
from graphlib import TopologicalSorter
from pathlib import Path

import psycopg
from psycopg import sql

from models.audit_line import GENESIS
from web.backup.copied import Copied

COLUMNS = "columns.json"

_TABLES = """
SELECT c.relname, array_agg(a.attname ORDER BY a.attnum) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
GROUP BY c.relname ORDER BY c.relname
"""
_REFERENCES = """
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text FROM pg_constraint c
WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace AND c.conrelid <> c.confrelid
"""
_SEQUENCES = """
SELECT c.relname, a.attname, pg_get_serial_sequence(quote_ident(c.relname), a.attname) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
  AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL
"""


def plain_url(url: str) -> str:
    """SQLAlchemy's address as psycopg wants it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def copy_out(url: str, target: Path) -> Copied:
    """One file per table below `target`, all of the same moment."""
    with psycopg.connect(plain_url(url)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        columns: dict[str, list[str]] = dict(connection.execute(_TABLES).fetchall())
        (target / COLUMNS).write_text(json.dumps(columns), encoding="utf-8")
        rows = {table: _copy_table_out(connection, table, columns[table], target) for table in columns}
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        last = connection.execute("SELECT chain FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
        return Copied(str(revision and revision[0]), rows, rows["audit_entry"], last[0] if last else GENESIS)


def _copy_table_out(connection: psycopg.Connection, table: str, columns: list[str], target: Path) -> int:
    with connection.cursor() as cursor, (target / f"{table}.copy").open("wb") as file:
        with cursor.copy(_statement("COPY {} ({}) TO STDOUT", table, columns)) as copy:
            for data in copy:
                file.write(data)
        return cursor.rowcount


def copy_in(url: str, source: Path) -> dict[str, int]:
    """Replace all rows of a database that stands at the copy's revision, in one transaction. Returns rows by table."""
    columns: dict[str, list[str]] = json.loads((source / COLUMNS).read_text(encoding="utf-8"))
    with psycopg.connect(plain_url(url)) as connection:
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        # The audit log refuses to be emptied; bringing a whole database back is the one exception.
        connection.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        connection.execute(sql.SQL("TRUNCATE {}").format(names))
        connection.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        rows = {
            table: _copy_table_in(connection, table, columns[table], source)
            for table in _parents_first(connection, list(columns))
        }
        _set_sequences(connection)
    return dict(sorted(rows.items()))


def _copy_table_in(connection: psycopg.Connection, table: str, columns: list[str], source: Path) -> int:
    with connection.cursor() as cursor, (source / f"{table}.copy").open("rb") as file:
        with cursor.copy(_statement("COPY {} ({}) FROM STDIN", table, columns)) as copy:
            while data := file.read(1024 * 1024):
                copy.write(data)
        return cursor.rowcount


def _statement(text: str, table: str, columns: list[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL(text).format(sql.Identifier(table), names)  # type: ignore[arg-type]


def _parents_first(connection: psycopg.Connection, tables: list[str]) -> list[str]:
    order: TopologicalSorter[str] = TopologicalSorter({table: () for table in tables})
    for child, parent in connection.execute(_REFERENCES).fetchall():
        order.add(child.strip('"'), parent.strip('"'))
    return list(order.static_order())


def _set_sequences(connection: psycopg.Connection) -> None:
    for table, column, sequence in connection.execute(_SEQUENCES).fetchall():
        statement = sql.SQL("SELECT setval({}, coalesce(max({}), 1), max({}) IS NOT NULL) FROM {}").format(
            sql.Literal(sequence), sql.Identifier(column), sql.Identifier(column), sql.Identifier(table)
        )
        connection.execute(statement)


def with_schema(url: str, schema: str) -> str:
    """The same database, but unqualified names mean `schema`."""
    return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{schema}"


def make_schema(url: str, schema: str) -> None:
    _execute(url, sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))


def drop_schema(url: str, schema: str) -> None:
    _execute(url, sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def rename_schema(url: str, schema: str, name: str) -> None:
    _execute(
        url, sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(schema), sql.Identifier(name))
    )


def current_schema(url: str) -> str:
    with psycopg.connect(plain_url(url)) as connection:
        row = connection.execute("SELECT current_schema()").fetchone()
        return str(row[0]) if row and row[0] else "public"


def _execute(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(plain_url(url), autocommit=True) as connection:
        connection.execute(statement)
