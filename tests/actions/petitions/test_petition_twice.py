"""One form sent twice is one step; of two people who act at once, the second is told."""

from secrets import token_hex

import pytest
from sqlalchemy import insert, update

from actions.petitions.dispatching import (
    assign,
    decide_dispute,
    decide_objection,
    dispute,
    forward,
    object_to,
    receive,
    take_directly,
)
from actions.petitions.ending import archive, finish, merge, unmerge
from actions.petitions.handing_over import hand_over
from actions.petitions.handling import (
    conclude,
    decide_extension,
    execute,
    instruct,
    notify,
    rate,
    record_progress,
    report,
    request_extension,
    resolve,
)
from actions.petitions.joining import add_unit, end_unit
from actions.petitions.on_paper import Paper, approve_reply_on_paper, decide_extension_on_paper
from actions.petitions.replying import approve_reply, return_reply, submit_reply
from actions.petitions.reviewing import (
    ApplicationData,
    apply_for_review,
    decide_review,
    hear,
    refuse_review,
    withdraw_review,
)
from actions.petitions.serving import DeliveryData, serve
from models.attachment import Attachment
from models.petition import PetitionDelivery, PetitionReview, PetitionUnit
from models.staff import Account
from queries.audit_chain import verify_chain
from queries.petition_standing import surroundings_of
from rules.errors import StaleVersion
from rules.petition_states import Verb
from rules.petition_words import (
    Acceptance,
    ArchiveTerm,
    DeliveryMethod,
    HandlingClass,
    Rating,
    Resolution,
    ReviewKind,
    ReviewOpinion,
    ServedPaper,
)
from tests.people import HAN, LIN, WU, ZHAO, unit
from tests.petitions import ASKED_ON as LATER
from tests.petitions import (
    FEEDBACK_DUE_ON,
    SIGNED_ON,
    TOLD_ON,
    accepted,
    act,
    approved,
    assigned,
    audited,
    clocks,
    concluded,
    draft,
    moment,
    registered,
    sent,
    served,
    signed,
    steps_of,
    under_review,
)
from tests.petitions import REVIEWED_ON as DAY


def objected(session):
    petition = signed(session)
    object_to(session, act(session, petition, LIN, petition.unit_received_on, "不属本镇职权。"), None)
    return petition


def disputed(session):
    petition = signed(session)
    dispute(session, act(session, petition, LIN, petition.unit_received_on, "两家有争议。"))
    return petition


def asked_to_extend(session):
    petition = accepted(session)
    request_extension(session, act(session, petition, LIN, LATER, "情况复杂。"), 30)
    return petition


def submitted(session):
    petition = accepted(session)
    draft(session, petition, LATER)
    submit_reply(session, act(session, petition, LIN, LATER))
    return petition


def drafted(session):
    petition = accepted(session)
    draft(session, petition, LATER)
    return petition


def with_joint_unit(session):
    petition = accepted(session)
    add_unit(session, act(session, petition, WU, LATER), unit(session, "AL12").id)
    return petition


def merged(session):
    petition = signed(session)
    merge(session, act(session, petition, WU, TOLD_ON), accepted(session))
    return petition


def headless(begin):
    """The same matter at a unit whose head has no account in use."""

    def begun(session):
        petition = begin(session)
        gone = update(Account.__table__).where(Account.username == ZHAO.username)
        session.connection().execute(gone.values(disabled_at=moment(TOLD_ON)))
        return petition

    return begun


def paper(session, petition):
    """Scanned and attached already."""
    scan = insert(Attachment.__table__).values(
        uid=token_hex(16), subject_type="petition", subject_id=petition.id, position=1, file_name="批件.pdf",
        media_type="application/pdf", size=9, digest="0" * 64, sent_digest=token_hex(32), sealed_key="",
        uploaded_at=moment(TOLD_ON), version=1,
    )  # fmt: skip
    (row_id,) = session.connection().execute(scan).inserted_primary_key
    return Paper(agreed=True, approver="李副镇长", post="副镇长", attachment_id=row_id)


def reply_version(session, petition):
    return surroundings_of(session, petition).reply.version


NOTICE = DeliveryData(ServedPaper.NOTICE, DeliveryMethod.DIRECT)
STEPS = {
    "forward": (registered, WU, lambda s, a: forward(s, a, unit(s, "AL21").id)),
    "assign": (registered, WU, lambda s, a: assign(s, a, unit(s, "AL21").id, DAY.replace(month=6))),
    "take": (registered, WU, take_directly),
    "receive": (sent, LIN, receive),
    "object": (sent, LIN, lambda s, a: object_to(s, a, None)),
    "decide_objection": (objected, WU, lambda s, a: decide_objection(s, a, agreed=True)),
    "dispute": (signed, LIN, dispute),
    "decide_dispute": (disputed, WU, lambda s, a: decide_dispute(s, a, unit(s, "AL11").id)),
    "notify": (signed, LIN, lambda s, a: notify(s, a, Acceptance.ACCEPTED, HandlingClass.PETITION)),
    "record_progress": (accepted, LIN, record_progress),
    "add_unit": (accepted, WU, lambda s, a: add_unit(s, a, unit(s, "AL12").id)),
    "end_unit": (with_joint_unit, WU, lambda s, a: end_unit(s, a, unit(s, "AL12").id)),
    "request_extension": (accepted, LIN, lambda s, a: request_extension(s, a, 30)),
    "decide_extension": (asked_to_extend, ZHAO, lambda s, a: decide_extension(s, a, agreed=True)),
    "submit_reply": (drafted, LIN, submit_reply),
    "return_reply": (submitted, ZHAO, return_reply),
    "approve_reply": (submitted, ZHAO, lambda s, a: approve_reply(s, a, reply_version(s, a.petition))),
    "extend_on_paper": (
        *(headless(asked_to_extend), WU),
        lambda s, a: decide_extension_on_paper(s, a, paper(s, a.petition)),
    ),
    "approve_on_paper": (
        *(headless(submitted), WU),
        lambda s, a: approve_reply_on_paper(s, a, paper(s, a.petition), reply_version(s, a.petition)),
    ),
    "hand_over": (accepted, WU, lambda s, a: hand_over(s, a, unit(s, "AL22").id)),
    "serve": (approved, LIN, lambda s, a: serve(s, a, NOTICE)),
    "conclude": (served, LIN, lambda s, a: conclude(s, a, None)),
    "report": (lambda s: accepted(s, signed(s, assigned(s))), LIN, report),
    "execute": (concluded, LIN, execute),
    "apply_review": (
        *(concluded, WU),
        lambda s, a: apply_for_review(s, a, ApplicationData(ReviewKind.REVIEW, unit(s, "AL").id)),
    ),
    "hear": (under_review, WU, lambda s, a: hear(s, a, None)),
    "decide_review": (under_review, WU, lambda s, a: decide_review(s, a, ReviewOpinion.UPHELD, "条例。")),
    "withdraw_review": (under_review, WU, withdraw_review),
    "refuse_review": (under_review, WU, refuse_review),
    "finish": (concluded, WU, finish),
    "resolve": (accepted, LIN, lambda s, a: resolve(s, a, Resolution.RESOLVED)),
    "rate": (concluded, WU, lambda s, a: rate(s, a, Rating.SATISFIED, None)),
    "instruct": (accepted, HAN, lambda s, a: instruct(s, a, None)),
    "merge": (signed, WU, lambda s, a: merge(s, a, _another(s, a))),
    "unmerge": (merged, WU, unmerge),
    "archive": (concluded, LIN, lambda s, a: archive(s, a, ArchiveTerm.TEN_YEARS)),
}
"""Verb → the matter before it, who takes the step, how."""
MOMENT = {"object": SIGNED_ON, "merge": TOLD_ON, "finish": DAY.replace(day=23), "archive": DAY.replace(day=23), "decide_extension": LATER,
          "request_extension": LATER, "extend_on_paper": LATER}  # fmt: skip


def test_every_verb_is_examined_here_but_the_draft_and_the_second_request():
    """A draft is examined with the replies; 申请复核 is the same act as 申请复查."""
    assert set(STEPS) == {v.value for v in Verb} - {"draft_reply", "apply_re_review"}


def _another(session, done):
    return session.get(type(done.petition), done.petition.id + 1)


def children(session):
    return [session.query(model).count() for model in (PetitionUnit, PetitionReview, PetitionDelivery)]


@pytest.mark.parametrize("verb", STEPS)
def test_a_step_sent_twice_is_one_line_one_entry_and_one_of_each_row(session, verb):
    begin, who, step = STEPS[verb]
    petition = begin(session)
    if verb == "merge":
        registered(session)
    clicked = act(session, petition, who, MOMENT.get(verb, DAY), "说明这一步的情况。", key="click")
    step(session, clicked)
    session.commit()
    once = (len(steps_of(session, petition)), audited(session), children(session), clocks(session, petition))
    version = petition.version

    step(session, clicked)
    session.commit()

    again = (len(steps_of(session, petition)), audited(session), children(session), clocks(session, petition))
    assert (again, petition.version) == (once, version)
    assert steps_of(session, petition)[-1].verb == verb
    assert audited(session)[-1] == Verb(verb).audit_code
    assert verify_chain(session).ok


@pytest.mark.parametrize("verb", STEPS)
def test_of_two_who_act_at_once_the_second_is_told_and_changes_nothing(session, verb):
    begin, who, step = STEPS[verb]
    petition = begin(session)
    if verb == "merge":
        registered(session)
    before = len(steps_of(session, petition))
    on = MOMENT.get(verb, DAY)
    late = act(session, petition, who, on, "说明这一步的情况。", version=petition.version - 1)
    with pytest.raises(StaleVersion):
        step(session, late)

    assert len(steps_of(session, petition)) == before


def test_the_same_key_on_two_forms_is_two_steps(session):
    """Keys are drawn at random for each form; the second here belongs to another account."""
    petition = sent(session)
    receive(session, act(session, petition, LIN, DAY, key="k"))
    dispute(session, act(session, petition, WU, DAY, "两家有争议。", key="k"))

    assert [s.verb for s in steps_of(session, petition)] == ["forward", "receive", "dispute"]


def test_what_was_due_before_is_due_after_a_second_click(session):
    petition = signed(session, assigned(session))
    assert petition.next_due_on < FEEDBACK_DUE_ON
    due = petition.next_due_on
    clicked = act(session, petition, LIN, petition.unit_received_on, "两家有争议。", key="k")
    for _ in range(2):
        dispute(session, clicked)

    assert petition.next_due_on == due
