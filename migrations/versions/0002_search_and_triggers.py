"""full-text search of visits; an audit log that cannot be rewritten"""

from alembic import op

revision = "0002"
down_revision = "0001"

_REFUSAL = "audit_entry is append-only"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE visit_search USING fts5"
            "(content, names, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')"
        )
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE TABLE visit_search (rowid integer PRIMARY KEY REFERENCES visit (id), "
        "content tsvector NOT NULL, names tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_visit_search_content ON visit_search USING gin (content)")
    op.execute("CREATE INDEX ix_visit_search_names ON visit_search USING gin (names)")
    op.execute(
        "CREATE FUNCTION audit_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_append_only()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_entry_no_update")
        op.execute("DROP TRIGGER audit_entry_no_delete")
    else:
        op.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_append_only()")
    op.execute("DROP TABLE visit_search")
