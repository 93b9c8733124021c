"""letters of petitions; a line of the number register and of the book of seal uses belongs to a bulletin or a letter"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ONE_DOCUMENT = "(bulletin_id IS NULL) <> (letter_id IS NULL)"
BOOKS = ("document_number", "seal_use")
MESSAGE = "an issued letter stays as it is"


def upgrade() -> None:
    create_letters()
    freeze_letters()
    for book in BOOKS:
        open_book(book)


def downgrade() -> None:
    for book in BOOKS:
        close_book(book)
    op.drop_table("petition_letter")


def create_letters() -> None:
    op.create_table(
        "petition_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("addressee", sa.String(length=80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("state IN ('draft', 'issued', 'void')", name="ck_petition_letter_state"),
        sa.CheckConstraint(
            "(state = 'issued') = (issued_on IS NOT NULL AND content IS NOT NULL AND content_digest IS NOT NULL)",
            name="ck_petition_letter_issued_is_frozen",
        ),
        sa.CheckConstraint("number IS NULL OR state = 'issued'", name="ck_petition_letter_number_is_issued"),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name="fk_petition_letter_petition_id_petition"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_petition_letter_unit_id_unit"),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["person.id"], name="fk_petition_letter_drafted_by_id_person"),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name="fk_petition_letter_issued_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_petition_letter"),
    )  # fmt: skip
    op.create_index("ix_petition_letter_petition", "petition_letter", ["petition_id", "id"])
    op.create_index("uq_petition_letter_number", "petition_letter", ["number"], unique=True)
    draft = sa.text("state = 'draft'")
    op.create_index(
        "uq_petition_letter_draft", "petition_letter", ["petition_id", "kind", "unit_id"], unique=True,
        sqlite_where=draft, postgresql_where=draft,
    )  # fmt: skip


def freeze_letters() -> None:
    for verb in ("UPDATE", "DELETE"):
        name = f"petition_letter_no_{verb.lower()}"
        if on_sqlite():
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON petition_letter WHEN OLD.state = 'issued' "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON petition_letter "
                "FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION refuse_rewriting()"
            )


def open_book(book: str) -> None:
    """SQLite builds the table anew, without its triggers: they are put back."""
    with op.batch_alter_table(book) as batch:
        batch.alter_column("bulletin_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("letter_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(f"fk_{book}_letter_id_petition_letter", "petition_letter", ["letter_id"], ["id"])
        batch.create_check_constraint(f"ck_{book}_one_document", ONE_DOCUMENT)
        if book == "document_number":
            batch.create_unique_constraint("uq_document_number_letter_id", ["letter_id"])
        else:
            batch.create_index("ix_seal_use_letter_id", ["letter_id"])
    if on_sqlite():
        freeze_book(book)


def close_book(book: str) -> None:
    """Letters go, and with them their lines: nothing else can be said of a document that is no longer there."""
    unfreeze_book(book)
    op.execute(f"DELETE FROM {book} WHERE letter_id IS NOT NULL")
    with op.batch_alter_table(book) as batch:
        batch.drop_constraint(f"ck_{book}_one_document", type_="check")
        batch.drop_constraint(f"fk_{book}_letter_id_petition_letter", type_="foreignkey")
        if book == "document_number":
            batch.drop_constraint("uq_document_number_letter_id", type_="unique")
        else:
            batch.drop_index("ix_seal_use_letter_id")
        batch.drop_column("letter_id")
        batch.alter_column("bulletin_id", existing_type=sa.Integer(), nullable=False)
    freeze_book(book)


def freeze_book(book: str) -> None:
    """As 0006 made it."""
    if not on_sqlite():
        op.execute(
            f"CREATE TRIGGER {book}_append_only BEFORE UPDATE OR DELETE ON {book} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {book}_no_{verb.lower()} BEFORE {verb} ON {book} "
            f"BEGIN SELECT RAISE(ABORT, '{book} is append-only'); END"
        )


def unfreeze_book(book: str) -> None:
    if not on_sqlite():
        op.execute(f"DROP TRIGGER {book}_append_only ON {book}")
        return
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER {book}_no_{verb}")


def on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
