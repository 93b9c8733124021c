"""rosters, the duty desk's log with its hand-overs, special periods"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'

TABLES = (
    'duty_swap',
    'roster_member_post',
    'roster_edition',
    'duty',
    'roster_post',
    'roster_pair',
    'roster_member',
    'roster',
    'desk_handover_matter',
    'desk_dispatch',
    'roster_scheme',
    'roster_absence',
    'period_report',
    'desk_entry',
    'special_period',
    'duty_feed',
    'desk_handover',
)
"""Those that refer to others first."""


def upgrade() -> None:
    op.create_table('desk_handover',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('shift_ends_at', sa.DateTime(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('off_person_id', sa.Integer(), nullable=False),
    sa.Column('on_person_id', sa.Integer(), nullable=True),
    sa.Column('off_signed_at', sa.DateTime(), nullable=True),
    sa.Column('on_signed_at', sa.DateTime(), nullable=True),
    sa.Column('articles', sa.String(length=300), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('off_reason', sa.String(length=200), server_default='', nullable=False),
    sa.Column('on_reason', sa.String(length=200), server_default='', nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['off_person_id'], ['person.id'], name=op.f('fk_desk_handover_off_person_id_person')),
    sa.ForeignKeyConstraint(['on_person_id'], ['person.id'], name=op.f('fk_desk_handover_on_person_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_desk_handover_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_handover')),
    sa.UniqueConstraint('uid', name=op.f('uq_desk_handover_uid'))
    )
    with op.batch_alter_table('desk_handover', schema=None) as batch_op:
        batch_op.create_index('ix_desk_handover_unit_shift', ['unit_id', 'shift_ends_at', 'id'], unique=False)
        batch_op.create_index('uq_desk_handover_shift', ['unit_id', 'shift_ends_at'], unique=True)

    op.create_table('duty_feed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.Column('cipher', sa.Text(), nullable=False),
    sa.Column('renewed_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_duty_feed_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_feed')),
    sa.UniqueConstraint('digest', name=op.f('uq_duty_feed_digest')),
    sa.UniqueConstraint('person_id', name=op.f('uq_duty_feed_person_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_duty_feed_uid'))
    )
    op.create_table('special_period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('report_at', sa.Time(), nullable=False),
    sa.Column('demands', sa.Text(), nullable=False),
    sa.Column('doubled', sa.Boolean(), nullable=False),
    sa.Column('declared_at', sa.DateTime(), nullable=False),
    sa.Column('declared_by_id', sa.Integer(), nullable=True),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('voided_by_id', sa.Integer(), nullable=True),
    sa.Column('void_reason', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_special_period_order')),
    sa.ForeignKeyConstraint(['declared_by_id'], ['person.id'], name=op.f('fk_special_period_declared_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_special_period_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_special_period_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_special_period')),
    sa.UniqueConstraint('uid', name=op.f('uq_special_period_uid'))
    )
    with op.batch_alter_table('special_period', schema=None) as batch_op:
        batch_op.create_index('ix_special_period_unit', ['unit_id', 'last_day'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.create_table('desk_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('happened_at', sa.DateTime(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('mode', sa.String(length=16), nullable=False),
    sa.Column('source_unit_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('proposal', sa.Text(), nullable=False),
    sa.Column('instruction', sa.Text(), nullable=False),
    sa.Column('instructed_by', sa.String(length=60), nullable=False),
    sa.Column('responsible_unit_id', sa.Integer(), nullable=True),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('replied_at', sa.DateTime(), nullable=True),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('report', sa.String(length=8), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=True),
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
    sa.CheckConstraint("(report IN ('follow', 'final')) = (first_id IS NOT NULL)", name=op.f('ck_desk_entry_chain')),
    sa.CheckConstraint("report IN ('', 'first', 'follow', 'final')", name=op.f('ck_desk_entry_report')),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], name=op.f('fk_desk_entry_done_by_id_person')),
    sa.ForeignKeyConstraint(['first_id'], ['desk_entry.id'], name=op.f('fk_desk_entry_first_id_desk_entry')),
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_desk_entry_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_desk_entry_registered_by_id_person')),
    sa.ForeignKeyConstraint(['responsible_unit_id'], ['unit.id'], name=op.f('fk_desk_entry_responsible_unit_id_unit')),
    sa.ForeignKeyConstraint(['source_unit_id'], ['unit.id'], name=op.f('fk_desk_entry_source_unit_id_unit')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_desk_entry_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_desk_entry_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_entry')),
    sa.UniqueConstraint('uid', name=op.f('uq_desk_entry_uid'))
    )
    with op.batch_alter_table('desk_entry', schema=None) as batch_op:
        batch_op.create_index('ix_desk_entry_due', ['due_at', 'kind', 'unit_id', 'responsible_unit_id', 'replied_at', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND due_at IS NOT NULL'), postgresql_where=sa.text('voided_at IS NULL AND due_at IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_desk_entry_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_desk_entry_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_desk_entry_open', ['unit_id', 'happened_at', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND done_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL AND done_at IS NULL'))
        batch_op.create_index('ix_desk_entry_responsible', ['responsible_unit_id', 'happened_at', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_desk_entry_source_unit_id'), ['source_unit_id'], unique=False)
        batch_op.create_index('ix_desk_entry_time', ['happened_at', 'id', 'kind', 'unit_id', 'responsible_unit_id', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_desk_entry_unit_time', ['unit_id', 'happened_at', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_desk_entry_number', ['number'], unique=True)

    op.create_table('period_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('events', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('leader', sa.String(length=60), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('reported_at', sa.DateTime(), nullable=False),
    sa.Column('reported_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('events >= 0', name=op.f('ck_period_report_events')),
    sa.ForeignKeyConstraint(['period_id'], ['special_period.id'], name=op.f('fk_period_report_period_id_special_period')),
    sa.ForeignKeyConstraint(['reported_by_id'], ['person.id'], name=op.f('fk_period_report_reported_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_period_report_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_period_report')),
    sa.UniqueConstraint('period_id', 'day', 'unit_id', name=op.f('uq_period_report_period_id'))
    )
    with op.batch_alter_table('period_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_period_report_unit_id'), ['unit_id'], unique=False)

    op.create_table('roster_absence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=100), nullable=False),
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
    sa.CheckConstraint("kind IN ('leave', 'wish')", name=op.f('ck_roster_absence_kind')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_roster_absence_order')),
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_roster_absence_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_roster_absence_person_id_person')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_roster_absence_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_roster_absence_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_roster_absence_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_absence')),
    sa.UniqueConstraint('uid', name=op.f('uq_roster_absence_uid'))
    )
    with op.batch_alter_table('roster_absence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_absence_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_roster_absence_person', ['person_id', 'last_day', 'first_day'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_roster_absence_unit', ['unit_id', 'last_day'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.create_table('roster_scheme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('pattern', sa.String(length=10), nullable=False),
    sa.Column('pattern_days', sa.String(length=40), nullable=False),
    sa.Column('puts_off', sa.Boolean(), nullable=False),
    sa.Column('rest_hours', sa.Integer(), nullable=False),
    sa.Column('most_in_row', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('telephone', sa.String(length=40), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('most_in_row BETWEEN 1 AND 31', name=op.f('ck_roster_scheme_most_in_row')),
    sa.CheckConstraint('rest_hours BETWEEN 0 AND 240', name=op.f('ck_roster_scheme_rest_hours')),
    sa.ForeignKeyConstraint(['period_id'], ['special_period.id'], name=op.f('fk_roster_scheme_period_id_special_period')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_roster_scheme_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_scheme')),
    sa.UniqueConstraint('uid', name=op.f('uq_roster_scheme_uid'))
    )
    with op.batch_alter_table('roster_scheme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_scheme_period_id'), ['period_id'], unique=False)
        batch_op.create_index('uq_roster_scheme_name', ['unit_id', 'name'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('desk_dispatch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('demand', sa.String(length=300), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('sent_at', sa.DateTime(), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('received_at', sa.DateTime(), nullable=True),
    sa.Column('received_by_id', sa.Integer(), nullable=True),
    sa.Column('received_entry_id', sa.Integer(), nullable=True),
    sa.Column('replied_at', sa.DateTime(), nullable=True),
    sa.Column('replied_by_id', sa.Integer(), nullable=True),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('voided_by_id', sa.Integer(), nullable=True),
    sa.Column('void_reason', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['desk_entry.id'], name=op.f('fk_desk_dispatch_entry_id_desk_entry')),
    sa.ForeignKeyConstraint(['received_by_id'], ['person.id'], name=op.f('fk_desk_dispatch_received_by_id_person')),
    sa.ForeignKeyConstraint(['received_entry_id'], ['desk_entry.id'], name=op.f('fk_desk_dispatch_received_entry_id_desk_entry')),
    sa.ForeignKeyConstraint(['replied_by_id'], ['person.id'], name=op.f('fk_desk_dispatch_replied_by_id_person')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['person.id'], name=op.f('fk_desk_dispatch_sent_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_desk_dispatch_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_desk_dispatch_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_dispatch')),
    sa.UniqueConstraint('received_entry_id', name=op.f('uq_desk_dispatch_received_entry_id'))
    )
    with op.batch_alter_table('desk_dispatch', schema=None) as batch_op:
        batch_op.create_index('ix_desk_dispatch_due', ['due_at', 'unit_id', 'replied_at', 'entry_id', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND due_at IS NOT NULL'), postgresql_where=sa.text('voided_at IS NULL AND due_at IS NOT NULL'))
        batch_op.create_index('ix_desk_dispatch_unit', ['unit_id', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND received_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL AND received_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_desk_dispatch_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_desk_dispatch_entry_unit', ['entry_id', 'unit_id'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.create_table('desk_handover_matter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('handover_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('happened_at', sa.DateTime(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['desk_entry.id'], name=op.f('fk_desk_handover_matter_entry_id_desk_entry')),
    sa.ForeignKeyConstraint(['handover_id'], ['desk_handover.id'], name=op.f('fk_desk_handover_matter_handover_id_desk_handover')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_handover_matter')),
    sa.UniqueConstraint('handover_id', 'entry_id', name=op.f('uq_desk_handover_matter_handover_id'))
    )
    with op.batch_alter_table('desk_handover_matter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_desk_handover_matter_entry_id'), ['entry_id'], unique=False)

    op.create_table('roster',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('planned_at', sa.DateTime(), nullable=False),
    sa.Column('planned_by_id', sa.Integer(), nullable=True),
    sa.Column('proven', sa.Boolean(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('voided_by_id', sa.Integer(), nullable=True),
    sa.Column('void_reason', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_roster_order')),
    sa.ForeignKeyConstraint(['planned_by_id'], ['person.id'], name=op.f('fk_roster_planned_by_id_person')),
    sa.ForeignKeyConstraint(['scheme_id'], ['roster_scheme.id'], name=op.f('fk_roster_scheme_id_roster_scheme')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_roster_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_roster_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster')),
    sa.UniqueConstraint('uid', name=op.f('uq_roster_uid'))
    )
    with op.batch_alter_table('roster', schema=None) as batch_op:
        batch_op.create_index('ix_roster_scheme_day', ['scheme_id', 'first_day'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_roster_unit_day', ['unit_id', 'last_day'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.create_table('roster_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('share', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=80), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('share BETWEEN 10 AND 200', name=op.f('ck_roster_member_share')),
    sa.ForeignKeyConstraint(['deputy_id'], ['person.id'], name=op.f('fk_roster_member_deputy_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_roster_member_person_id_person')),
    sa.ForeignKeyConstraint(['scheme_id'], ['roster_scheme.id'], name=op.f('fk_roster_member_scheme_id_roster_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_member')),
    sa.UniqueConstraint('scheme_id', 'person_id', name=op.f('uq_roster_member_scheme_id'))
    )
    with op.batch_alter_table('roster_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_member_person_id'), ['person_id'], unique=False)

    op.create_table('roster_pair',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('one_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('together', sa.Boolean(), nullable=False),
    sa.CheckConstraint('one_id < other_id', name=op.f('ck_roster_pair_order')),
    sa.ForeignKeyConstraint(['one_id'], ['person.id'], name=op.f('fk_roster_pair_one_id_person')),
    sa.ForeignKeyConstraint(['other_id'], ['person.id'], name=op.f('fk_roster_pair_other_id_person')),
    sa.ForeignKeyConstraint(['scheme_id'], ['roster_scheme.id'], name=op.f('fk_roster_pair_scheme_id_roster_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_pair')),
    sa.UniqueConstraint('scheme_id', 'one_id', 'other_id', name=op.f('uq_roster_pair_scheme_id'))
    )
    op.create_table('roster_post',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=False),
    sa.Column('ends_at', sa.Time(), nullable=False),
    sa.Column('need', sa.Integer(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('at_unit_id', sa.Integer(), nullable=True),
    sa.Column('retired_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('need BETWEEN 1 AND 20', name=op.f('ck_roster_post_need')),
    sa.CheckConstraint('weight BETWEEN 1 AND 20', name=op.f('ck_roster_post_weight')),
    sa.ForeignKeyConstraint(['at_unit_id'], ['unit.id'], name=op.f('fk_roster_post_at_unit_id_unit')),
    sa.ForeignKeyConstraint(['scheme_id'], ['roster_scheme.id'], name=op.f('fk_roster_post_scheme_id_roster_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_post'))
    )
    with op.batch_alter_table('roster_post', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_post_scheme_id'), ['scheme_id'], unique=False)

    op.create_table('duty',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('roster_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('assigned', sa.String(length=10), nullable=False),
    sa.Column('locked', sa.Boolean(), nullable=False),
    sa.Column('original_person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_duty_order')),
    sa.ForeignKeyConstraint(['original_person_id'], ['person.id'], name=op.f('fk_duty_original_person_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_duty_person_id_person')),
    sa.ForeignKeyConstraint(['post_id'], ['roster_post.id'], name=op.f('fk_duty_post_id_roster_post')),
    sa.ForeignKeyConstraint(['roster_id'], ['roster.id'], name=op.f('fk_duty_roster_id_roster')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_duty_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty')),
    sa.UniqueConstraint('roster_id', 'day', 'post_id', 'seat', name=op.f('uq_duty_roster_id'))
    )
    with op.batch_alter_table('duty', schema=None) as batch_op:
        batch_op.create_index('ix_duty_person_starts', ['person_id', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_duty_post_id'), ['post_id'], unique=False)
        batch_op.create_index('ix_duty_unit_starts', ['unit_id', 'starts_at'], unique=False)

    op.create_table('roster_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('roster_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('rows', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_roster_edition_published_by_id_person')),
    sa.ForeignKeyConstraint(['roster_id'], ['roster.id'], name=op.f('fk_roster_edition_roster_id_roster')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_edition')),
    sa.UniqueConstraint('roster_id', 'number', name=op.f('uq_roster_edition_roster_id'))
    )
    op.create_table('roster_member_post',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['roster_member.id'], name=op.f('fk_roster_member_post_member_id_roster_member')),
    sa.ForeignKeyConstraint(['post_id'], ['roster_post.id'], name=op.f('fk_roster_member_post_post_id_roster_post')),
    sa.ForeignKeyConstraint(['scheme_id'], ['roster_scheme.id'], name=op.f('fk_roster_member_post_scheme_id_roster_scheme')),
    sa.PrimaryKeyConstraint('member_id', 'post_id', name=op.f('pk_roster_member_post'))
    )
    with op.batch_alter_table('roster_member_post', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_member_post_post_id'), ['post_id'], unique=False)

    op.create_table('duty_swap',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('duty_id', sa.Integer(), nullable=False),
    sa.Column('other_duty_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('other_person_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decision', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint("state IN ('asked', 'accepted', 'declined', 'approved', 'refused', 'cancelled')", name=op.f('ck_duty_swap_state')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_duty_swap_decided_by_id_person')),
    sa.ForeignKeyConstraint(['duty_id'], ['duty.id'], name=op.f('fk_duty_swap_duty_id_duty')),
    sa.ForeignKeyConstraint(['other_duty_id'], ['duty.id'], name=op.f('fk_duty_swap_other_duty_id_duty')),
    sa.ForeignKeyConstraint(['other_person_id'], ['person.id'], name=op.f('fk_duty_swap_other_person_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_duty_swap_person_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_duty_swap_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_swap')),
    sa.UniqueConstraint('uid', name=op.f('uq_duty_swap_uid'))
    )
    with op.batch_alter_table('duty_swap', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duty_swap_other_duty_id'), ['other_duty_id'], unique=False)
        batch_op.create_index('ix_duty_swap_other_state', ['other_person_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_duty_swap_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_duty_swap_unit_state', ['unit_id', 'state', 'id'], unique=False)
        batch_op.create_index('uq_duty_swap_open', ['duty_id'], unique=True, sqlite_where=sa.text("state IN ('asked', 'accepted')"), postgresql_where=sa.text("state IN ('asked', 'accepted')"))

    _keep_editions()
    _make_searchable()


def downgrade() -> None:
    op.execute("DROP TABLE desk_search")
    for table in TABLES:
        op.drop_table(table)


def _keep_editions() -> None:
    """What was published stays as it was published."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER roster_edition_no_{verb.lower()} BEFORE {verb} ON roster_edition "
                "BEGIN SELECT RAISE(ABORT, 'roster_edition is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER roster_edition_append_only BEFORE UPDATE OR DELETE ON roster_edition "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
    )


def _make_searchable() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE desk_search USING fts5"
            "(content, names, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')"
        )
        return
    op.execute(
        "CREATE TABLE desk_search (rowid integer PRIMARY KEY REFERENCES desk_entry (id), "
        "content tsvector NOT NULL, names tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_desk_search_content ON desk_search USING gin (content)")
    op.execute("CREATE INDEX ix_desk_search_names ON desk_search USING gin (names)")
