"""Seals: kept encrypted, retired with a reason, each use written down for good."""

import hashlib

import pytest
from sqlalchemy import select

from actions.seals import note_seal_use, register_seal, retire_seal
from models.audit_entry import AuditEntry, RecordVersion
from models.protected import Unreadable
from models.seal import Seal
from queries.document_registers import load_own, seals_of, usable_seals
from rules.errors import NotVisible, RuleViolation, StaleVersion
from tests import factories, people
from tests.people import NOW

IMAGE = factories.seal_picture()


def put(session, member=people.ZHENG, **values):
    given = {"name": "安澜县信访局", "image": IMAGE, "width_mm": 42} | values
    return register_seal(session, actor=people.actor(session, member), now=NOW, **given)


def test_the_image_is_encrypted_at_rest_and_known_by_its_digest(session):
    row = put(session)
    session.commit()
    assert row.image == IMAGE
    assert row.digest == hashlib.sha256(IMAGE).hexdigest()
    assert "iVBOR" not in row.cipher
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "seal.register")).one()
    assert entry.subject_label == "安澜县信访局"
    assert session.scalar(select(RecordVersion.id).where(RecordVersion.audit_entry_id == entry.id))


def test_a_seal_moved_to_another_row_does_not_open(session):
    first, second = put(session), put(session, name="安澜县信访局接访专用章")
    first.cipher, second.cipher = second.cipher, first.cipher
    with pytest.raises(Unreadable):
        _ = first.image
    session.rollback()


def test_the_same_form_sent_twice_keeps_one(session):
    first = put(session, submission_key="k" * 20)
    assert put(session, submission_key="k" * 20).id == first.id


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": " "}, "name"), ({"width_mm": 19}, "width_mm"), ({"width_mm": 61}, "width_mm")],
)
def test_what_may_not_be_registered(session, given, field):
    with pytest.raises(RuleViolation) as refused:
        put(session, **given)
    assert refused.value.field == field


def test_a_retired_seal_is_offered_no_more(session):
    row = put(session)
    who = people.actor(session, people.ZHENG)
    with pytest.raises(StaleVersion):
        retire_seal(session, actor=who, now=NOW, seal=row, version=0, reason="更换印章")
    retire_seal(session, actor=who, now=NOW, seal=row, version=1, reason="更换印章")
    session.commit()
    assert usable_seals(session, row.unit_id) == []
    assert [(seal.name, uses) for seal, uses in seals_of(session, who)] == [("安澜县信访局", 0)]
    with pytest.raises(RuleViolation, match="已经停用"):
        retire_seal(session, actor=who, now=NOW, seal=row, version=2, reason="再停一次")


def test_another_office_neither_loads_nor_retires_it(session):
    row, zhao = put(session), people.actor(session, people.ZHAO)
    with pytest.raises(NotVisible):
        load_own(session, zhao, Seal, row.id)
    with pytest.raises(RuleViolation, match="不属于本单位"):
        retire_seal(session, actor=zhao, now=NOW, seal=row, version=1, reason="试试")
    assert seals_of(session, zhao) == []


def test_only_a_seal_of_the_issuing_office_is_put_on_a_document(both):
    with both.app_context(), factories.plain_session() as session, session.begin():
        own, other = factories.seal(session, "AL01"), factories.seal(session, "AL21")
        retired = factories.seal(session, "AL01", retired_at=NOW)
        row = factories.bulletin(session, "AL01")
        how = {"actor": people.actor(session, people.ZHENG), "now": NOW, "document": row}
        for seal in (other, retired):
            with pytest.raises(RuleViolation) as refused:
                note_seal_use(session, seal=seal, content_digest="d" * 64, **how)
            assert refused.value.field == "seal"
        note_seal_use(session, seal=own, content_digest="d" * 64, **how)
        counted = {s.id: uses for s, uses in seals_of(session, how["actor"])}
        assert counted == {own.id: 1, retired.id: 0}
