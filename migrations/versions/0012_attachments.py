"""attachments of records: who brought which file, under which key it is kept"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sent_digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_key", sa.String(length=255), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("paper_page", sa.String(length=40), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_attachment_unit_id_unit"),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["person.id"], name="fk_attachment_uploaded_by_id_person"),
        sa.ForeignKeyConstraint(["voided_by_id"], ["account.id"], name="fk_attachment_voided_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sa.UniqueConstraint("uid", name="uq_attachment_uid"),
    )
    op.create_index("ix_attachment_subject", "attachment", ["subject_type", "subject_id", "position"])
    live = sa.text("voided_at IS NULL")
    op.create_index(
        "uq_attachment_same_file", "attachment", ["subject_type", "subject_id", "sent_digest"], unique=True,
        sqlite_where=live, postgresql_where=live,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("uq_attachment_same_file", table_name="attachment")
    op.drop_index("ix_attachment_subject", table_name="attachment")
    op.drop_table("attachment")
