"""A paper names a petition only to units that have a part in it, and never a sealed one."""

from queries.lead_papers import lead_notice_of
from queries.petitions_told import numbers_told
from tests import factories
from tests.leads import assigned
from tests.people import unit


def test_a_number_is_told_to_whom_has_a_part_in_the_matter_and_to_no_other(session):
    known = factories.petition(session, "AL01", responsible="AL21", number="XF-AL01-2026-00001")
    sealed = factories.petition(
        session, "AL01", responsible="AL21", number="XF-AL01-2026-00002", purpose="accusation", sealed=True
    )
    lin, bai = (unit(session, code).id for code in ("AL21", "AL22"))
    assert numbers_told(session, [known, sealed], {lin}) == ("XF-AL01-2026-00001",)
    assert numbers_told(session, [known, sealed], {lin, bai}) == ()
    assert numbers_told(session, [known], frozenset()) == ()


def test_the_notice_to_a_unit_without_part_in_the_matter_names_no_number(session):
    office = unit(session, "AL01")
    row = assigned(session)
    assert row.petition.number in lead_notice_of(session, row, office).source
    other = assigned(session, responsible_unit_id=unit(session, "AL22").id)
    source = lead_notice_of(session, other, office).source
    assert other.petition.number not in source
    assert "决定对有关信访事项实行领导包案化解" in source
