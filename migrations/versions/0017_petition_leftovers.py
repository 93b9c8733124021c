"""what a batch added to petitions that were here already; approvals on paper"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


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


def downgrade() -> None:
    op.drop_table("petition_paper_approval")
    op.drop_table("petition_update")
