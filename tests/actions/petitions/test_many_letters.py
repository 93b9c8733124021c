"""Letters of one kind for many petitions: each a draft of its own, with what it lacks, or why there is none."""

import pytest
from sqlalchemy import func, select

from actions.many_letters import draft_each
from models.audit_entry import AuditEntry
from models.petition import Petition
from models.petition_letter import PetitionLetter
from queries.letter_batch import frozen_letters, letters_to_print
from queries.petition_scope import load_petitions
from rules.errors import NotVisible, RuleViolation
from rules.letters.kinds import LetterKind
from tests import factories, letters
from tests.people import BAI, HAN, LIN, NOW, TODAY, WU, ZHENG, actor, unit


@pytest.fixture
def matters(both):
    """Two that 柳溪镇 accepted, one that it has not signed for, one of 白石乡."""
    with both.app_context(), factories.plain_session() as plain:
        ones = [letters.accepted(plain, number=f"XF-AL01-2026-0020{n}") for n in (1, 2)]
        ones.append(letters.forwarded(plain, number="XF-AL01-2026-00203"))
        ones.append(factories.petition(plain, "AL22", number="XF-AL22-2026-00204", responsible="AL22"))
        unit(plain, "AL21").telephone = "0379-6000001"
        plain.commit()
        return [row.id for row in ones]


def drafts(session, ids, who=LIN, kind=LetterKind.ACCEPTANCE, key=""):
    rows = [session.get_one(Petition, petition_id) for petition_id in ids]
    outcomes = draft_each(
        session,
        actor=actor(session, who),
        now=NOW,
        today=TODAY,
        petitions=rows,
        kind=kind,
        submission_key=key,
    )
    session.commit()
    return outcomes


def kept(session):
    statement = select(PetitionLetter.petition_id, PetitionLetter.kind, PetitionLetter.state)
    return [tuple(row) for row in session.execute(statement.order_by(PetitionLetter.petition_id))]


def entries(session):
    return session.scalar(select(func.count()).where(AuditEntry.action == "petition.draft-letter"))


def test_each_that_may_have_one_gets_a_draft_and_an_entry_and_the_others_say_why(matters, session):
    first, second, unsigned, _ = matters
    outcomes = drafts(session, [first, unsigned, second])
    assert [o.refusal for o in outcomes] == ["", "没有登记告知“受理”。", ""]
    assert kept(session) == [(first, "acceptance", "draft"), (second, "acceptance", "draft")]
    assert entries(session) == 2


def test_what_a_draft_lacks_is_said_in_the_words_of_issuing(matters, session):
    (outcome,) = drafts(session, matters[:1])
    assert "请填写办理单位。" in outcome.lacks
    assert not [message for message in outcome.lacks if "正文" in message]


def test_the_same_form_sent_twice_drafts_once(matters, session):
    drafts(session, matters[:2], key="form")
    outcomes = drafts(session, matters[:2], key="form")
    assert [(o.was_done, o.refusal) for o in outcomes] == [(True, ""), (True, "")]
    assert (len(kept(session)), entries(session)) == (2, 2)


def test_a_draft_that_a_colleague_began_meanwhile_is_told_and_kept(matters, session):
    drafts(session, matters[:1], key="mine")
    session.scalars(select(PetitionLetter)).one().source = "同事改过的正文。"
    session.rollback()
    outcomes = drafts(session, matters[:2], key="another")
    assert [o.refusal for o in outcomes] == ["已有草稿。", ""]
    assert len(kept(session)) == 2


def test_a_kind_that_another_office_issues_is_refused(matters, session):
    assert [o.refusal for o in drafts(session, matters[:1], kind=LetterKind.FORWARD)] == [
        "转送单不由本单位出具。"
    ]
    assert [o.refusal for o in drafts(session, matters[:1], WU, LetterKind.FORWARD)] == [""]


@pytest.fixture
def accusation(both):
    """Sent by mistake to 柳溪镇, which it accuses."""
    with both.app_context(), factories.plain_session() as plain:
        accused = unit(plain, "AL21").id
        row = letters.forwarded(plain, purpose="accusation", sealed=True, accused_unit_id=accused)
        plain.commit()
        return row.id


def test_accusation_material_does_not_go_to_the_accused(accusation, session):
    (outcome,) = drafts(session, [accusation], WU, LetterKind.FORWARD)
    assert "不得将材料和有关情况透露" in outcome.refusal
    assert kept(session) == []


def test_too_many_are_refused_as_a_whole(matters, session):
    with pytest.raises(RuleViolation, match="一次最多办理 200 件"):
        drafts(session, matters[:1] * 201)


@pytest.fixture
def fourteen(both):
    with both.app_context(), factories.plain_session() as plain:
        rows = [letters.accepted(plain, number=f"XF-AL01-2026-04{n:03d}") for n in range(14)]
        plain.commit()
        return [row.id for row in rows]


def test_what_is_read_is_read_once_for_all(both, fourteen, session, count_statements):
    who = actor(session, LIN)

    def cost(ids):
        rows = load_petitions(session, who, ids)
        with count_statements(both) as statements:
            draft_each(session, actor=who, now=NOW, today=TODAY, petitions=rows, kind=LetterKind.ACCEPTANCE)
        return len(statements)

    assert (cost(fourteen[:12]) - cost(fourteen[12:])) / 10 <= 12


@pytest.fixture
def printed_matters(both):
    """Of the first an acceptance, a forward letter and a draft; of the second an acceptance."""
    with both.app_context(), factories.plain_session() as plain:
        first, second = (letters.accepted(plain, number=f"XF-AL01-2026-0030{n}") for n in (1, 2))
        told = letters.issued(plain, second, "acceptance", "AL21")
        early = letters.issued(plain, first, "acceptance", "AL21", content='{"a": 1}')
        sent = letters.issued(plain, first, "forward", "AL01")
        draft = {"state": "draft", "issued_on": None, "content": None, "content_digest": None}
        letters.issued(plain, first, "reply", "AL21", **draft)
        plain.commit()
        return [second.id, first.id], (told.id, early.id, sent.id)


def test_issued_ones_are_printed_in_the_order_of_the_petitions_to_who_reads_them(printed_matters, session):
    ids, (told, early, sent) = printed_matters

    def printed(who, kind=None):
        return [row.id for row in letters_to_print(session, actor(session, who), ids, kind)]

    assert printed(LIN) == [told, early, sent]
    assert printed(LIN, LetterKind.ACCEPTANCE) == [told, early]
    assert printed(WU, LetterKind.FORWARD) == printed(ZHENG, LetterKind.FORWARD) == [sent]
    assert (printed(BAI), printed(HAN)) == ([], [])
    assert frozen_letters(session, actor(session, LIN), [early, told]) == [('{"a": 1}', None), ("{}", None)]
    with pytest.raises(NotVisible):
        frozen_letters(session, actor(session, BAI), [early])
