"""解除密封: never by an ordinary correction; by a named reader or the county's head, with a reason of its own."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.petitions.dispatching import forward
from actions.petitions.registering import correct_petition
from actions.petitions.unsealing import unseal_petition
from models.audit_entry import AuditEntry
from queries.petition_scope import visible_petitions
from rules.errors import StaleVersion
from rules.taxonomy import Purpose
from tests.people import LIN, WU, ZHENG, actor, unit
from tests.petitions import SENT_ON, act, letter, moment, refused, registered


@pytest.fixture
def sealed(session):
    """Registered by 吴芳 against 县住建局."""
    return registered(session, purpose=Purpose.ACCUSATION, accused_unit_id=unit(session, "AL11").id)


def unseal(
    session, petition, by=ZHENG, purpose=Purpose.REQUEST, reads_sealed=False, version=None, reason="误登"
):
    unseal_petition(
        session,
        actor=replace(actor(session, by), reads_sealed=reads_sealed),
        now=moment(SENT_ON),
        today=SENT_ON,
        petition=petition,
        version=petition.version if version is None else version,
        purpose=purpose,
        reason=reason,
    )


def correct(session, petition, **values):
    correct_petition(
        session,
        actor=actor(session, WU),
        now=moment(SENT_ON),
        today=SENT_ON,
        petition=petition,
        data=letter(session, accused_unit_id=petition.accused_unit_id, **values),
        version=petition.version,
        reason="更正",
    )


def test_a_correction_does_not_open_an_accusation(session, sealed):
    with session.no_autoflush, refused("purpose", "“解除密封”，写明理由"):
        correct(session, sealed, purpose=Purpose.REQUEST)
    correct(session, sealed, purpose=Purpose.ACCUSATION, title="改过的标题")

    assert (sealed.sealed, sealed.title) == (True, "改过的标题")


@pytest.mark.parametrize(("by", "reads_sealed"), [(ZHENG, False), (WU, True)])
def test_a_named_reader_or_the_head_opens_it_with_a_reason(session, sealed, by, reads_sealed):
    forward(session, act(session, sealed, WU, SENT_ON), unit(session, "AL21").id)
    assert list(session.scalars(visible_petitions(actor(session, LIN)))) == []
    unseal(session, sealed, by, reads_sealed=reads_sealed, reason="实为求决，误选揭发控告")
    session.commit()

    assert (sealed.sealed, sealed.purpose) == (False, "request")
    assert list(session.scalars(visible_petitions(actor(session, LIN)))) == [sealed]
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.action, last.reason) == ("petition.unseal", "实为求决，误选揭发控告")


def test_nobody_else_and_never_without_purpose_or_reason(session, sealed):
    with refused(None, "由指定阅读密封材料的人员或者县信访局负责人办理"):
        unseal(session, sealed, WU)
    for purpose in (None, Purpose.ACCUSATION):
        with refused("purpose", "请选择实际的信访目的"):
            unseal(session, sealed, purpose=purpose)
    with refused("reason", "请写明解除密封的理由"):
        unseal(session, sealed, reason=" ")
    with pytest.raises(StaleVersion):
        unseal(session, sealed, version=sealed.version - 1)
    assert sealed.sealed is True


def test_what_is_open_is_not_opened_again(session, sealed):
    unseal(session, sealed)
    with refused(None, "没有密封"):
        unseal(session, sealed)
