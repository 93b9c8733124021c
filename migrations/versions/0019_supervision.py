"""supervision, suggestions, interviews, inspections, lead assignments, campaigns, meetings, the office's papers"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

TABLES = (
    "supervision_step",
    "supervision_task_petition",
    "suggestion_petition",
    "meeting_decision",
    "interview_note",
    "inspection_problem_note",
    "supervision_line",
    "suggestion",
    "meeting_item",
    "lead_step",
    "interview",
    "inspection_problem",
    "supervision_task",
    "meeting_attendee",
    "look_back",
    "lead_assignment",
    "inspection_visit",
    "reported_figure",
    "publication",
    "meeting",
    "inspection",
    "campaign",
    "district_team_unit",
    "office_paper",
    "district_team",
)
"""Those that refer to others first."""
BOOKS = ("document_number", "seal_use")
TWO = "(bulletin_id IS NULL) <> (letter_id IS NULL)"
THREE = " + ".join(
    f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in ("bulletin_id", "letter_id", "paper_id")
) + " = 1"
MESSAGE = "an issued paper stays as it is"


def upgrade() -> None:
    op.create_table('district_team',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('lead', sa.String(length=80), nullable=False),
    sa.Column('members', sa.String(length=300), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('to_date', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_district_team_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_district_team'))
    )
    with op.batch_alter_table('district_team', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_district_team_unit_id'), ['unit_id'], unique=False)

    op.create_table('office_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('subject_type', sa.String(length=24), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('addressee', sa.String(length=300), nullable=False),
    sa.Column('copies_to', sa.String(length=300), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('drafted_at', sa.DateTime(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('issued_at', sa.DateTime(), nullable=True),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('content', sa.Text(), nullable=True),
    sa.Column('content_digest', sa.String(length=64), nullable=True),
    sa.Column('void_reason', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint("(state = 'issued') = (issued_on IS NOT NULL AND content IS NOT NULL AND content_digest IS NOT NULL)", name=op.f('ck_office_paper_issued_is_frozen')),
    sa.CheckConstraint("number IS NULL OR state = 'issued'", name=op.f('ck_office_paper_number_is_issued')),
    sa.CheckConstraint("state IN ('draft', 'issued', 'void')", name=op.f('ck_office_paper_state')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['person.id'], name=op.f('fk_office_paper_drafted_by_id_person')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['person.id'], name=op.f('fk_office_paper_issued_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_office_paper_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_paper')),
    sa.UniqueConstraint('uid', name=op.f('uq_office_paper_uid'))
    )
    with op.batch_alter_table('office_paper', schema=None) as batch_op:
        batch_op.create_index('ix_office_paper_subject', ['subject_type', 'subject_id', 'id'], unique=False)
        batch_op.create_index('uq_office_paper_number', ['number'], unique=True)

    op.create_table('district_team_unit',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['district_team.id'], name=op.f('fk_district_team_unit_team_id_district_team')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_district_team_unit_unit_id_unit')),
    sa.PrimaryKeyConstraint('team_id', 'unit_id', name=op.f('pk_district_team_unit'))
    )
    with op.batch_alter_table('district_team_unit', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_district_team_unit_unit_id'), ['unit_id'], unique=False)

    op.create_table('campaign',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('source_level', sa.String(length=12), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('document_number', sa.String(length=60), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
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
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_campaign_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_campaign_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_campaign_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_campaign_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign')),
    sa.UniqueConstraint('uid', name=op.f('uq_campaign_uid'))
    )
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_campaign_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_campaign_received', ['received_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_campaign_name', ['name'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.create_table('inspection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('lead', sa.String(length=80), nullable=False),
    sa.Column('joint_units', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('reported_on', sa.Date(), nullable=True),
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
    sa.CheckConstraint("state IN ('planned', 'running', 'reported')", name=op.f('ck_inspection_state')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_inspection_days')),
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_inspection_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_inspection_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_inspection_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_inspection_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection')),
    sa.UniqueConstraint('uid', name=op.f('uq_inspection_uid'))
    )
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.create_index('ix_inspection_days', ['starts_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index(op.f('ix_inspection_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_inspection_unit', ['unit_id', 'starts_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_inspection_number', ['number'], unique=True)

    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('session_no', sa.String(length=40), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=True),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('convenor', sa.String(length=80), nullable=False),
    sa.Column('chair', sa.String(length=80), nullable=False),
    sa.Column('topics', sa.Text(), nullable=False),
    sa.Column('told_decisions', sa.Integer(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
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
    sa.CheckConstraint("level IN ('county', 'township')", name=op.f('ck_meeting_level')),
    sa.CheckConstraint("state IN ('planned', 'held', 'minuted')", name=op.f('ck_meeting_state')),
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_meeting_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_meeting_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_meeting_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_meeting_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('uid', name=op.f('uq_meeting_uid'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_date', ['held_on', 'id', 'unit_id', 'level', 'kind', 'state', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index(op.f('ix_meeting_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_meeting_unit', ['unit_id', 'held_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_meeting_number', ['number'], unique=True)

    op.create_table('publication',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('outlet', sa.String(length=80), nullable=False),
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
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_publication_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_publication_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_publication_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_publication_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication')),
    sa.UniqueConstraint('uid', name=op.f('uq_publication_uid'))
    )
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.create_index('ix_publication_date', ['published_on', 'unit_id', 'level', 'id', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index(op.f('ix_publication_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_publication_unit', ['unit_id', 'published_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_publication_number', ['number'], unique=True)

    op.create_table('reported_figure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.String(length=24), nullable=False),
    sa.Column('indicator', sa.String(length=60), nullable=False),
    sa.Column('value', sa.Numeric(precision=16, scale=4), nullable=False),
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
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_reported_figure_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_reported_figure_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reported_figure_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_reported_figure_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reported_figure')),
    sa.UniqueConstraint('uid', name=op.f('uq_reported_figure_uid'))
    )
    with op.batch_alter_table('reported_figure', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_reported_figure_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_reported_figure_period', ['period', 'indicator', 'unit_id', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_reported_figure', ['unit_id', 'period', 'indicator'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_reported_figure_number', ['number'], unique=True)

    op.create_table('inspection_visit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('people', sa.String(length=200), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=True),
    sa.Column('visited_on', sa.Date(), nullable=True),
    sa.Column('record', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_inspection_visit_inspection_id_inspection')),
    sa.ForeignKeyConstraint(['team_id'], ['district_team.id'], name=op.f('fk_inspection_visit_team_id_district_team')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_inspection_visit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_visit'))
    )
    with op.batch_alter_table('inspection_visit', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_inspection_visit_team_id'), ['team_id'], unique=False)
        batch_op.create_index('ix_inspection_visit_unit', ['unit_id', 'id'], unique=False)
        batch_op.create_index('uq_inspection_visit_unit', ['inspection_id', 'unit_id'], unique=True)

    op.create_table('lead_assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('leader_id', sa.Integer(), nullable=True),
    sa.Column('leader_name', sa.String(length=40), nullable=False),
    sa.Column('leader_post', sa.String(length=60), nullable=False),
    sa.Column('responsible_unit_id', sa.Integer(), nullable=False),
    sa.Column('responsible_person', sa.String(length=60), nullable=False),
    sa.Column('team', sa.String(length=300), nullable=False),
    sa.Column('measures', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('assigned_on', sa.Date(), nullable=True),
    sa.Column('assigned_by_id', sa.Integer(), nullable=True),
    sa.Column('result', sa.String(length=16), nullable=True),
    sa.Column('result_text', sa.Text(), nullable=False),
    sa.Column('concluded_on', sa.Date(), nullable=True),
    sa.Column('submitted_by_id', sa.Integer(), nullable=True),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('accepted_by_id', sa.Integer(), nullable=True),
    sa.Column('acceptance_text', sa.Text(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
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
    sa.CheckConstraint("state IN ('proposed', 'working', 'submitted', 'closed', 'ended')", name=op.f('ck_lead_assignment_state')),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['person.id'], name=op.f('fk_lead_assignment_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['assigned_by_id'], ['person.id'], name=op.f('fk_lead_assignment_assigned_by_id_person')),
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_lead_assignment_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['leader_id'], ['person.id'], name=op.f('fk_lead_assignment_leader_id_person')),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_lead_assignment_petition_id_petition')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_lead_assignment_registered_by_id_person')),
    sa.ForeignKeyConstraint(['responsible_unit_id'], ['unit.id'], name=op.f('fk_lead_assignment_responsible_unit_id_unit')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['person.id'], name=op.f('fk_lead_assignment_submitted_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_lead_assignment_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_lead_assignment_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_assignment')),
    sa.UniqueConstraint('uid', name=op.f('uq_lead_assignment_uid'))
    )
    with op.batch_alter_table('lead_assignment', schema=None) as batch_op:
        batch_op.create_index('ix_lead_assignment_due', ['due_on', 'id'], unique=False, sqlite_where=sa.text("voided_at IS NULL AND state NOT IN ('closed', 'ended')"), postgresql_where=sa.text("voided_at IS NULL AND state NOT IN ('closed', 'ended')"))
        batch_op.create_index(op.f('ix_lead_assignment_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_lead_assignment_leader', ['leader_id', 'state', 'due_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_lead_assignment_petition', ['petition_id', 'id'], unique=False)
        batch_op.create_index('ix_lead_assignment_proposed', ['proposed_on', 'id', 'unit_id', 'state', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_lead_assignment_unit', ['responsible_unit_id', 'state', 'due_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_lead_assignment_number', ['number'], unique=True)
        batch_op.create_index('uq_lead_assignment_petition', ['petition_id'], unique=True, sqlite_where=sa.text("voided_at IS NULL AND state NOT IN ('closed', 'ended')"), postgresql_where=sa.text("voided_at IS NULL AND state NOT IN ('closed', 'ended')"))

    op.create_table('look_back',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('fell_short', sa.Boolean(), nullable=False),
    sa.Column('opinion', sa.Text(), nullable=False),
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
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_look_back_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_look_back_petition_id_petition')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_look_back_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_look_back_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_look_back_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look_back')),
    sa.UniqueConstraint('uid', name=op.f('uq_look_back_uid'))
    )
    with op.batch_alter_table('look_back', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_look_back_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_look_back_made', ['made_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_look_back_petition', ['petition_id', 'id'], unique=False)

    op.create_table('meeting_attendee',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('post', sa.String(length=60), nullable=False),
    sa.Column('part', sa.String(length=12), nullable=False),
    sa.Column('presence', sa.String(length=12), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_attendee_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_meeting_attendee_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_attendee'))
    )
    with op.batch_alter_table('meeting_attendee', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_attendee_meeting', ['meeting_id', 'position'], unique=False)

    op.create_table('supervision_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('source', sa.String(length=16), nullable=False),
    sa.Column('source_type', sa.String(length=24), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('source_text', sa.Text(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=True),
    sa.Column('ground', sa.String(length=24), nullable=True),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('demands', sa.Text(), nullable=False),
    sa.Column('cycle', sa.String(length=12), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
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
    sa.CheckConstraint("cycle IN ('none', 'weekly', 'fortnightly', 'monthly')", name=op.f('ck_supervision_task_cycle')),
    sa.CheckConstraint("state IN ('draft', 'issued', 'closed')", name=op.f('ck_supervision_task_state')),
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_supervision_task_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['person.id'], name=op.f('fk_supervision_task_issued_by_id_person')),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_supervision_task_petition_id_petition')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_supervision_task_registered_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_supervision_task_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_supervision_task_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supervision_task')),
    sa.UniqueConstraint('uid', name=op.f('uq_supervision_task_uid'))
    )
    with op.batch_alter_table('supervision_task', schema=None) as batch_op:
        batch_op.create_index('ix_supervision_task_filed', ['filed_on', 'id', 'unit_id', 'state', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index(op.f('ix_supervision_task_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_supervision_task_petition', ['petition_id'], unique=False)
        batch_op.create_index('ix_supervision_task_source', ['source_type', 'source_id'], unique=False)
        batch_op.create_index('ix_supervision_task_unit', ['unit_id', 'filed_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_supervision_task_number', ['number'], unique=True)

    op.create_table('inspection_problem',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('summary', sa.String(length=500), nullable=False),
    sa.Column('correct_by', sa.Date(), nullable=True),
    sa.Column('corrected_on', sa.Date(), nullable=True),
    sa.Column('correction', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_inspection_problem_unit_id_unit')),
    sa.ForeignKeyConstraint(['visit_id'], ['inspection_visit.id'], name=op.f('fk_inspection_problem_visit_id_inspection_visit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_problem'))
    )
    with op.batch_alter_table('inspection_problem', schema=None) as batch_op:
        batch_op.create_index('ix_inspection_problem_due', ['corrected_on', 'unit_id', 'correct_by'], unique=False)
        batch_op.create_index('ix_inspection_problem_visit', ['visit_id', 'position'], unique=False)

    op.create_table('interview',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('by_unit_id', sa.Integer(), nullable=False),
    sa.Column('interviewed_on', sa.Date(), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=False),
    sa.Column('posts', sa.String(length=200), nullable=False),
    sa.Column('host', sa.String(length=100), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('ground', sa.String(length=24), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('demands', sa.Text(), nullable=False),
    sa.Column('correct_by', sa.Date(), nullable=True),
    sa.Column('corrected_on', sa.Date(), nullable=True),
    sa.Column('correction', sa.Text(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=True),
    sa.Column('task_id', sa.Integer(), nullable=True),
    sa.Column('look_back_id', sa.Integer(), nullable=True),
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
    sa.CheckConstraint('persons BETWEEN 1 AND 999', name=op.f('ck_interview_persons')),
    sa.ForeignKeyConstraint(['by_unit_id'], ['unit.id'], name=op.f('fk_interview_by_unit_id_unit')),
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_interview_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['look_back_id'], ['look_back.id'], name=op.f('fk_interview_look_back_id_look_back')),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_interview_petition_id_petition')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_interview_registered_by_id_person')),
    sa.ForeignKeyConstraint(['task_id'], ['supervision_task.id'], name=op.f('fk_interview_task_id_supervision_task')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_interview_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_interview_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interview')),
    sa.UniqueConstraint('uid', name=op.f('uq_interview_uid'))
    )
    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.create_index('ix_interview_correct_by', ['correct_by', 'unit_id', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND correct_by IS NOT NULL AND corrected_on IS NULL'), postgresql_where=sa.text('voided_at IS NULL AND correct_by IS NOT NULL AND corrected_on IS NULL'))
        batch_op.create_index('ix_interview_date', ['interviewed_on', 'unit_id', 'persons', 'id', 'voided_at'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index(op.f('ix_interview_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index(op.f('ix_interview_look_back_id'), ['look_back_id'], unique=False)
        batch_op.create_index(op.f('ix_interview_petition_id'), ['petition_id'], unique=False)
        batch_op.create_index(op.f('ix_interview_task_id'), ['task_id'], unique=False)
        batch_op.create_index('ix_interview_unit', ['unit_id', 'interviewed_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_interview_number', ['number'], unique=True)

    op.create_table('lead_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=20), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('waits_for', sa.String(length=20), nullable=True),
    sa.Column('answers_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('undo_reason', sa.String(length=200), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['answers_id'], ['lead_step.id'], name=op.f('fk_lead_step_answers_id_lead_step')),
    sa.ForeignKeyConstraint(['assignment_id'], ['lead_assignment.id'], name=op.f('fk_lead_step_assignment_id_lead_assignment')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_lead_step_recorded_by_id_person')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['person.id'], name=op.f('fk_lead_step_undone_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_lead_step_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_step'))
    )
    with op.batch_alter_table('lead_step', schema=None) as batch_op:
        batch_op.create_index('ix_lead_step_assignment', ['assignment_id', 'happened_on', 'id'], unique=False)
        batch_op.create_index('ix_lead_step_waiting', ['waits_for', 'assignment_id'], unique=False, sqlite_where=sa.text('waits_for IS NOT NULL'), postgresql_where=sa.text('waits_for IS NOT NULL'))

    op.create_table('meeting_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=True),
    sa.Column('task_id', sa.Integer(), nullable=True),
    sa.Column('reporting_unit_id', sa.Integer(), nullable=True),
    sa.Column('discussion', sa.Text(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('escalated_to', sa.String(length=20), nullable=True),
    sa.Column('escalated_on', sa.Date(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_by_item_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['answered_by_item_id'], ['meeting_item.id'], name=op.f('fk_meeting_item_answered_by_item_id_meeting_item')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['meeting_item.id'], name=op.f('fk_meeting_item_asked_by_id_meeting_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_item_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_meeting_item_petition_id_petition')),
    sa.ForeignKeyConstraint(['reporting_unit_id'], ['unit.id'], name=op.f('fk_meeting_item_reporting_unit_id_unit')),
    sa.ForeignKeyConstraint(['task_id'], ['supervision_task.id'], name=op.f('fk_meeting_item_task_id_supervision_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_item')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('meeting_item', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_meeting_item_answered_by_item_id'), ['answered_by_item_id'], unique=False)
        batch_op.create_index(op.f('ix_meeting_item_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_index('ix_meeting_item_escalated', ['escalated_to', 'answered_on', 'escalated_on'], unique=False)
        batch_op.create_index('ix_meeting_item_meeting', ['meeting_id', 'position'], unique=False)
        batch_op.create_index(op.f('ix_meeting_item_petition_id'), ['petition_id'], unique=False)
        batch_op.create_index(op.f('ix_meeting_item_task_id'), ['task_id'], unique=False)

    op.create_table('suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('target_unit_id', sa.Integer(), nullable=True),
    sa.Column('target_text', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('reply_due_on', sa.Date(), nullable=True),
    sa.Column('replied_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=True),
    sa.Column('adoption', sa.String(length=12), nullable=True),
    sa.Column('adoption_text', sa.Text(), nullable=False),
    sa.Column('reply_number', sa.String(length=60), nullable=False),
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
    sa.ForeignKeyConstraint(['import_batch_id'], ['import_batch.id'], name=op.f('fk_suggestion_import_batch_id_import_batch')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['person.id'], name=op.f('fk_suggestion_issued_by_id_person')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_suggestion_registered_by_id_person')),
    sa.ForeignKeyConstraint(['target_unit_id'], ['unit.id'], name=op.f('fk_suggestion_target_unit_id_unit')),
    sa.ForeignKeyConstraint(['task_id'], ['supervision_task.id'], name=op.f('fk_suggestion_task_id_supervision_task')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_suggestion_unit_id_unit')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['account.id'], name=op.f('fk_suggestion_voided_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion')),
    sa.UniqueConstraint('uid', name=op.f('uq_suggestion_uid'))
    )
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_suggestion_import_batch_id'), ['import_batch_id'], unique=False)
        batch_op.create_index('ix_suggestion_issued', ['issued_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('ix_suggestion_target', ['target_unit_id', 'reply_due_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index(op.f('ix_suggestion_task_id'), ['task_id'], unique=False)
        batch_op.create_index('ix_suggestion_unanswered', ['reply_due_on', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL AND replied_on IS NULL'), postgresql_where=sa.text('voided_at IS NULL AND replied_on IS NULL'))
        batch_op.create_index('ix_suggestion_unit', ['unit_id', 'id'], unique=False, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_suggestion_number', ['number'], unique=True)

    op.create_table('supervision_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('demand', sa.Text(), nullable=False),
    sa.Column('person', sa.String(length=60), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('report_due_on', sa.Date(), nullable=True),
    sa.Column('submitted_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('next_due_on', sa.Date(), nullable=True),
    sa.Column('next_due_key', sa.String(length=12), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint("state IN ('draft', 'sent', 'working', 'submitted', 'closed', 'withdrawn')", name=op.f('ck_supervision_line_state')),
    sa.ForeignKeyConstraint(['task_id'], ['supervision_task.id'], name=op.f('fk_supervision_line_task_id_supervision_task')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_supervision_line_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supervision_line'))
    )
    with op.batch_alter_table('supervision_line', schema=None) as batch_op:
        batch_op.create_index('ix_supervision_line_due', ['next_due_on', 'unit_id', 'id'], unique=False, sqlite_where=sa.text('next_due_on IS NOT NULL'), postgresql_where=sa.text('next_due_on IS NOT NULL'))
        batch_op.create_index('ix_supervision_line_running', ['task_id', 'unit_id', 'state', 'closed_on', 'next_due_on', 'next_due_key', 'id'], unique=False, sqlite_where=sa.text("state NOT IN ('closed', 'withdrawn')"), postgresql_where=sa.text("state NOT IN ('closed', 'withdrawn')"))
        batch_op.create_index('ix_supervision_line_unit', ['unit_id', 'state', 'due_on', 'id'], unique=False)
        batch_op.create_index('uq_supervision_line_unit', ['task_id', 'unit_id'], unique=True)

    op.create_table('interview_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('interview_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=16), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['interview_id'], ['interview.id'], name=op.f('fk_interview_note_interview_id_interview')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_interview_note_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interview_note'))
    )
    with op.batch_alter_table('interview_note', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_interview_note_interview_id'), ['interview_id'], unique=False)

    op.create_table('inspection_problem_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('problem_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=16), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['problem_id'], ['inspection_problem.id'], name=op.f('fk_inspection_problem_note_problem_id_inspection_problem')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_inspection_problem_note_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_problem_note'))
    )
    with op.batch_alter_table('inspection_problem_note', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_inspection_problem_note_problem_id'), ['problem_id'], unique=False)

    op.create_table('meeting_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('content', sa.String(length=500), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('person', sa.String(length=60), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=True),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('evidence', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['meeting_item.id'], name=op.f('fk_meeting_decision_item_id_meeting_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_decision_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_meeting_decision_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_decision')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('meeting_decision', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_decision_due', ['done_on', 'unit_id', 'due_on'], unique=False)
        batch_op.create_index(op.f('ix_meeting_decision_item_id'), ['item_id'], unique=False)
        batch_op.create_index('ix_meeting_decision_meeting', ['meeting_id', 'position'], unique=False)

    op.create_table('suggestion_petition',
    sa.Column('suggestion_id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_suggestion_petition_petition_id_petition')),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('fk_suggestion_petition_suggestion_id_suggestion')),
    sa.PrimaryKeyConstraint('suggestion_id', 'petition_id', name=op.f('pk_suggestion_petition'))
    )
    with op.batch_alter_table('suggestion_petition', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_suggestion_petition_petition_id'), ['petition_id'], unique=False)

    op.create_table('supervision_task_petition',
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('petition_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['petition_id'], ['petition.id'], name=op.f('fk_supervision_task_petition_petition_id_petition')),
    sa.ForeignKeyConstraint(['task_id'], ['supervision_task.id'], name=op.f('fk_supervision_task_petition_task_id_supervision_task')),
    sa.PrimaryKeyConstraint('task_id', 'petition_id', name=op.f('pk_supervision_task_petition'))
    )
    with op.batch_alter_table('supervision_task_petition', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_supervision_task_petition_petition_id'), ['petition_id'], unique=False)

    op.create_table('supervision_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('verb', sa.String(length=20), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('report_due_on', sa.Date(), nullable=True),
    sa.Column('waits_for', sa.String(length=20), nullable=True),
    sa.Column('answers_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('undo_reason', sa.String(length=200), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['answers_id'], ['supervision_step.id'], name=op.f('fk_supervision_step_answers_id_supervision_step')),
    sa.ForeignKeyConstraint(['line_id'], ['supervision_line.id'], name=op.f('fk_supervision_step_line_id_supervision_line')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_supervision_step_recorded_by_id_person')),
    sa.ForeignKeyConstraint(['task_id'], ['supervision_task.id'], name=op.f('fk_supervision_step_task_id_supervision_task')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['person.id'], name=op.f('fk_supervision_step_undone_by_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_supervision_step_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supervision_step'))
    )
    with op.batch_alter_table('supervision_step', schema=None) as batch_op:
        batch_op.create_index('ix_supervision_step_line', ['line_id', 'id'], unique=False)
        batch_op.create_index('ix_supervision_step_task', ['task_id', 'id'], unique=False)
        batch_op.create_index('ix_supervision_step_waiting', ['waits_for', 'line_id'], unique=False, sqlite_where=sa.text('waits_for IS NOT NULL'), postgresql_where=sa.text('waits_for IS NOT NULL'))

    freeze_papers()
    for book in BOOKS:
        open_book(book)


def downgrade() -> None:
    for book in BOOKS:
        close_book(book)
    for table in TABLES:
        op.drop_table(table)


def freeze_papers() -> None:
    for verb in ("UPDATE", "DELETE"):
        name = f"office_paper_no_{verb.lower()}"
        if on_sqlite():
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON office_paper WHEN OLD.state = 'issued' "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON office_paper "
                "FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION refuse_rewriting()"
            )


def open_book(book: str) -> None:
    """SQLite builds the table anew, without its triggers: they are put back."""
    with op.batch_alter_table(book) as batch:
        batch.drop_constraint(f"ck_{book}_one_document", type_="check")
        batch.add_column(sa.Column("paper_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(f"fk_{book}_paper_id_office_paper", "office_paper", ["paper_id"], ["id"])
        batch.create_check_constraint(f"ck_{book}_one_document", THREE)
        if book == "document_number":
            batch.create_unique_constraint("uq_document_number_paper_id", ["paper_id"])
        else:
            batch.create_index("ix_seal_use_paper_id", ["paper_id"])
    if on_sqlite():
        freeze_book(book)


def close_book(book: str) -> None:
    """Papers go, and with them their lines: nothing else can be said of a document that is no longer there."""
    unfreeze_book(book)
    op.execute(f"DELETE FROM {book} WHERE paper_id IS NOT NULL")
    with op.batch_alter_table(book) as batch:
        batch.drop_constraint(f"ck_{book}_one_document", type_="check")
        batch.drop_constraint(f"fk_{book}_paper_id_office_paper", type_="foreignkey")
        if book == "document_number":
            batch.drop_constraint("uq_document_number_paper_id", type_="unique")
        else:
            batch.drop_index("ix_seal_use_paper_id")
        batch.drop_column("paper_id")
        batch.create_check_constraint(f"ck_{book}_one_document", TWO)
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
