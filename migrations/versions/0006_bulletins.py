"""bulletins, their number registers and seals; what was issued cannot be rewritten"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'

FROZEN = ("bulletin_issue", "bulletin_file", "document_number", "seal_use")
ISSUED = ("unit_id", "subject_unit_id", "kind", "period", "title", "addressees", "source", "copies_to", "number", "issued_on")
"""Columns of a bulletin that stay as they are once it has a number."""


def upgrade() -> None:
    op.create_table('bulletin_template',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('addressees', sa.String(length=400), nullable=False),
    sa.Column('copies_to', sa.String(length=400), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=True),
    sa.Column('retired_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_bulletin_template_saved_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_bulletin_template_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin_template'))
    )
    with op.batch_alter_table('bulletin_template', schema=None) as batch_op:
        batch_op.create_index('ix_bulletin_template_unit_kind', ['unit_id', 'kind'], unique=False)

    op.create_table('document_register',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('word', sa.String(length=16), nullable=False),
    sa.Column('mark', sa.String(length=60), nullable=False),
    sa.Column('grid', sa.String(length=8), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('retired_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_document_register_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_register')),
    sa.UniqueConstraint('word', name='uq_document_register_word')
    )
    with op.batch_alter_table('document_register', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_register_unit_id'), ['unit_id'], unique=False)

    op.create_table('seal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('cipher', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('width_mm', sa.Integer(), nullable=False),
    sa.Column('registered_at', sa.DateTime(), nullable=False),
    sa.Column('registered_by_id', sa.Integer(), nullable=True),
    sa.Column('retired_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_seal_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_seal_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seal')),
    sa.UniqueConstraint('uid', name=op.f('uq_seal_uid'))
    )
    with op.batch_alter_table('seal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seal_unit_id'), ['unit_id'], unique=False)

    op.create_table('bulletin',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('subject_unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('period', sa.String(length=24), nullable=False),
    sa.Column('period_start', sa.Date(), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=False),
    sa.Column('format', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('addressees', sa.String(length=400), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('copies_to', sa.String(length=400), nullable=False),
    sa.Column('urgency', sa.String(length=8), nullable=False),
    sa.Column('note', sa.String(length=60), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('drafted_at', sa.DateTime(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(), nullable=True),
    sa.Column('submitted_by_id', sa.Integer(), nullable=True),
    sa.Column('returned_reason', sa.String(length=200), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('issued_at', sa.DateTime(), nullable=True),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('listed_on', sa.Date(), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdraw_reason', sa.String(length=200), nullable=False),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('voided_by_id', sa.Integer(), nullable=True),
    sa.Column('void_reason', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint("(state IN ('issued', 'withdrawn')) = (number IS NOT NULL AND issued_on IS NOT NULL)", name=op.f('ck_bulletin_issued_has_number')),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'issued', 'withdrawn')", name=op.f('ck_bulletin_state')),
    sa.ForeignKeyConstraint(['corrects_id'], ['bulletin.id'], name=op.f('fk_bulletin_corrects_id_bulletin')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['person.id'], name=op.f('fk_bulletin_drafted_by_id_person')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['person.id'], name=op.f('fk_bulletin_issued_by_id_person')),
    sa.ForeignKeyConstraint(['subject_unit_id'], ['unit.id'], name=op.f('fk_bulletin_subject_unit_id_unit')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['person.id'], name=op.f('fk_bulletin_submitted_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_bulletin_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_bulletin_voided_by_id_account')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['person.id'], name=op.f('fk_bulletin_withdrawn_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin')),
    sa.UniqueConstraint('uid', name=op.f('uq_bulletin_uid'))
    )
    with op.batch_alter_table('bulletin', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bulletin_corrects_id'), ['corrects_id'], unique=False)
        batch_op.create_index('ix_bulletin_listed', ['listed_on', 'id'], unique=False)
        batch_op.create_index('ix_bulletin_number', ['number'], unique=True, sqlite_where=sa.text('number IS NOT NULL'), postgresql_where=sa.text('number IS NOT NULL'))
        batch_op.create_index('ix_bulletin_period', ['period_start', 'id'], unique=False)
        batch_op.create_index('ix_bulletin_unit_state', ['unit_id', 'state', 'id'], unique=False)

    op.create_table('bulletin_file',
    sa.Column('bulletin_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(length=4), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('kept_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletin.id'], name=op.f('fk_bulletin_file_bulletin_id_bulletin')),
    sa.PrimaryKeyConstraint('bulletin_id', 'form', name=op.f('pk_bulletin_file'))
    )
    op.create_table('bulletin_issue',
    sa.Column('bulletin_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('content_digest', sa.String(length=64), nullable=False),
    sa.Column('record_ids', sa.Text(), nullable=False),
    sa.Column('records_digest', sa.String(length=64), nullable=False),
    sa.Column('frozen_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletin.id'], name=op.f('fk_bulletin_issue_bulletin_id_bulletin')),
    sa.PrimaryKeyConstraint('bulletin_id', name=op.f('pk_bulletin_issue'))
    )
    op.create_table('bulletin_recipient',
    sa.Column('bulletin_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('read_at', sa.DateTime(), nullable=True),
    sa.Column('read_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletin.id'], name=op.f('fk_bulletin_recipient_bulletin_id_bulletin')),
    sa.ForeignKeyConstraint(['read_by_id'], ['person.id'], name=op.f('fk_bulletin_recipient_read_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_bulletin_recipient_unit_id_unit')),
    sa.PrimaryKeyConstraint('bulletin_id', 'unit_id', name=op.f('pk_bulletin_recipient'))
    )
    with op.batch_alter_table('bulletin_recipient', schema=None) as batch_op:
        batch_op.create_index('ix_bulletin_recipient_unit', ['unit_id', 'read_at'], unique=False)

    op.create_table('document_number',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('register_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('bulletin_id', sa.Integer(), nullable=False),
    sa.Column('taken_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletin.id'], name=op.f('fk_document_number_bulletin_id_bulletin')),
    sa.ForeignKeyConstraint(['register_id'], ['document_register.id'], name=op.f('fk_document_number_register_id_document_register')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_number')),
    sa.UniqueConstraint('bulletin_id', name=op.f('uq_document_number_bulletin_id')),
    sa.UniqueConstraint('register_id', 'year', 'serial', name='uq_document_number_serial')
    )
    op.create_table('seal_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seal_id', sa.Integer(), nullable=False),
    sa.Column('bulletin_id', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=False),
    sa.Column('used_by_id', sa.Integer(), nullable=True),
    sa.Column('content_digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletin.id'], name=op.f('fk_seal_use_bulletin_id_bulletin')),
    sa.ForeignKeyConstraint(['seal_id'], ['seal.id'], name=op.f('fk_seal_use_seal_id_seal')),
    sa.ForeignKeyConstraint(['used_by_id'], ['person.id'], name=op.f('fk_seal_use_used_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seal_use'))
    )
    with op.batch_alter_table('seal_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seal_use_bulletin_id'), ['bulletin_id'], unique=False)
        batch_op.create_index('ix_seal_use_seal_used', ['seal_id', 'id'], unique=False)

    _make_searchable()
    _freeze()


def _make_searchable() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE bulletin_search USING fts5"
            "(content, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')"
        )
        return
    op.execute(
        "CREATE TABLE bulletin_search (rowid integer PRIMARY KEY REFERENCES bulletin (id), content tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_bulletin_search_content ON bulletin_search USING gin (content)")


def _freeze() -> None:
    columns = ", ".join(ISSUED)
    if op.get_bind().dialect.name == "sqlite":
        for table in FROZEN:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        op.execute(
            f"CREATE TRIGGER bulletin_issued_stays BEFORE UPDATE OF {columns} ON bulletin WHEN OLD.number IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'an issued bulletin stays as it is'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in FROZEN:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
        )
    op.execute(
        f"CREATE TRIGGER bulletin_issued_stays BEFORE UPDATE OF {columns} ON bulletin "
        "FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_rewriting()"
    )


def downgrade() -> None:
    op.execute("DROP TABLE bulletin_search")
    with op.batch_alter_table('seal_use', schema=None) as batch_op:
        batch_op.drop_index('ix_seal_use_seal_used')
        batch_op.drop_index(batch_op.f('ix_seal_use_bulletin_id'))

    op.drop_table('seal_use')
    op.drop_table('document_number')
    with op.batch_alter_table('bulletin_recipient', schema=None) as batch_op:
        batch_op.drop_index('ix_bulletin_recipient_unit')

    op.drop_table('bulletin_recipient')
    op.drop_table('bulletin_issue')
    op.drop_table('bulletin_file')
    with op.batch_alter_table('bulletin', schema=None) as batch_op:
        batch_op.drop_index('ix_bulletin_unit_state')
        batch_op.drop_index('ix_bulletin_period')
        batch_op.drop_index('ix_bulletin_number', sqlite_where=sa.text('number IS NOT NULL'), postgresql_where=sa.text('number IS NOT NULL'))
        batch_op.drop_index('ix_bulletin_listed')
        batch_op.drop_index(batch_op.f('ix_bulletin_corrects_id'))

    op.drop_table('bulletin')
    with op.batch_alter_table('seal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seal_unit_id'))

    op.drop_table('seal')
    with op.batch_alter_table('document_register', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_register_unit_id'))

    op.drop_table('document_register')
    with op.batch_alter_table('bulletin_template', schema=None) as batch_op:
        batch_op.drop_index('ix_bulletin_template_unit_kind')

    op.drop_table('bulletin_template')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_rewriting()")
