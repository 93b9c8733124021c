"""送达: which paper reached whom, how and when (送达回证; 条例第三十五条)."""

from datetime import date

import pytest

from actions.petitions.ending import archive
from actions.petitions.serving import DeliveryData, serve
from models.petition import PetitionDelivery
from rules.petition_words import ArchiveTerm, DeliveryMethod, ReviewOpinion, ServedPaper
from tests import factories
from tests.people import LIN, WU
from tests.petitions import (
    APPROVED_ON,
    OPINION_SERVED_ON,
    SERVED_ON,
    SIGNED_ON,
    TOLD_ON,
    accepted,
    act,
    approved,
    clocks,
    last_step,
    refused,
    review_of,
    reviewed,
    served,
    signed,
)

REPLY, NOTICE = ServedPaper.REPLY, ServedPaper.NOTICE
DIRECT = DeliveryMethod.DIRECT


def deliver(session, petition, on, paper=REPLY, method=DIRECT, by=LIN, today=None, **texts):
    serve(session, act(session, petition, by, on, today=today), DeliveryData(paper, method, **texts))


def test_from_the_service_of_the_reply_the_petitioner_has_30_days(session):
    petition = approved(session)
    deliver(session, petition, date(2026, 5, 8), document_number="柳政信复〔2026〕3号", received_by="周大山")

    row = session.query(PetitionDelivery).one()
    assert (row.paper, row.method, row.served_on, row.document_number, row.received_by) == (
        *("reply", "direct", date(2026, 5, 8)),
        *("柳政信复〔2026〕3号", "周大山"),
    )
    assert petition.served_on == date(2026, 5, 8)
    assert clocks(session, petition)["fc_apply"] == (date(2026, 5, 8), date(2026, 6, 7), None, None)
    assert petition.next_due_key == "handle"
    assert last_step(session, petition).outcome == "reply"


def test_what_is_served_and_how_must_be_chosen(session):
    petition = approved(session)
    with refused("paper", "请选择送达的文书"):
        deliver(session, petition, SERVED_ON, paper=None)
    with refused("method", "请选择送达方式"):
        deliver(session, petition, SERVED_ON, method=None)
    with refused("refusal", "拒收事由和见证人"):
        deliver(session, petition, SERVED_ON, method=DeliveryMethod.LEFT)
    deliver(session, petition, SERVED_ON, method=DeliveryMethod.LEFT, refusal="拒收；见证人村干部陈小河")


@pytest.mark.parametrize(
    ("field", "most"),
    [("document_number", 40), ("place", 80), ("received_by", 60), ("refusal", 200), ("served_by", 60)],
)
def test_no_text_is_longer_than_its_column(session, field, most):
    petition = approved(session)
    with refused(field, f"最多 {most} 字"):
        deliver(session, petition, SERVED_ON, **{field: "长" * (most + 1)})
    deliver(session, petition, SERVED_ON, **{field: "长" * most})


def test_only_an_approved_reply_is_served_once_and_not_before_its_approval(session):
    petition = accepted(session)
    with refused("paper", "还没有经负责人批准的答复"):
        deliver(session, petition, SERVED_ON)
    approved(session, petition)
    with refused("on", "早于答复批准日期 2026-04-21"):
        deliver(session, petition, date(2026, 4, 20), today=SERVED_ON)
    deliver(session, petition, SERVED_ON)
    with refused("paper", "答复已于 2026-04-22 送达"):
        deliver(session, petition, date(2026, 4, 23))


def imported(session):
    """Concluded elsewhere: no step, no reply, no day of service."""
    return factories.petition(
        session, responsible="AL21", stage="concluded", received_on=SIGNED_ON, registered_on=SIGNED_ON,
        unit_received_on=SIGNED_ON, notified_on=TOLD_ON, concluded_on=APPROVED_ON, acceptance="accepted",
        handling_class="petition",
    )  # fmt: skip


def test_the_reply_of_an_imported_matter_may_be_served_though_it_was_approved_elsewhere(session):
    petition = imported(session)
    with refused("on", "早于告知日期 2026-03-10"):
        deliver(session, petition, SIGNED_ON, today=SERVED_ON)
    deliver(session, petition, SERVED_ON)

    assert clocks(session, petition)["fc_apply"] == (SERVED_ON, date(2026, 5, 22), None, None)


def test_an_imported_matter_of_which_no_service_is_known_may_be_archived(session):
    petition = imported(session)
    archive(session, act(session, petition, LIN, SERVED_ON), ArchiveTerm.TEN_YEARS)

    assert petition.stage == "archived"


def test_a_notice_is_served_after_it_was_given_and_moves_no_clock(session):
    petition = signed(session)
    with refused(None, "目前是“待告知”"):
        deliver(session, petition, SIGNED_ON, paper=NOTICE)
    accepted(session, petition)
    before = clocks(session, petition)
    with refused("on", "早于告知日期 2026-03-10"):
        deliver(session, petition, SIGNED_ON, paper=NOTICE, today=APPROVED_ON)
    deliver(session, petition, TOLD_ON, paper=NOTICE)

    assert clocks(session, petition) == before
    assert petition.served_on is None


def test_the_opinion_of_a_review_is_served_once_and_opens_the_time_for_a_re_review(session):
    petition = served(session)
    with refused("paper", "没有待送达的复查意见"):
        deliver(session, petition, OPINION_SERVED_ON, paper=ServedPaper.REVIEW)
    petition = reviewed(session, ReviewOpinion.UPHELD)
    with refused("paper", "没有待送达的复核意见"):
        deliver(session, petition, OPINION_SERVED_ON, paper=ServedPaper.RE_REVIEW, by=WU)
    with refused("on", "早于复查意见日期 2026-05-20"):
        deliver(
            session, petition, date(2026, 5, 19), paper=ServedPaper.REVIEW, by=WU, today=OPINION_SERVED_ON
        )
    deliver(session, petition, OPINION_SERVED_ON, paper=ServedPaper.REVIEW, by=WU)

    assert review_of(session, petition).served_on == OPINION_SERVED_ON
    assert clocks(session, petition)["fh_apply"] == (OPINION_SERVED_ON, date(2026, 6, 21), None, None)
    with refused("paper", "没有待送达的复查意见"):
        deliver(session, petition, date(2026, 5, 23), paper=ServedPaper.REVIEW, by=WU)


def test_the_opinion_that_sent_the_matter_back_is_served_too(session):
    petition = reviewed(session, ReviewOpinion.REVOKED)
    deliver(session, petition, OPINION_SERVED_ON, paper=ServedPaper.REVIEW, by=WU)

    assert (petition.stage, review_of(session, petition).served_on) == ("handling", OPINION_SERVED_ON)
