"""Nothing is committed that no audit entry describes; every unsafe route that succeeds writes at least one."""

import pytest
from sqlalchemy import delete, func, select, update

from actions import audit
from actions.audit_guard import UnauditedChange
from extensions import db
from models.audit_entry import AuditEntry
from models.base import Model
from models.office import Phrase
from models.organisation import Unit
from models.visit import Visit
from rules.roles import FOR_ALL_SIGNED_IN, GRANTS
from tests import factories, people

OFFICE = people.SYSTEM


def phrase(session):
    return Phrase(unit_id=people.unit(session, "AL21").id, field="content", text="反映道路损坏。")


def test_a_new_row_without_an_entry_is_refused(session):
    session.add(phrase(session))
    with pytest.raises(UnauditedChange, match="phrase"):
        session.commit()
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Phrase)) == 0


def test_a_changed_row_without_an_entry_is_refused(session):
    people.unit(session, "AL21").telephone = "0379-6000001"
    with pytest.raises(UnauditedChange, match="unit"):
        session.commit()


def test_a_deleted_row_without_an_entry_is_refused(session):
    session.delete(people.unit(session, "AL2103"))
    with pytest.raises(UnauditedChange, match="unit"):
        session.commit()


@pytest.mark.parametrize(
    "statement", [update(Unit).values(telephone="0"), delete(Unit).where(Unit.code == "AL2103")]
)
def test_a_bulk_statement_without_an_entry_is_refused(session, statement):
    session.execute(statement)
    with pytest.raises(UnauditedChange, match="unit"):
        session.commit()


def test_an_entry_for_another_row_does_not_cover_it(session):
    unit, other = people.unit(session, "AL21"), people.unit(session, "AL22")
    unit.telephone = "0379-6000001"
    audit.record(session, actor=OFFICE, now=people.NOW, action="unit.correct", subject=other)
    with pytest.raises(UnauditedChange, match="unit"):
        session.commit()


def test_a_described_change_is_kept(session):
    unit = people.unit(session, "AL21")
    unit.telephone = "0379-6000001"
    audit.record(session, actor=OFFICE, now=people.NOW, action="unit.correct", subject=unit)
    session.commit()
    assert people.unit(session, "AL21").telephone == "0379-6000001"


def test_tables_left_out_of_the_guard_hold_no_records():
    left_out = {m.class_.__tablename__ for m in Model.registry.mappers if not m.class_.audited}
    assert left_out == {
        "audit_entry", "record_version",  # the log itself
        "sign_in_session", "sign_in_attempt", "sign_in_throttle", "password_past",  # their own history
        "form_draft", "recent_choice", "submission", "serial_counter", "job", "print_order", "roster_order",  # means, not records
    } | (left_out & {"closed_figure", "backup_run"})  # fmt: skip


def entries(walk):
    with walk.app.app_context():
        return db.session.scalar(select(func.count()).select_from(AuditEntry))


WITHOUT_ENTRY = frozenset(
    {
        "account.sign_in",  # sign-in attempts are their own history
        "account.sign_out",
        "account.end_other_sessions",
        "reception.drop_visit_draft",  # a half-filled form is no record
        "reception.drop_session_draft",
        "reception.find_similar_visits",  # compares names in scope, shows masked rows
    }
)
BODY = {
    "reason": "核对登记情况", "version": "1", "text": "反映路灯不亮。", "field": "content", "count": "1",
    "completed_on": "2026-07-15", "completion": "已修好。", "result": "已修好。", "number": "13800005678",
}  # fmt: skip


def test_every_unsafe_route_that_succeeds_leaves_an_entry(walk):
    """With bodies good enough for the short forms; the long ones have tests of their own."""
    silent, succeeded = [], 0
    for door in walk.doors():
        if door.is_safe or door.endpoint in WITHOUT_ENTRY:
            continue
        permission = walk.permission(door)
        members = (people.LIN,) if permission in FOR_ALL_SIGNED_IN else people.ONE_PER_ROLE
        member = next(m for m in members if permission in FOR_ALL_SIGNED_IN or m.role in GRANTS[permission])
        body = BODY | {"unit": str(walk.rows.unit["AL2101"])}
        before, answer = entries(walk), walk.knock(door, member, data=body)
        changed = walk.changed_tables()
        if changed:
            succeeded += 1
            if entries(walk) == before:
                silent.append(f"{door}: {answer.status_code}, changed {sorted(changed)}")
        walk.restore()
    assert not silent, "\n".join(silent)
    assert succeeded >= 8


def test_looking_at_masked_numbers_leaves_an_entry_before_anything_is_shown(walk):
    before = entries(walk)
    client = walk.client(people.LIN)
    visit = walk.rows.visit["AL2101"]
    shown = client.post(
        f"/reception/visits/{visit}/reveal",
        data={"csrf_token": walk.csrf_token(client), "reason": "回访核实"},
    )
    assert shown.status_code == 200
    assert entries(walk) == before + 1


def test_the_database_itself_refuses_to_rewrite_the_log(session):
    row = factories.visit(session)
    audit.record(session, actor=OFFICE, now=people.NOW, action="visit.register", subject=row)
    session.flush()
    with pytest.raises(Exception, match="append-only"):
        session.execute(update(AuditEntry).values(actor_name="别人"))
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Visit)) == 0
