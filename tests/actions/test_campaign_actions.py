"""交办批次: registered, given its cases, ended; what stays as it is."""

from datetime import date

import pytest
from sqlalchemy import select

from actions import audit
from actions.campaigns import (
    Doing,
    close_campaign,
    correct_campaign,
    named_cases,
    put_into_campaign,
    register_campaign,
    void_campaign,
)
from models.audit_entry import AuditEntry
from models.petition import Petition
from queries.campaign_cases import CaseFilter, case_counts, list_cases
from queries.campaigns import CampaignFilter, list_campaigns, tallies_by_unit, unregistered_names
from queries.grams import matching
from queries.petition_days import Days
from rules.campaign_rules import CampaignValues
from rules.errors import RuleViolation, RuleViolations
from rules.petition_words import SourceLevel
from tests import factories, leads
from tests.people import LIN, NOW, SYSTEM, TODAY, WU, actor

DAYS = Days(TODAY, date(2026, 7, 20))
VALUES = CampaignValues(
    "百日攻坚", SourceLevel.CITY, "市联席办", "云联办〔2026〕5号", date(2026, 6, 1), date(2026, 12, 31)
)


def doing(session, member=WU):
    return Doing(actor(session, member), NOW, TODAY)


def registered(session, **changes):
    return register_campaign(session, doing(session), CampaignValues(**(vars(VALUES) | changes)))


def case(session, **values):
    row = factories.petition(session, **({"responsible": "AL21", "stage": "handling"} | values))
    audit.record(session, actor=SYSTEM, now=NOW, action="petition.register", subject=row)
    return row


def test_a_name_stands_once(session):
    registered(session)
    with pytest.raises(RuleViolations) as refused:
        registered(session)
    assert [v.field for v in refused.value.violations] == ["name"]
    session.commit()


def test_numbers_of_either_system_bring_their_petitions_in(session):
    campaign = registered(session)
    own, outside = case(session), case(session, external_number="41020260001")
    elsewhere = case(session, campaign="别的批次")
    sealed = case(session, sealed=True)
    numbers = [own.number.lower(), "41020260001", elsewhere.number, sealed.number, "XF-0", own.number]
    said = [n.refusal for n in named_cases(session, actor(session, WU), campaign, numbers)]
    assert said[:2] == ["", ""]
    assert "已在批次“别的批次”" in said[2]
    assert said[3:] == ["没有找到。", "没有找到。", "与前面的是同一件。"]
    assert put_into_campaign(session, doing(session), campaign, numbers) == 2
    assert (own.campaign, outside.campaign, elsewhere.campaign) == ("百日攻坚", "百日攻坚", "别的批次")
    assert put_into_campaign(session, doing(session), campaign, numbers) == 0
    entries = select(AuditEntry.subject_id).where(AuditEntry.action == "petition.join-campaign")
    assert set(session.scalars(entries)) == {own.id, outside.id}
    session.commit()


def test_a_case_is_found_by_its_batch(session):
    campaign, own = registered(session, name="清仓见底"), case(session)
    put_into_campaign(session, doing(session), campaign, [own.number])
    found = select(Petition.id).where(matching(session, "清仓见底", "content", "petition_search"))
    assert session.scalars(found).all() == [own.id]


def test_its_name_stays_once_it_has_cases_and_it_is_not_voided(session):
    campaign = registered(session)
    put_into_campaign(session, doing(session), campaign, [case(session).number])
    renamed = CampaignValues(**(vars(VALUES) | {"name": "另一名"}))
    with pytest.raises(RuleViolation, match="名称不能再改"):
        correct_campaign(session, doing(session), campaign, renamed, version=1, reason="改名")
    with pytest.raises(RuleViolation, match="不能作废"):
        void_campaign(session, doing(session), campaign, version=1, reason="错了")
    close_campaign(session, doing(session), campaign, version=1, reason="上级已验收")
    with pytest.raises(RuleViolation, match="已办完"):
        put_into_campaign(session, doing(session), campaign, ["XF-1"])
    session.commit()


def test_an_empty_one_entered_by_mistake_is_voided_and_its_name_is_free(session):
    void_campaign(session, doing(session), registered(session), version=1, reason="录错了")
    assert registered(session).name == "百日攻坚"


def county_of_cases(session):
    """Of 百日攻坚: 柳溪镇 3 cases, 2 concluded, 1 of them settled; 白石乡 1 open; one sealed, which nobody here reads."""
    campaign = registered(session)
    ended = {"stage": "concluded", "concluded_on": date(2026, 7, 1), "campaign": "百日攻坚"}
    case(session, **ended, resolution="resolved")
    case(session, **ended)
    open_one = case(session, campaign="百日攻坚", next_due_on=date(2026, 7, 14))
    case(session, campaign="百日攻坚", responsible="AL22")
    case(session, campaign="百日攻坚", sealed=True)
    leads.lead(session, petition_id=open_one.id)
    audit.record(session, actor=SYSTEM, now=NOW, action="x", subject=("lead_assignment", 1))
    return campaign, open_one


def test_concluded_and_settled_are_counted_apart_by_unit_and_batch(session):
    campaign, _open = county_of_cases(session)
    wu = actor(session, WU)
    found = [(u.unit, vars(u.tallies)) for u in tallies_by_unit(session, wu, campaign.name)]
    assert found == [
        ("柳溪镇", {"cases": 3, "concluded": 2, "resolved": 1, "led": 1, "open": 1}),
        ("白石乡", {"cases": 1, "concluded": 0, "resolved": 0, "led": 0, "open": 1}),
    ]
    (row,) = list_campaigns(session, wu, CampaignFilter())
    assert (row.tallies.cases, row.tallies.concluded_text, row.tallies.resolved_text) == (
        4,
        "50.00%",
        "25.00%",
    )


def test_the_tabs_hold_what_they_count(session):
    campaign, open_one = county_of_cases(session)
    wu = actor(session, WU)
    counts = case_counts(session, wu, campaign, DAYS)
    assert counts == {"": 4, "open": 2, "overdue": 1, "silent": 2, "unled": 3, "unresolved": 1}
    (row,) = list_cases(session, wu, campaign, CaseFilter("overdue"), DAYS).rows
    assert (row.id, row.leader, row.lead_state, row.moved_this_week) == (
        open_one.id,
        "韩副县长",
        "办理中",
        False,
    )


def test_a_township_counts_its_own_cases_only(session):
    campaign, _open = county_of_cases(session)
    lin = actor(session, LIN)
    assert [u.unit for u in tallies_by_unit(session, lin, campaign.name)] == ["柳溪镇"]
    assert case_counts(session, lin, campaign, DAYS)[""] == 3


def test_a_name_known_from_a_sheet_is_offered_until_it_is_registered(session):
    case(session, campaign="重复信访治理")
    wu = actor(session, WU)
    assert {name: t.cases for name, t in unregistered_names(session, wu).items()} == {"重复信访治理": 1}
    registered(session, name="重复信访治理")
    assert unregistered_names(session, wu) == {}


@pytest.mark.parametrize(
    "ended",
    [
        {"stage": "closed", "acceptance": "refused"},
        {"stage": "finished", "acceptance": "no_longer"},
        {"stage": "archived", "acceptance": "refused"},
        {"stage": "merged"},
    ],
    ids=lambda ended: ended["stage"],
)
def test_what_was_not_taken_on_is_ended_neither_open_nor_overdue(session, ended):
    """The batch is past its day, and so is what the case once owed."""
    campaign = registered(session, due_on=date(2026, 7, 1))
    case(session, campaign="百日攻坚", next_due_on=date(2026, 7, 14), **ended)
    case(session, campaign="百日攻坚")
    counts = case_counts(session, actor(session, WU), campaign, DAYS)
    assert counts == {"": 2, "open": 1, "overdue": 1, "silent": 1, "unled": 2, "unresolved": 0}
