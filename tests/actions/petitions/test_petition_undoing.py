"""撤销一步: what was entered by mistake is taken back, columns and clocks as they were; what was decided is not."""

from datetime import date

import pytest
from sqlalchemy import inspect, select

from actions.petitions.dispatching import (
    assign,
    decide_objection,
    dispute,
    forward,
    object_to,
    receive,
    take_directly,
)
from actions.petitions.ending import UNDOABLE, archive, finish, merge, undo_step
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
from actions.petitions.replying import submit_reply
from actions.petitions.reviewing import hear
from actions.petitions.serving import DeliveryData, serve
from models.deadline import Deadline
from models.import_batch import ImportBatch
from models.petition import Petition, PetitionDelivery, PetitionStep
from rules.errors import StaleVersion
from rules.petition_states import Verb
from rules.petition_words import (
    Acceptance,
    ArchiveTerm,
    DeliveryMethod,
    HandlingClass,
    Rating,
    Resolution,
    ReviewOpinion,
    ServedPaper,
)
from tests import letters
from tests.people import BAI, HAN, LIN, NOW, WU, ZHAO, ZHENG, actor, unit
from tests.petitions import (
    APPROVED_ON,
    FEEDBACK_DUE_ON,
    OPINION_SERVED_ON,
    REVIEWED_ON,
    SENT_ON,
    SERVED_ON,
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
    last_step,
    moment,
    refused,
    registered,
    review_of,
    reviewed,
    sent,
    served,
    signed,
    steps_of,
    under_review,
)

WHY = "登记错了一件。"
TAKEN_BACK_ON = date(2026, 6, 30)


def columns(petition):
    names = (c.key for c in inspect(Petition).column_attrs if c.key != "version")
    return {name: getattr(petition, name) for name in names}


def running(session, petition):
    """Clocks that are met or still run; those that fell away are no more."""
    rows = session.scalars(select(Deadline).filter_by(petition_id=petition.id, ended_on=None))
    return {(r.key, r.unit_id, r.started_on): (r.due_on, r.legal_due_on, r.met_on, r.trace) for r in rows}


def undo(session, petition, by, on=TAKEN_BACK_ON, reason=WHY, key="", version=None):
    step = last_step(session, petition)
    undo_step(session, act(session, petition, by, on, reason, key=key, version=version), step.id)


def with_joint_unit(session):
    petition = accepted(session)
    add_unit(session, act(session, petition, WU, TOLD_ON), unit(session, "AL12").id)
    return petition


REPLY_DELIVERED = DeliveryData(ServedPaper.REPLY, DeliveryMethod.DIRECT)
OPINION_DELIVERED = DeliveryData(ServedPaper.REVIEW, DeliveryMethod.REGISTERED_POST)
FINISHED_ON = date(2026, 6, 22)
STEPS = {
    "forward": (registered, WU, SENT_ON, lambda s, a: forward(s, a, unit(s, "AL21").id)),
    "assign": (registered, WU, SENT_ON, lambda s, a: assign(s, a, unit(s, "AL21").id, FEEDBACK_DUE_ON)),
    "take": (registered, WU, SENT_ON, take_directly),
    "receive": (sent, LIN, SIGNED_ON, receive),
    "notify": (signed, LIN, TOLD_ON, lambda s, a: notify(s, a, Acceptance.ACCEPTED, HandlingClass.PETITION)),
    "notify refused": (signed, LIN, TOLD_ON, lambda s, a: notify(s, a, Acceptance.REFUSED, None)),
    "record_progress": (accepted, LIN, APPROVED_ON, record_progress),
    "request_extension": (accepted, LIN, APPROVED_ON, lambda s, a: request_extension(s, a, 30)),
    "serve": (approved, LIN, SERVED_ON, lambda s, a: serve(s, a, REPLY_DELIVERED)),
    "conclude": (served, LIN, SERVED_ON, lambda s, a: conclude(s, a, Resolution.RESOLVED)),
    "report": (lambda s: accepted(s, signed(s, assigned(s))), LIN, SERVED_ON, report),
    "execute": (concluded, LIN, SERVED_ON, execute),
    "resolve": (accepted, LIN, SERVED_ON, lambda s, a: resolve(s, a, Resolution.RESOLVED)),
    "rate": (concluded, WU, SERVED_ON, lambda s, a: rate(s, a, Rating.SATISFIED, Rating.FAIRLY)),
    "instruct": (accepted, HAN, SERVED_ON, lambda s, a: instruct(s, a, None)),
    "add_unit": (accepted, WU, APPROVED_ON, lambda s, a: add_unit(s, a, unit(s, "AL12").id)),
    "end_unit": (with_joint_unit, WU, APPROVED_ON, lambda s, a: end_unit(s, a, unit(s, "AL12").id)),
    "hear": (under_review, WU, REVIEWED_ON, lambda s, a: hear(s, a, None)),
    "finish": (concluded, WU, FINISHED_ON, finish),
    "archive": (concluded, LIN, FINISHED_ON, lambda s, a: archive(s, a, ArchiveTerm.PERMANENT)),
}
"""Verb → the matter before it, who takes the step, when, how."""
BESIDE = ("record_progress", "request_extension", "instruct", "hear", "add_unit", "end_unit")
"""These leave the petition's own columns as they are."""


def test_every_verb_that_may_be_taken_back_is_examined_here():
    assert {Verb(name.split()[0]) for name in STEPS} == UNDOABLE


@pytest.mark.parametrize("name", STEPS)
def test_taken_back_columns_and_clocks_are_as_they_were_and_the_line_says_so(session, name):
    begin, who, on, step = STEPS[name]
    petition = begin(session)
    before, ran = columns(petition), running(session, petition)
    seen = petition.version
    step(session, act(session, petition, who, on, "说明这一步的情况。"))
    assert columns(petition) != before or name in BESIDE

    undo(session, petition, who)
    session.commit()

    line = last_step(session, petition)
    assert (line.undo_reason, line.undone_at is not None, line.waits_for) == (WHY, True, None)
    assert columns(petition) == before
    assert running(session, petition) == ran
    assert petition.version == seen + 2
    assert audited(session)[-1] == "petition.undo"


def test_the_part_of_the_unit_ends_with_the_sending_that_was_taken_back(session):
    petition = sent(session)
    undo(session, petition, WU, on=SENT_ON)

    assert [(p.unit.code, p.until) for p in petition.parts] == [("AL21", SENT_ON)]
    forward(session, act(session, petition, WU, SIGNED_ON), unit(session, "AL11").id)
    assert petition.responsible_unit.code == "AL11"


def test_a_delivery_taken_back_is_marked_and_may_be_entered_rightly(session):
    petition = served(session)
    undo(session, petition, LIN)
    assert session.query(PetitionDelivery).one().undone_at is not None
    serve(session, act(session, petition, LIN, date(2026, 4, 24)), REPLY_DELIVERED)

    assert clocks(session, petition)["fc_apply"] == (date(2026, 4, 24), date(2026, 5, 24), None, None)
    assert petition.served_on == date(2026, 4, 24)


def test_the_delivery_of_an_opinion_taken_back_closes_the_time_for_a_re_review(session):
    petition = reviewed(session, ReviewOpinion.UPHELD)
    serve(session, act(session, petition, WU, OPINION_SERVED_ON), OPINION_DELIVERED)
    undo(session, petition, WU)

    assert review_of(session, petition).served_on is None
    assert clocks(session, petition)["fh_apply"][3] == TAKEN_BACK_ON


def test_a_hearing_taken_back_may_be_entered_rightly(session):
    petition = under_review(session)
    hear(session, act(session, petition, WU, REVIEWED_ON), None)
    undo(session, petition, WU)
    assert review_of(session, petition).heard_from is None
    hear(session, act(session, petition, WU, date(2026, 5, 18), today=REVIEWED_ON), date(2026, 5, 19))

    assert review_of(session, petition).heard_to == date(2026, 5, 19)


def test_a_dispute_that_a_notice_had_ended_waits_again_when_the_notice_is_taken_back(session):
    petition = signed(session)
    dispute(session, act(session, petition, LIN, SIGNED_ON, "两家有争议。"))
    accepted(session, petition)
    undo(session, petition, LIN)

    assert [s.waits_for for s in steps_of(session, petition) if s.verb == "dispute"] == ["decide_dispute"]


def after_refused_objection(session):
    petition = signed(session)
    object_to(session, act(session, petition, LIN, SIGNED_ON, "不属本镇职权。"), None)
    decide_objection(session, act(session, petition, WU, TOLD_ON, "属镇级设施。"), agreed=False)
    return petition


def after_extension(session):
    petition = accepted(session)
    request_extension(session, act(session, petition, LIN, APPROVED_ON, "情况复杂。"), 30)
    decide_extension(session, act(session, petition, ZHAO, APPROVED_ON), agreed=True)
    return petition


def after_submission(session):
    petition = accepted(session)
    draft(session, petition, APPROVED_ON)
    submit_reply(session, act(session, petition, LIN, APPROVED_ON))
    return petition


def after_merging(session):
    petition = signed(session)
    merge(session, act(session, petition, WU, TOLD_ON), accepted(session))
    return petition


@pytest.mark.parametrize(
    ("take", "who", "word"),
    [
        (after_refused_objection, WU, "答复异议"),
        (after_extension, ZHAO, "审批延期"),
        (after_submission, LIN, "提交答复"),
        (approved, ZHAO, "批准答复"),
        (lambda s: reviewed(s, ReviewOpinion.REVOKED), WU, "出具复查复核意见"),
        (under_review, WU, "申请复查"),
        (after_merging, WU, "并件"),
    ],
)
def test_what_took_effect_is_not_taken_back(session, take, who, word):
    petition = take(session)
    before, ran = columns(petition), running(session, petition)
    with refused(None, f"“{word}”已生效，不能撤销"):
        undo(session, petition, who)

    assert (columns(petition), running(session, petition)) == (before, ran)


def test_only_the_latest_step_is_taken_back_and_then_the_one_before(session):
    petition = signed(session)
    first = steps_of(session, petition)[0]
    with refused(None, "只能撤销最后一步"):
        undo_step(session, act(session, petition, WU, TOLD_ON, WHY), first.id)
    undo(session, petition, LIN)
    undo_step(session, act(session, petition, WU, TOLD_ON, WHY), first.id)

    assert (petition.stage, petition.dispatched_on) == ("pending", None)
    with refused(None, "只能撤销最后一步"):
        undo_step(session, act(session, petition, WU, TOLD_ON, WHY), first.id)


def test_only_the_unit_whose_step_it_is_takes_it_back_with_a_reason(session):
    petition = signed(session)
    for stranger in (WU, BAI, HAN):
        with refused(None, "只能由登记这一步的单位撤销"):
            undo(session, petition, stranger)
    with refused("text", "请写明撤销的理由"):
        undo(session, petition, LIN, reason=" ")
    with refused("text", "撤销的理由最多 200 字"):
        undo(session, petition, LIN, reason="错" * 201)
    undo(session, petition, ZHAO)


def test_an_instruction_is_taken_back_by_the_leader_who_gave_it(session):
    petition = accepted(session)
    instruct(session, act(session, petition, HAN, TOLD_ON, "三日内报告。"), None)
    step, han = last_step(session, petition), actor(session, HAN)
    step.recorded_by_id = actor(session, ZHENG).person_id
    session.flush()
    with refused(None, "领导批示只能由作批示的领导本人撤销。"):
        undo(session, petition, HAN)
    step.recorded_by_id = han.person_id
    session.flush()
    undo(session, petition, HAN)

    assert last_step(session, petition).undone_by_id == han.person_id


def issue(session, petition, kind, code, on):
    """Its content is of no matter here."""
    return letters.issued(session, petition, kind, code, number="柳信〔2026〕4号", issued_at=moment(on))


@pytest.mark.parametrize(
    ("begin", "who", "on", "kind"),
    [
        (sent, WU, SENT_ON, "forward"),
        (sent, WU, SENT_ON, "dispatch_notice"),
        (assigned, WU, SENT_ON, "assign"),
        (accepted, LIN, TOLD_ON, "acceptance"),
    ],
)
def test_what_a_signed_letter_has_told_is_not_taken_back(session, begin, who, on, kind):
    petition = begin(session)
    issue(session, petition, kind, who.unit, on)
    with refused(None, "柳信〔2026〕4号已经印发，不能撤销这一步"):
        undo(session, petition, who)


def test_a_letter_of_another_kind_or_of_before_is_not_in_the_way(session):
    petition = accepted(session)
    issue(session, petition, "reply", "AL21", SERVED_ON)
    letters.issued(session, petition, "acceptance", "AL21", issued_at=moment(SIGNED_ON))
    letters.issued(session, petition, "acceptance", "AL21", state="void", content=None, content_digest=None,
                   issued_on=None, issued_at=None)  # fmt: skip
    undo(session, petition, LIN)

    assert petition.stage == "received"


def test_what_came_by_a_sheet_is_taken_back_by_the_county_s_office_alone(session):
    """The line of an import bears the unit that the sheet names."""
    petition = signed(session)
    batch = ImportBatch(
        kind="petitions", file_name="信访事项.xlsx", stored_name="1.xlsx", file_digest="0" * 64, state="done",
        created_at=NOW,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    petition.import_batch_id, petition.registered_at = batch.id, moment(SIGNED_ON)
    with refused(None, "导入的经过只能由县信访局撤销"):
        undo(session, petition, LIN)
    undo(session, petition, WU)

    assert petition.stage == "sent"


def test_taken_back_twice_by_one_click_it_is_taken_back_once(session):
    petition = signed(session)
    step, seen = last_step(session, petition), petition.version
    for _ in range(2):
        undo_step(session, act(session, petition, LIN, TOLD_ON, WHY, key="k", version=seen), step.id)

    assert [s.undone_at is None for s in steps_of(session, petition)] == [True, False]


def test_a_matter_that_came_in_archived_is_not_taken_back_to_its_handling(session):
    """Its archive is a fact without a line of its own, so its conclusion is the latest line."""
    petition = concluded(session)
    petition.stage, petition.archived_on = "archived", date(2026, 6, 30)
    with refused(None, "目前是“已归档”，这一步已不能撤销"):
        undo(session, petition, LIN)


def test_whoever_takes_back_what_somebody_else_just_changed_is_told(session):
    petition = signed(session)
    with pytest.raises(StaleVersion):
        undo(session, petition, LIN, version=petition.version - 1)


def test_a_conclusion_taken_back_does_not_become_timely_by_being_entered_again(session):
    late = date(2026, 5, 12)
    petition = concluded(session, served(session, approved(session, on=date(2026, 5, 8)), late), late)
    undo(session, petition, LIN, on=date(2026, 5, 13))
    with refused("on", "早于答复送达日期 2026-05-12"):
        conclude(session, act(session, petition, LIN, date(2026, 5, 9), today=date(2026, 5, 13)), None)
    concluded(session, petition, date(2026, 5, 13))

    assert clocks(session, petition)["handle"] == (TOLD_ON, date(2026, 5, 9), date(2026, 5, 13), None)


def test_no_line_is_ever_deleted(session):
    petition = accepted(session)
    for who in (LIN, LIN, WU):
        step = next(s for s in reversed(steps_of(session, petition)) if s.undone_at is None)
        undo_step(session, act(session, petition, who, TOLD_ON, WHY), step.id)

    assert session.query(PetitionStep).filter_by(petition_id=petition.id).count() == 3
