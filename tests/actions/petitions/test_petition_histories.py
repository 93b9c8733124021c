"""Random lives of a petition through the real actions: what holds after every step, whatever was done before it."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from actions.petition_deadlines import clocks_in_force, deadline_columns
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
from actions.petitions.ending import UNDOABLE, archive, finish, merge, undo_step, unmerge
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
from actions.petitions.registering import correct_petition
from actions.petitions.replying import approve_reply, return_reply, save_reply, submit_reply
from actions.petitions.reviewing import (
    ApplicationData,
    apply_for_review,
    decide_review,
    hear,
    refuse_review,
    withdraw_review,
)
from actions.petitions.serving import DeliveryData, serve
from extensions import db
from models.attachment import Attachment
from models.base import new_uid
from models.deadline import Deadline
from models.engine import begin_writing, end_writing
from models.petition import Petition
from queries.audit_chain import verify_chain
from queries.petition_standing import facts_of, standing_of, surroundings_of
from queries.terms import terms_of
from rules.errors import RuleViolation, RuleViolations
from rules.petition_clocks import RIGHTS, clocks_of
from rules.petition_states import WAYS, By, Hands, Verb, offers
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
from tests.people import HAN, LIN, WU, ZHAO, ZHENG, ZHU, actor, unit
from tests.petitions import RECEIVED_ON, act, audited, last_step, letter, moment, registered, reply_data

ALL_HANDS = Hands(frozenset(By))
TEXT = "说明这一步的情况。"
UNITS = ("AL21", "AL11")
CORRECT = "correct"
MOVED_BY = {"decide_extension", "extend_on_paper", "hear", "assign", CORRECT}
"""A new last day is granted, a hearing held, another day given by a letter, or the registration corrected."""


@pytest.fixture
def session(site):
    """On SQLite alone: hundreds of steps."""
    with site.app_context():
        unit_of_work = db.session()
        begin_writing(unit_of_work)
        yield unit_of_work
        unit_of_work.rollback()
        end_writing(unit_of_work)


def _reply(s, a, _n):
    reply = surroundings_of(s, a.petition).reply
    return save_reply(s, a, reply_data(reply.version if reply else 0))


def _approve(s, a, _n):
    approve_reply(s, a, surroundings_of(s, a.petition).reply.version)


def _organ(s, n):
    return unit(s, ("EX01", "AL")[n % 2]).id


PAPERS = (ServedPaper.REPLY, ServedPaper.REVIEW, ServedPaper.NOTICE)


def _paper(session, act, agreed):
    scan = attached(session, act.petition)
    return Paper(agreed, "李主任", "主任", scan)


def attached(session, petition):
    row = Attachment(
        subject_type="petition", subject_id=petition.id, position=1, file_name="批件.pdf", media_type="application/pdf",
        size=9, digest="0" * 64, sent_digest=new_uid() * 2, sealed_key="", uploaded_at=moment(petition.received_on),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


ACTS: dict[Verb, Callable] = {
    Verb.HAND_OVER: lambda s, a, n: hand_over(s, a, unit(s, UNITS[n % 2]).id),
    Verb.EXTEND_ON_PAPER: lambda s, a, n: decide_extension_on_paper(s, a, _paper(s, a, n > 0)),
    Verb.APPROVE_ON_PAPER: lambda s, a, n: approve_reply_on_paper(
        s, a, _paper(s, a, n > 0), surroundings_of(s, a.petition).reply.version
    ),
    Verb.FORWARD: lambda s, a, n: forward(s, a, unit(s, UNITS[n % 2]).id),
    Verb.ASSIGN: lambda s, a, n: assign(s, a, unit(s, UNITS[n % 2]).id, a.on + timedelta(days=20 + n)),
    Verb.TAKE: lambda s, a, n: take_directly(s, a),
    Verb.RECEIVE: lambda s, a, n: receive(s, a),
    Verb.OBJECT: lambda s, a, n: object_to(s, a, None),
    Verb.DECIDE_OBJECTION: lambda s, a, n: decide_objection(s, a, agreed=n % 2 == 0),
    Verb.DISPUTE: lambda s, a, n: dispute(s, a),
    Verb.DECIDE_DISPUTE: lambda s, a, n: decide_dispute(s, a, unit(s, UNITS[n % 2]).id),
    Verb.NOTIFY: lambda s, a, n: notify(
        s,
        a,
        Acceptance.REFUSED if n == 5 else Acceptance.ACCEPTED,
        HandlingClass.LITIGATION if n == 4 else HandlingClass.PETITION,
    ),
    Verb.RECORD_PROGRESS: lambda s, a, n: record_progress(s, a),
    Verb.ADD_UNIT: lambda s, a, n: add_unit(s, a, unit(s, "AL12").id),
    Verb.END_UNIT: lambda s, a, n: end_unit(s, a, unit(s, "AL12").id),
    Verb.REQUEST_EXTENSION: lambda s, a, n: request_extension(s, a, 5 * n + 5),
    Verb.DECIDE_EXTENSION: lambda s, a, n: decide_extension(s, a, agreed=n > 0),
    Verb.DRAFT_REPLY: _reply,
    Verb.SUBMIT_REPLY: lambda s, a, n: submit_reply(s, a),
    Verb.RETURN_REPLY: lambda s, a, n: return_reply(s, a),
    Verb.APPROVE_REPLY: _approve,
    Verb.SERVE: lambda s, a, n: serve(s, a, DeliveryData(PAPERS[n % 3], DeliveryMethod.DIRECT)),
    Verb.CONCLUDE: lambda s, a, n: conclude(s, a, None),
    Verb.REPORT: lambda s, a, n: report(s, a),
    Verb.EXECUTE: lambda s, a, n: execute(s, a),
    Verb.APPLY_REVIEW: lambda s, a, n: apply_for_review(
        s, a, ApplicationData(ReviewKind.REVIEW, _organ(s, n), "迟延有理由。")
    ),
    Verb.APPLY_RE_REVIEW: lambda s, a, n: apply_for_review(
        s, a, ApplicationData(ReviewKind.RE_REVIEW, _organ(s, n), "迟延有理由。")
    ),
    Verb.HEAR: lambda s, a, n: hear(s, a, a.on),
    Verb.DECIDE_REVIEW: lambda s, a, n: decide_review(s, a, list(ReviewOpinion)[n % 4], "《条例》。"),
    Verb.WITHDRAW_REVIEW: lambda s, a, n: withdraw_review(s, a),
    Verb.REFUSE_REVIEW: lambda s, a, n: refuse_review(s, a),
    Verb.FINISH: lambda s, a, n: finish(s, a),
    Verb.RESOLVE: lambda s, a, n: resolve(s, a, list(Resolution)[n % 2]),
    Verb.RATE: lambda s, a, n: rate(s, a, list(Rating)[n % 4], None),
    Verb.INSTRUCT: lambda s, a, n: instruct(s, a, None),
    Verb.MERGE: lambda s, a, n: merge(s, a, registered(s)),
    Verb.UNMERGE: lambda s, a, n: unmerge(s, a),
    Verb.ARCHIVE: lambda s, a, n: archive(s, a, ArchiveTerm.TEN_YEARS),
}
SELDOM = {
    Verb.MERGE,
    Verb.INSTRUCT,
    Verb.RESOLVE,
    Verb.RECORD_PROGRESS,
    Verb.END_UNIT,
    Verb.ADD_UNIT,
    Verb.RATE,
}
MOVES = st.lists(
    st.tuples(st.integers(0, 99), st.sampled_from((0, 0, 1, 1, 2, 4, 9, 25)), st.integers(0, 5)),
    min_size=8,
    max_size=30,
)
"""Which of the open verbs, after how many days, in which of its variants."""


def test_every_verb_may_occur_in_a_life():
    assert set(ACTS) == set(Verb)


def whose(verb, petition):
    """Who of the cast takes the step: the unit's own people where it is the unit's."""
    by = WAYS[verb].by
    code = petition.responsible_unit.code if petition.responsible_unit else ""
    if By.LEADER in by:
        return HAN
    if By.HEAD in by:
        return {"AL21": ZHAO, "AL01": ZHENG}.get(code, WU)
    return {"AL21": LIN, "AL11": ZHU}.get(code, WU) if By.UNIT in by else WU


@contextmanager
def tried(session):
    """A step that the rules refuse leaves nothing behind, as in a request."""
    point = session.begin_nested()
    try:
        yield
        session.flush()
        point.commit()
    except (RuleViolation, RuleViolations):
        point.rollback()


@contextmanager
def forgotten(session):
    point = session.begin_nested()
    yield
    point.rollback()
    session.expire_all()


def correct(session, petition, today, days):
    received_on = petition.received_on - timedelta(days=days + 1)
    correct_petition(
        session,
        actor=actor(session, WU),
        now=moment(today),
        today=today,
        petition=petition,
        data=letter(session, received_on=received_on),
        version=petition.version,
        reason="收到日期登记有误",
    )


def life(session, petition, moves, *, corrections=False):
    """Yields the name of each step that was taken, with its day."""
    today = RECEIVED_ON
    for choice, gap, variant in moves:
        today += timedelta(days=gap)
        name = ""
        with tried(session):
            if corrections and choice % 12 == 11:
                correct(session, petition, today, variant)
                name = CORRECT
            else:
                standing = standing_of(petition, surroundings_of(session, petition))
                open_ = [o.verb for o in offers(standing, ALL_HANDS) if o.is_open]
                ways = [v for v in open_ for _ in range(1 if v in SELDOM else 4)]
                if ways:
                    verb = ways[choice % len(ways)]
                    ACTS[verb](session, act(session, petition, whose(verb, petition), today, TEXT), variant)
                    name = verb.value
        if name:
            yield name, today


def rows_of(session, petition):
    return list(session.scalars(select(Deadline).filter_by(petition_id=petition.id)))


def identity(row):
    return row.key, row.occasion, row.unit_id, row.started_on


def assert_clocks_are_those_of_the_facts(session, petition):
    """Reckoned anew from the facts under the same terms, every stored clock is the same; the others are closed."""
    terms, rows = terms_of(session), rows_of(session, petition)
    clocks = clocks_in_force(facts_of(petition, surroundings_of(session, petition)), terms)
    anew = {identity(clock): deadline_columns(clock, terms) for clock in clocks}
    assert len({identity(row) for row in rows}) == len(rows)
    assert anew.keys() <= {identity(row) for row in rows}
    for row in rows:
        if identity(row) in anew:
            expected = anew[identity(row)]
            assert {name: getattr(row, name) for name in expected} == expected
        else:
            assert row.met_on or row.ended_on
    duties = [(r.due_on, r.key) for r in rows if not r.met_on and not r.ended_on and r.key not in RIGHTS]
    assert (petition.next_due_on, petition.next_due_key) == min(duties, default=(None, None))


def is_late(row, today):
    if row.key in RIGHTS or (row.met_on is None and row.ended_on is not None):
        return False
    return (row.met_on or today) > row.due_on


STEPS_AT_A_TIME = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@STEPS_AT_A_TIME
@given(MOVES)
def test_a_due_date_moves_with_an_entry_alone_late_stays_late_and_first_days_stay(session, moves):
    with forgotten(session):
        petition = registered(session)
        due = {row.id: row.due_on for row in rows_of(session, petition)}
        late, entries, lines, firsts = set[int](), len(audited(session)), 0, (None, None)
        for name, today in life(session, petition, moves, corrections=True):
            assert_clocks_are_those_of_the_facts(session, petition)
            now = {row.id: row for row in rows_of(session, petition)}
            moved = [i for i, due_on in due.items() if now[i].due_on != due_on]
            assert not moved or name in MOVED_BY, (name, [now[i].key for i in moved])
            assert len(audited(session)) > entries
            steps = len(surroundings_of(session, petition).steps)
            assert steps >= lines
            first_days = petition.dispatched_on, petition.concluded_on
            assert all(before in (None, after) for before, after in zip(firsts, first_days, strict=True))
            for row_id in late:
                row = now[row_id]
                assert row.met_on is None or row.met_on > row.due_on, (name, row.key, row.met_on, row.due_on)
            due, entries = {i: row.due_on for i, row in now.items()}, len(audited(session))
            lines, firsts = steps, first_days
            late |= {i for i, row in now.items() if is_late(row, today)}
        assert verify_chain(session).ok


def columns(petition):
    names = (c.key for c in inspect(Petition).column_attrs if c.key != "version")
    return {name: getattr(petition, name) for name in names}


def standing_clocks(session, petition):
    """Those of the facts as they are now; one that an earlier unit had met is history."""
    clocks = {identity(clock) for clock in clocks_of(facts_of(petition, surroundings_of(session, petition)))}
    rows = [row for row in rows_of(session, petition) if identity(row) in clocks]
    return {identity(r): (r.due_on, r.legal_due_on, r.met_on, r.ended_on, r.trace) for r in rows}


@STEPS_AT_A_TIME
@given(MOVES)
def test_any_step_that_may_be_taken_back_leaves_columns_and_clocks_as_they_were(session, moves):
    with forgotten(session):
        petition = registered(session)
        before = columns(petition), standing_clocks(session, petition)
        for name, today in life(session, petition, moves):
            if Verb(name) in UNDOABLE:
                with forgotten(session):
                    who = whose(Verb(name), petition)
                    step = last_step(session, petition)
                    undo_step(session, act(session, petition, who, today, "登记错误。"), step.id)
                    assert (columns(petition), standing_clocks(session, petition)) == before
            before = columns(petition), standing_clocks(session, petition)
