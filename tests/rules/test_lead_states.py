"""What may be done when with a lead assignment, and by whom: written out once more by hand."""

from itertools import product

import pytest

from rules.errors import RuleViolation
from rules.lead_rules import check_evidence
from rules.lead_states import (
    WAYS,
    LeadBy,
    LeadPlaces,
    LeadStanding,
    LeadState,
    LeadVerb,
    lead_hands,
    lead_offers,
    lead_refusal,
    replacement_refusal,
)
from rules.roles import Role

V, S, B = LeadVerb, LeadState, LeadBy
IN_STATE = {
    S.PROPOSED: {V.ASSIGN, V.ADJUST, V.INSTRUCT, V.END},
    S.WORKING: {
        *(V.ADJUST, V.PROGRESS, V.MEET, V.INSTRUCT, V.ASK_EXTENSION, V.GRANT, V.REFUSE, V.SUBMIT, V.END),
    },
    S.SUBMITTED: {V.INSTRUCT, V.ACCEPT, V.RETURN, V.CLOSE},
    S.CLOSED: set(),
    S.ENDED: set(),
}
ALL = frozenset(LeadBy)
PLACES = LeadPlaces("/1/2/", 5, "/1/5/", leader_id=60, submitted_by_id=None)
"""Proposed by the county's office (2), to do by a township (5), led by person 60."""
OWN = LeadPlaces("/1/5/", 5, "/1/5/", leader_id=60, submitted_by_id=None)
"""Proposed by the township for itself."""


def hands(role, unit_id, scope_path, places=PLACES, person_id=1):
    return lead_hands(role, person_id=person_id, unit_id=unit_id, scope_path=scope_path, places=places)


@pytest.mark.parametrize(("state", "verb"), list(product(LeadState, WAYS)))
def test_a_verb_is_open_in_its_states_and_in_no_other(state, verb):
    standing = LeadStanding(state, is_accepted=verb is V.CLOSE, asks_extension=verb in (V.GRANT, V.REFUSE))
    assert (lead_refusal(verb, standing, ALL) == "") == (verb in IN_STATE[state])


def test_the_county_office_acts_for_the_county_and_only_its_head_approves():
    assert hands(Role.BUREAU, 2, "/1/") == {B.PROPOSER, B.UNIT, B.JUDGE}
    assert hands(Role.DIRECTOR, 2, "/1/") == {B.PROPOSER, B.UNIT, B.HEAD, B.COUNTY_HEAD, B.JUDGE}


def test_the_responsible_unit_works_and_does_not_judge_itself():
    assert hands(Role.CLERK, 5, "/1/5/") == {B.UNIT}
    assert hands(Role.SUPERVISOR, 5, "/1/5/") == {B.UNIT}
    assert hands(Role.SUPERVISOR, 5, "/1/5/", OWN) == {B.PROPOSER, B.UNIT, B.HEAD}


def test_a_township_judges_what_it_gave_to_a_village():
    below = LeadPlaces("/1/5/", 7, "/1/5/7/", leader_id=60, submitted_by_id=None)
    assert B.JUDGE in hands(Role.SUPERVISOR, 5, "/1/5/", below)


def test_the_county_office_does_not_judge_what_it_had_to_do_itself():
    own = LeadPlaces("/1/2/", 2, "/1/2/", leader_id=60, submitted_by_id=None)
    for role in (Role.BUREAU, Role.DIRECTOR):
        assert B.JUDGE not in hands(role, 2, "/1/", own)


def test_nobody_accepts_what_he_reported_or_led():
    reported = LeadPlaces("/1/2/", 5, "/1/5/", leader_id=60, submitted_by_id=1)
    assert B.JUDGE not in hands(Role.DIRECTOR, 2, "/1/", reported)
    assert B.JUDGE not in hands(Role.DIRECTOR, 2, "/1/", person_id=60)


def test_a_leader_has_a_hand_in_his_own_assignment_only():
    assert hands(Role.LEADER, 1, "/1/", person_id=60) == {B.LEADER}
    assert hands(Role.LEADER, 1, "/1/", person_id=61) == frozenset()


def test_what_a_county_leader_answers_for_is_approved_by_the_county_office_only():
    proposed = LeadStanding(S.PROPOSED, led_by_county=True)
    township = frozenset({B.PROPOSER, B.HEAD})
    assert lead_refusal(V.ASSIGN, proposed, township) == "县领导包案由县信访局负责人批准。"
    assert lead_refusal(V.ASSIGN, proposed, township | {B.COUNTY_HEAD}) == ""
    assert lead_refusal(V.ASSIGN, LeadStanding(S.PROPOSED), township) == ""
    shown = {o.verb: o.refusal for o in lead_offers(proposed, township)}
    assert shown[V.ASSIGN] == "县领导包案由县信访局负责人批准。"


def test_once_approved_leader_and_unit_are_replaced_by_who_may_approve():
    clerk, head = frozenset({B.PROPOSER}), frozenset({B.PROPOSER, B.HEAD})
    assert replacement_refusal(S.PROPOSED, clerk, led_by_county=True) == ""
    assert "由提出单位负责人、县信访局负责人办理" in replacement_refusal(
        S.WORKING, clerk, led_by_county=False
    )
    assert replacement_refusal(S.WORKING, head, led_by_county=False) == ""
    assert "责任单位由县信访局负责人办理" in replacement_refusal(S.WORKING, head, led_by_county=True)


def test_it_is_struck_off_only_after_acceptance():
    waiting = LeadStanding(S.SUBMITTED)
    assert lead_refusal(V.CLOSE, waiting, ALL) == "还没有验收，验收后才能销号。"
    assert lead_refusal(V.CLOSE, LeadStanding(S.SUBMITTED, is_accepted=True), ALL) == ""
    assert lead_refusal(V.ACCEPT, LeadStanding(S.SUBMITTED, is_accepted=True), ALL) == "已经验收。"


def test_a_second_extension_waits_for_the_first():
    asked = LeadStanding(S.WORKING, asks_extension=True)
    assert lead_refusal(V.ASK_EXTENSION, asked, ALL) == "延期申请已提出，等待审批。"
    assert lead_refusal(V.GRANT, LeadStanding(S.WORKING), ALL) == "没有等待审批的延期申请。"


def test_the_page_offers_what_these_hands_may_do():
    offered = lead_offers(LeadStanding(S.WORKING), frozenset({B.LEADER}))
    assert [o.verb for o in offered] == [V.MEET, V.INSTRUCT]
    assert lead_offers(LeadStanding(S.WORKING, is_void=True), ALL)[0].refusal == "这件包案已作废。"


def test_striking_off_needs_a_file_or_where_the_paper_lies():
    with pytest.raises(RuleViolation, match="佐证"):
        check_evidence(" ", 0)
    check_evidence("", 1)
    check_evidence("协议书原件存镇信访办第三柜。", 0)
