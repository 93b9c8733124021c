"""an issued bulletin stays as it is in every column that was decided, and moves only from issued to withdrawn"""

from alembic import op

revision = "0010"
down_revision = "0009"

BEFORE = (
    "unit_id", "subject_unit_id", "kind", "period", "title", "addressees", "source", "copies_to", "number", "issued_on",
)
AFTER = (
    *BEFORE, "uid", "period_start", "period_end", "format", "urgency", "note", "drafted_at", "drafted_by_id",
    "issued_at", "issued_by_id", "listed_on", "corrects_id", "voided_at", "void_reason",
)


def upgrade() -> None:
    replace_trigger(AFTER)
    sent_back = "OLD.number IS NOT NULL AND NOT (NEW.state = OLD.state OR (OLD.state = 'issued' AND NEW.state = 'withdrawn'))"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER bulletin_never_goes_back BEFORE UPDATE OF state ON bulletin WHEN {sent_back} "
            "BEGIN SELECT RAISE(ABORT, 'an issued bulletin may only be withdrawn'); END"
        )
    else:
        op.execute(
            "CREATE TRIGGER bulletin_never_goes_back BEFORE UPDATE OF state ON bulletin "
            f"FOR EACH ROW WHEN ({sent_back}) EXECUTE FUNCTION refuse_rewriting()"
        )


def downgrade() -> None:
    on_table = "" if op.get_bind().dialect.name == "sqlite" else " ON bulletin"
    op.execute(f"DROP TRIGGER bulletin_never_goes_back{on_table}")
    replace_trigger(BEFORE)


def replace_trigger(columns: tuple[str, ...]) -> None:
    listed = ", ".join(columns)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER bulletin_issued_stays")
        op.execute(
            f"CREATE TRIGGER bulletin_issued_stays BEFORE UPDATE OF {listed} ON bulletin WHEN OLD.number IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'an issued bulletin stays as it is'); END"
        )
        return
    op.execute("DROP TRIGGER bulletin_issued_stays ON bulletin")
    op.execute(
        f"CREATE TRIGGER bulletin_issued_stays BEFORE UPDATE OF {listed} ON bulletin "
        "FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_rewriting()"
    )
