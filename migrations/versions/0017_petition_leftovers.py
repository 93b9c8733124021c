"""what a batch added to petitions that were here already; approvals on paper; letters have a number series of their own"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ONLY_LETTERS = """
UPDATE document_register SET series = 'letter'
WHERE EXISTS (SELECT 1 FROM document_number n WHERE n.register_id = document_register.id AND n.letter_id IS NOT NULL)
AND NOT EXISTS (
    SELECT 1 FROM document_number n WHERE n.register_id = document_register.id AND n.bulletin_id IS NOT NULL
)
"""
"""A word that only letters bear goes on as theirs; one that both bear stays with what is published."""


def upgrade() -> None:
    op.create_table(
        "petition_update",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("import_batch_id", sa.Integer(), sa.ForeignKey("import_batch.id"), nullable=False),
        sa.Column("petition_id", sa.Integer(), sa.ForeignKey("petition.id"), nullable=False),
        sa.Column("audit_entry_id", sa.Integer(), sa.ForeignKey("audit_entry.id"), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
    )
    op.create_index(
        "ix_petition_update_import_batch_id", "petition_update", ["import_batch_id", "petition_id"]
    )
    op.create_index("ix_petition_update_petition_id", "petition_update", ["petition_id"])
    op.create_table(
        "petition_paper_approval",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("petition_id", sa.Integer(), sa.ForeignKey("petition.id"), nullable=False),
        sa.Column("step_id", sa.Integer(), sa.ForeignKey("petition_step.id"), nullable=False, unique=True),
        sa.Column("approver", sa.String(60), nullable=False),
        sa.Column("post", sa.String(60), nullable=False),
        sa.Column("attachment_id", sa.Integer(), sa.ForeignKey("attachment.id"), nullable=False),
    )
    op.create_index(
        "ix_petition_paper_approval_attachment", "petition_paper_approval", ["attachment_id"]
    )
    with op.batch_alter_table("document_register") as batch:
        batch.add_column(sa.Column("series", sa.String(10), nullable=False, server_default="bulletin"))
    with op.batch_alter_table("document_register") as batch:
        batch.alter_column("series", existing_type=sa.String(10), existing_nullable=False, server_default=None)
    op.execute(ONLY_LETTERS)


def downgrade() -> None:
    with op.batch_alter_table("document_register") as batch:
        batch.drop_column("series")
    op.drop_table("petition_paper_approval")
    op.drop_table("petition_update")
