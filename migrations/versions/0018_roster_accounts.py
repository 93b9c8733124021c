"""what held for a roster when it was published, what older ones left, days planned without a calendar; plans of the worker"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Editions of before keep no terms: their accounts go on by the settings of now."""
    op.add_column("roster", sa.Column("provisional", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("roster_edition", sa.Column("terms", sa.Text(), nullable=False, server_default=""))
    op.add_column("roster_edition", sa.Column("settled_to", sa.Date(), nullable=True))
    op.add_column("roster_edition", sa.Column("settled", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "roster_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=8), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=True),
        sa.Column("roster_version", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("error", sa.String(length=400), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name="ck_roster_order_order"),
        sa.CheckConstraint("verb IN ('new', 'repeat', 'extend')", name="ck_roster_order_verb"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_roster_order_account_id_account"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_roster_order_unit_id_unit"),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["roster_scheme.id"], name="fk_roster_order_scheme_id_roster_scheme"
        ),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name="fk_roster_order_roster_id_roster"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_order"),
    )
    op.create_index("ix_roster_order_scheme", "roster_order", ["scheme_id", "state", "id"])
    op.create_index("ix_roster_order_roster", "roster_order", ["roster_id"])
    op.create_index("ix_roster_order_unit", "roster_order", ["unit_id", "state"])


def downgrade() -> None:
    op.drop_index("ix_roster_order_unit", table_name="roster_order")
    op.drop_index("ix_roster_order_roster", table_name="roster_order")
    op.drop_index("ix_roster_order_scheme", table_name="roster_order")
    op.drop_table("roster_order")
    op.drop_column("roster_edition", "settled")
    op.drop_column("roster_edition", "settled_to")
    op.drop_column("roster_edition", "terms")
    op.drop_column("roster", "provisional")
