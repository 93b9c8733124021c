"""petitions, their steps, clocks and search; the working calendar and the limits of an office"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    op.create_table('calendar_year',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('notice', sa.String(length=80), nullable=False),
    sa.Column('loaded_at', sa.DateTime(), nullable=False),
    sa.Column('days', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_calendar_year'))
    )
    op.create_table('time_limit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=20), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('counted_in', sa.String(length=12), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('basis', sa.String(length=200), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('retired_at', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_limit'))
    )
    with op.batch_alter_table('time_limit', schema=None) as batch_op:
        batch_op.create_index('ix_time_limit_key_from', ['key', 'valid_from'], unique=False)

    op.create_table('petition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_batch_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('postmarked_on', sa.Date(), nullable=True),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('source_level', sa.String(length=12), nullable=False),
    sa.Column('source_number', sa.String(length=60), nullable=False),
    sa.Column('instruction', sa.Text(), nullable=False),
    sa.Column('oral', sa.Boolean(), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=False),
    sa.Column('representatives', sa.Integer(), nullable=False),
    sa.Column('involved_persons', sa.Integer(), nullable=True),
    sa.Column('item_kind', sa.String(length=10), nullable=False),
    sa.Column('earlier_id', sa.Integer(), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('request', sa.Text(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('location_unit_id', sa.Integer(), nullable=True),
    sa.Column('accused_unit_id', sa.Integer(), nullable=True),
    sa.Column('accused_text', sa.String(length=80), nullable=False),
    sa.Column('accused_person_id', sa.Integer(), nullable=True),
    sa.Column('happened_on', sa.Date(), nullable=True),
    sa.Column('other_procedure', sa.String(length=80), nullable=False),
    sa.Column('included', sa.Boolean(), nullable=False),
    sa.Column('judicial', sa.Boolean(), nullable=False),
    sa.Column('confidential', sa.Boolean(), nullable=False),
    sa.Column('sealed', sa.Boolean(), nullable=False),
    sa.Column('anonymous', sa.Boolean(), nullable=False),
    sa.Column('stage', sa.String(length=20), nullable=False),
    sa.Column('handler_id', sa.Integer(), nullable=True),
    sa.Column('dispatch_kind', sa.String(length=12), nullable=True),
    sa.Column('dispatched_on', sa.Date(), nullable=True),
    sa.Column('feedback_due_on', sa.Date(), nullable=True),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.Column('responsible_unit_id', sa.Integer(), nullable=True),
    sa.Column('unit_received_on', sa.Date(), nullable=True),
    sa.Column('notified_on', sa.Date(), nullable=True),
    sa.Column('acceptance', sa.String(length=12), nullable=True),
    sa.Column('handling_class', sa.String(length=20), nullable=True),
    sa.Column('extension_days', sa.Integer(), nullable=False),
    sa.Column('extension_approved_on', sa.Date(), nullable=True),
    sa.Column('concluded_on', sa.Date(), nullable=True),
    sa.Column('conclusion', sa.String(length=12), nullable=True),
    sa.Column('served_on', sa.Date(), nullable=True),
    sa.Column('executed_on', sa.Date(), nullable=True),
    sa.Column('resolution', sa.String(length=12), nullable=True),
    sa.Column('bureau_rating', sa.String(length=12), nullable=True),
    sa.Column('unit_rating', sa.String(length=12), nullable=True),
    sa.Column('campaign', sa.String(length=60), nullable=True),
    sa.Column('finished_on', sa.Date(), nullable=True),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('archive_term', sa.String(length=10), nullable=True),
    sa.Column('dispatch_due_on', sa.Date(), nullable=False),
    sa.Column('notice_due_on', sa.Date(), nullable=True),
    sa.Column('reply_due_on', sa.Date(), nullable=True),
    sa.Column('next_due_on', sa.Date(), nullable=True),
    sa.Column('next_due_key', sa.String(length=20), nullable=True),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('registered_at', sa.DateTime(), nullable=False),
    sa.Column('registered_by_id', sa.Integer(), nullable=True),
    sa.Column('external_number', sa.String(length=64), nullable=True),
    sa.Column('content_digest', sa.String(length=64), nullable=True),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('voided_by_id', sa.Integer(), nullable=True),
    sa.Column('void_reason', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('extension_days BETWEEN 0 AND 30', name=op.f('ck_petition_extension_days')),
    sa.CheckConstraint('persons BETWEEN 1 AND 9999', name=op.f('ck_petition_persons')),
    sa.ForeignKeyConstraint(['accused_person_id'], ['person.id'], name=op.f('fk_petition_accused_person_id_person')),
    sa.ForeignKeyConstraint(['accused_unit_id'], ['unit.id'], name=op.f('fk_petition_accused_unit_id_unit')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_petition_category_id_category')),
    sa.ForeignKeyConstraint(['earlier_id'], ['petition.id'], name=op.f('fk_petition_earlier_id_petition')),
    sa.ForeignKeyConstraint(['handler_id'], ['person.id'], name=op.f('fk_petition_handler_id_person')),
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_petition_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['location_unit_id'], ['unit.id'], name=op.f('fk_petition_location_unit_id_unit')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['petition.id'], name=op.f('fk_petition_merged_into_id_petition')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_petition_registered_by_id_person')),
    sa.ForeignKeyConstraint(['responsible_unit_id'], ['unit.id'], name=op.f('fk_petition_responsible_unit_id_unit')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_petition_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_petition_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_petition')),
    sa.UniqueConstraint('uid', name=op.f('uq_petition_uid'))
    )
    with op.batch_alter_table('petition', schema=None) as batch_op:
        batch_op.create_index('ix_petition_campaign', ['campaign', 'dispatched_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_campaign_dispatched', ['dispatched_on', 'campaign', 'responsible_unit_id', 'concluded_on', 'sealed', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND campaign IS NOT NULL'), postgresql_where=sa.text('voided_at IS NULL AND campaign IS NOT NULL'))
        batch_op.create_index('ix_petition_category_registered', ['category_id', 'registered_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_concluded', ['concluded_on', 'unit_id', 'responsible_unit_id', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_counted_bureau', ['unit_id', 'concluded_on', 'bureau_rating', 'sealed', 'included', 'item_kind', 'judicial', 'voided_at'], unique=False, sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.create_index('ix_petition_counted_dispatch', ['unit_id', 'dispatch_due_on', 'dispatch_kind', 'dispatched_on', 'notified_on', 'sealed', 'included', 'item_kind', 'judicial', 'voided_at'], unique=False, sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.create_index('ix_petition_counted_notice', ['responsible_unit_id', 'notice_due_on', 'notified_on', 'sealed', 'included', 'item_kind', 'judicial', 'voided_at'], unique=False, sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.create_index('ix_petition_counted_registered', ['responsible_unit_id', 'registered_on', 'dispatch_due_on', 'notified_on', 'sealed', 'included', 'item_kind', 'judicial', 'voided_at'], unique=False, sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.create_index('ix_petition_counted_reply', ['responsible_unit_id', 'reply_due_on', 'concluded_on', 'sealed', 'included', 'item_kind', 'judicial', 'voided_at'], unique=False, sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.create_index('ix_petition_counted_unit', ['responsible_unit_id', 'concluded_on', 'unit_rating', 'sealed', 'included', 'item_kind', 'judicial', 'voided_at'], unique=False, sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.create_index('ix_petition_digest', ['unit_id', 'content_digest'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_earlier', ['earlier_id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_guarded', ['registered_on', 'unit_id', 'responsible_unit_id', 'accused_person_id', 'persons', 'source_level', 'channel', 'dispatch_kind', 'dispatched_on', 'dispatch_due_on', 'notified_on', 'notice_due_on', 'reply_due_on', 'concluded_on', 'bureau_rating', 'unit_rating', 'campaign', 'sealed', 'included', 'item_kind', 'judicial', 'voided_at', 'accused_unit_id', 'registered_by_id', 'stage', 'next_due_on', 'handler_id', 'conclusion', 'executed_on', 'reported_on', 'archived_on', 'import_batch_id'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND (sealed OR accused_person_id IS NOT NULL)'), postgresql_where=sa.text('voided_at IS NULL AND (sealed OR accused_person_id IS NOT NULL)'))
        batch_op.create_index(batch_op.f('ix_petition_handler_id'), ['handler_id'], unique=False)
        batch_op.create_index('ix_petition_import_batch_id', ['import_batch_id'], unique=False, sqlite_where=sa.text('import_batch_id IS NOT NULL'), postgresql_where=sa.text('import_batch_id IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_petition_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index('ix_petition_next_due', ['next_due_on', 'id', 'unit_id', 'responsible_unit_id', 'persons', 'voided_at', 'sealed', 'accused_person_id'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND next_due_on IS NOT NULL'), postgresql_where=sa.text('voided_at IS NULL AND next_due_on IS NOT NULL'))
        batch_op.create_index('ix_petition_registered', ['registered_on', 'id', 'unit_id', 'responsible_unit_id', 'sealed', 'accused_person_id', 'persons', 'source_level', 'channel', 'item_kind', 'included', 'judicial', 'voided_at', 'stage', 'category_id', 'purpose', 'handling_class', 'conclusion', 'resolution', 'bureau_rating', 'unit_rating', 'concluded_on'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_responsible_registered', ['responsible_unit_id', 'registered_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_responsible_stage', ['responsible_unit_id', 'stage', 'registered_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_stage_registered', ['stage', 'registered_on', 'id', 'unit_id', 'responsible_unit_id', 'persons', 'voided_at', 'sealed', 'accused_person_id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_unfiled', ['stage', 'registered_on', 'id', 'unit_id', 'responsible_unit_id', 'persons', 'conclusion', 'executed_on', 'dispatch_kind', 'reported_on', 'voided_at', 'archived_on', 'import_batch_id', 'sealed', 'accused_person_id', 'accused_unit_id', 'registered_by_id'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND archived_on IS NULL AND import_batch_id IS NULL'), postgresql_where=sa.text('voided_at IS NULL AND archived_on IS NULL AND import_batch_id IS NULL'))
        batch_op.create_index('ix_petition_unit_registered', ['unit_id', 'registered_on', 'id', 'sealed', 'persons', 'source_level', 'channel', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_unit_stage', ['unit_id', 'stage', 'registered_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_petition_unrated', ['concluded_on', 'id', 'unit_id', 'persons', 'included', 'bureau_rating', 'unit_rating', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND included AND concluded_on IS NOT NULL AND (bureau_rating IS NULL OR unit_rating IS NULL)'), postgresql_where=sa.text('voided_at IS NULL AND included AND concluded_on IS NOT NULL AND (bureau_rating IS NULL OR unit_rating IS NULL)'))
        batch_op.create_index('uq_petition_external', ['external_number'], unique=True, sqlite_where=sa.text('voided_at IS NULL AND external_number IS NOT NULL'), postgresql_where=sa.text('voided_at IS NULL AND external_number IS NOT NULL'))
        batch_op.create_index('uq_petition_number', ['number'], unique=True)

    op.create_table('deadline',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=20), nullable=False),
    sa.Column('occasion', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('legal_due_on', sa.Date(), nullable=True),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('limit_from', sa.Date(), nullable=False),
    sa.Column('trace', sa.Text(), nullable=False),
    sa.Column('inputs', sa.String(length=200), nullable=False),
    sa.Column('met_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_deadline_petition_id_petition')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_deadline_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline'))
    )
    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.create_index('ix_deadline_open_due', ['due_on', 'unit_id'], unique=False, sqlite_where=sa.text('met_on IS NULL AND ended_on IS NULL'), postgresql_where=sa.text('met_on IS NULL AND ended_on IS NULL'))
        batch_op.create_index('ix_deadline_open_unit', ['unit_id', 'due_on'], unique=False, sqlite_where=sa.text('met_on IS NULL AND ended_on IS NULL'), postgresql_where=sa.text('met_on IS NULL AND ended_on IS NULL'))
        batch_op.create_index('ix_deadline_petition', ['petition_id', 'key'], unique=False)

    op.create_table('petition_contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('address', sa.String(length=120), nullable=False),
    sa.Column('id_number_cipher', sa.String(length=200), nullable=True),
    sa.Column('id_number_digest', sa.String(length=32), nullable=True),
    sa.Column('id_tail_digest', sa.String(length=32), nullable=True),
    sa.Column('telephone_cipher', sa.String(length=200), nullable=True),
    sa.Column('telephone_digest', sa.String(length=32), nullable=True),
    sa.Column('telephone_tail_digest', sa.String(length=32), nullable=True),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_petition_contact_petition_id_petition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_petition_contact'))
    )
    with op.batch_alter_table('petition_contact', schema=None) as batch_op:
        batch_op.create_index('ix_petition_contact_id_number', ['id_number_digest'], unique=False)
        batch_op.create_index('ix_petition_contact_id_tail', ['id_tail_digest'], unique=False)
        batch_op.create_index('ix_petition_contact_name', ['name'], unique=False)
        batch_op.create_index('ix_petition_contact_telephone', ['telephone_digest'], unique=False)
        batch_op.create_index('ix_petition_contact_telephone_tail', ['telephone_tail_digest'], unique=False)
        batch_op.create_index('uq_petition_contact_position', ['petition_id', 'position'], unique=True)

    op.create_table('petition_delivery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('paper', sa.String(length=20), nullable=False),
    sa.Column('document_number', sa.String(length=40), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('served_on', sa.Date(), nullable=False),
    sa.Column('received_by', sa.String(length=60), nullable=False),
    sa.Column('refusal', sa.String(length=200), nullable=False),
    sa.Column('served_by', sa.String(length=60), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_petition_delivery_petition_id_petition')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_petition_delivery_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_petition_delivery'))
    )
    with op.batch_alter_table('petition_delivery', schema=None) as batch_op:
        batch_op.create_index('ix_petition_delivery_petition', ['petition_id', 'id'], unique=False)

    op.create_table('petition_reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('conclusion', sa.String(length=12), nullable=False),
    sa.Column('requests', sa.Text(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('opinion', sa.Text(), nullable=False),
    sa.Column('legal_basis', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('drafted_at', sa.DateTime(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(), nullable=True),
    sa.Column('returned_reason', sa.String(length=200), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'approved', 'replaced')", name=op.f('ck_petition_reply_state')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_petition_reply_approved_by_id_person')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['person.id'], name=op.f('fk_petition_reply_drafted_by_id_person')),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_petition_reply_petition_id_petition')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_petition_reply_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_petition_reply'))
    )
    with op.batch_alter_table('petition_reply', schema=None) as batch_op:
        batch_op.create_index('ix_petition_reply_petition', ['petition_id', 'id'], unique=False)
        batch_op.create_index('ix_petition_reply_state', ['state', 'unit_id'], unique=False)

    op.create_table('petition_review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('applied_on', sa.Date(), nullable=False),
    sa.Column('request', sa.Text(), nullable=False),
    sa.Column('late_reason', sa.String(length=200), nullable=False),
    sa.Column('heard_from', sa.Date(), nullable=True),
    sa.Column('heard_to', sa.Date(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('opinion', sa.String(length=12), nullable=True),
    sa.Column('opinion_text', sa.Text(), nullable=False),
    sa.Column('legal_basis', sa.Text(), nullable=False),
    sa.Column('served_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_petition_review_petition_id_petition')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_petition_review_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_petition_review'))
    )
    with op.batch_alter_table('petition_review', schema=None) as batch_op:
        batch_op.create_index('ix_petition_review_petition', ['petition_id', 'id'], unique=False)

    op.create_table('petition_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=24), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('to_unit_id', sa.Integer(), nullable=True),
    sa.Column('from_stage', sa.String(length=20), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('waits_for', sa.String(length=24), nullable=True),
    sa.Column('answers_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('undo_reason', sa.String(length=200), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['answers_id'], ['petition_step.id'], name=op.f('fk_petition_step_answers_id_petition_step')),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_petition_step_petition_id_petition')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_petition_step_recorded_by_id_person')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['unit.id'], name=op.f('fk_petition_step_to_unit_id_unit')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['person.id'], name=op.f('fk_petition_step_undone_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_petition_step_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_petition_step'))
    )
    with op.batch_alter_table('petition_step', schema=None) as batch_op:
        batch_op.create_index('ix_petition_step_petition', ['petition_id', 'id'], unique=False)
        batch_op.create_index('ix_petition_step_waiting', ['waits_for', 'petition_id'], unique=False, sqlite_where=sa.text('waits_for IS NOT NULL'), postgresql_where=sa.text('waits_for IS NOT NULL'))

    op.create_table('petition_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=12), nullable=False),
    sa.Column('task', sa.String(length=200), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_petition_unit_petition_id_petition')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_petition_unit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_petition_unit'))
    )
    with op.batch_alter_table('petition_unit', schema=None) as batch_op:
        batch_op.create_index('ix_petition_unit_petition', ['petition_id'], unique=False)
        batch_op.create_index('ix_petition_unit_unit', ['unit_id', 'part', 'petition_id'], unique=False, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('petition_visit',
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_petition_visit_petition_id_petition')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_petition_visit_visit_id_visit')),
    sa.PrimaryKeyConstraint('petition_id', 'visit_id', name=op.f('pk_petition_visit'))
    )
    with op.batch_alter_table('petition_visit', schema=None) as batch_op:
        batch_op.create_index('ix_petition_visit_visit', ['visit_id'], unique=False)

    _make_searchable()


def _make_searchable() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE petition_search USING fts5"
            "(content, names, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')"
        )
        return
    op.execute(
        "CREATE TABLE petition_search (rowid integer PRIMARY KEY REFERENCES petition (id), "
        "content tsvector NOT NULL, names tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_petition_search_content ON petition_search USING gin (content)")
    op.execute("CREATE INDEX ix_petition_search_names ON petition_search USING gin (names)")


def downgrade() -> None:
    op.execute("DROP TABLE petition_search")
    with op.batch_alter_table('petition_visit', schema=None) as batch_op:
        batch_op.drop_index('ix_petition_visit_visit')

    op.drop_table('petition_visit')
    with op.batch_alter_table('petition_unit', schema=None) as batch_op:
        batch_op.drop_index('ix_petition_unit_unit', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.drop_index('ix_petition_unit_petition')

    op.drop_table('petition_unit')
    with op.batch_alter_table('petition_step', schema=None) as batch_op:
        batch_op.drop_index('ix_petition_step_waiting', sqlite_where=sa.text('waits_for IS NOT NULL'), postgresql_where=sa.text('waits_for IS NOT NULL'))
        batch_op.drop_index('ix_petition_step_petition')

    op.drop_table('petition_step')
    with op.batch_alter_table('petition_review', schema=None) as batch_op:
        batch_op.drop_index('ix_petition_review_petition')

    op.drop_table('petition_review')
    with op.batch_alter_table('petition_reply', schema=None) as batch_op:
        batch_op.drop_index('ix_petition_reply_state')
        batch_op.drop_index('ix_petition_reply_petition')

    op.drop_table('petition_reply')
    with op.batch_alter_table('petition_delivery', schema=None) as batch_op:
        batch_op.drop_index('ix_petition_delivery_petition')

    op.drop_table('petition_delivery')
    with op.batch_alter_table('petition_contact', schema=None) as batch_op:
        batch_op.drop_index('uq_petition_contact_position')
        batch_op.drop_index('ix_petition_contact_telephone_tail')
        batch_op.drop_index('ix_petition_contact_telephone')
        batch_op.drop_index('ix_petition_contact_name')
        batch_op.drop_index('ix_petition_contact_id_tail')
        batch_op.drop_index('ix_petition_contact_id_number')

    op.drop_table('petition_contact')
    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.drop_index('ix_deadline_petition')
        batch_op.drop_index('ix_deadline_open_unit', sqlite_where=sa.text('met_on IS NULL AND ended_on IS NULL'), postgresql_where=sa.text('met_on IS NULL AND ended_on IS NULL'))
        batch_op.drop_index('ix_deadline_open_due', sqlite_where=sa.text('met_on IS NULL AND ended_on IS NULL'), postgresql_where=sa.text('met_on IS NULL AND ended_on IS NULL'))

    op.drop_table('deadline')
    with op.batch_alter_table('petition', schema=None) as batch_op:
        batch_op.drop_index('uq_petition_number')
        batch_op.drop_index('uq_petition_external', sqlite_where=sa.text('voided_at IS NULL AND external_number IS NOT NULL'), postgresql_where=sa.text('voided_at IS NULL AND external_number IS NOT NULL'))
        batch_op.drop_index('ix_petition_unrated', sqlite_where=sa.text('voided_at IS NULL AND included AND concluded_on IS NOT NULL AND (bureau_rating IS NULL OR unit_rating IS NULL)'), postgresql_where=sa.text('voided_at IS NULL AND included AND concluded_on IS NOT NULL AND (bureau_rating IS NULL OR unit_rating IS NULL)'))
        batch_op.drop_index('ix_petition_unit_stage', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_unit_registered', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_unfiled', sqlite_where=sa.text('voided_at IS NULL AND archived_on IS NULL AND import_batch_id IS NULL'), postgresql_where=sa.text('voided_at IS NULL AND archived_on IS NULL AND import_batch_id IS NULL'))
        batch_op.drop_index('ix_petition_stage_registered', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_responsible_stage', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_responsible_registered', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_registered', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_next_due', sqlite_where=sa.text('voided_at IS NULL AND next_due_on IS NOT NULL'), postgresql_where=sa.text('voided_at IS NULL AND next_due_on IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_petition_merged_into_id'))
        batch_op.drop_index('ix_petition_import_batch_id', sqlite_where=sa.text('import_batch_id IS NOT NULL'), postgresql_where=sa.text('import_batch_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_petition_handler_id'))
        batch_op.drop_index('ix_petition_guarded', sqlite_where=sa.text('voided_at IS NULL AND (sealed OR accused_person_id IS NOT NULL)'), postgresql_where=sa.text('voided_at IS NULL AND (sealed OR accused_person_id IS NOT NULL)'))
        batch_op.drop_index('ix_petition_earlier', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_digest', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_counted_unit', sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.drop_index('ix_petition_counted_reply', sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.drop_index('ix_petition_counted_registered', sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.drop_index('ix_petition_counted_notice', sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.drop_index('ix_petition_counted_dispatch', sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.drop_index('ix_petition_counted_bureau', sqlite_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"), postgresql_where=sa.text("voided_at IS NULL AND (included AND item_kind = 'first' AND NOT judicial)"))
        batch_op.drop_index('ix_petition_concluded', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_category_registered', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('ix_petition_campaign_dispatched', sqlite_where=sa.text('voided_at IS NULL AND campaign IS NOT NULL'), postgresql_where=sa.text('voided_at IS NULL AND campaign IS NOT NULL'))
        batch_op.drop_index('ix_petition_campaign', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.drop_table('petition')
    with op.batch_alter_table('time_limit', schema=None) as batch_op:
        batch_op.drop_index('ix_time_limit_key_from')

    op.drop_table('time_limit')
    op.drop_table('calendar_year')
