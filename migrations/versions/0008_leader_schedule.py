"""the schedule of leaders' reception days"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_table('leader_schedule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=True),
    sa.Column('ends_at', sa.Time(), nullable=True),
    sa.Column('leader_id', sa.Integer(), nullable=True),
    sa.Column('leader_name', sa.String(length=40), nullable=False),
    sa.Column('post', sa.String(length=60), nullable=False),
    sa.Column('portfolio', sa.String(length=80), nullable=False),
    sa.Column('mode', sa.String(length=20), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('telephone', sa.String(length=40), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('registered_at', sa.DateTime(), nullable=False),
    sa.Column('registered_by_id', sa.Integer(), nullable=True),
    sa.Column('import_batch_id', sa.Integer(), nullable=True),
    sa.Column('external_number', sa.String(length=64), nullable=True),
    sa.Column('content_digest', sa.String(length=64), nullable=True),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('voided_by_id', sa.Integer(), nullable=True),
    sa.Column('void_reason', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_leader_schedule_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['leader_id'], ['person.id'], name=op.f('fk_leader_schedule_leader_id_person')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_leader_schedule_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_leader_schedule_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_leader_schedule_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leader_schedule')),
    sa.UniqueConstraint('uid', name=op.f('uq_leader_schedule_uid'))
    )
    with op.batch_alter_table('leader_schedule', schema=None) as batch_op:
        batch_op.create_index('ix_leader_schedule_day', ['day', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_leader_schedule_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_leader_schedule_leader_id'), ['leader_id'], unique=False)
        batch_op.create_index('uq_leader_schedule_unit_day', ['unit_id', 'day', 'leader_name'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('leader_schedule', schema=None) as batch_op:
        batch_op.drop_index('uq_leader_schedule_unit_day', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_leader_schedule_leader_id'))
        batch_op.drop_index(batch_op.f('ix_leader_schedule_import_batch_id'))
        batch_op.drop_index('ix_leader_schedule_day', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.drop_table('leader_schedule')
