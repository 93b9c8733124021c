"""A paper names a petition only to units that have a part in it, and never a sealed one."""

from queries.lead_papers import lead_notice_of
from queries.petitions_told import matters_told, numbers_told
from queries.supervision_origins import Origin
from queries.supervision_papers import supervision_letter
from rules.supervision_words import Ground, TaskSource
from tests import factories
from tests.leads import assigned
from tests.people import unit
from tests.supervision import filed


def test_a_number_is_told_to_whom_has_a_part_in_the_matter_and_to_no_other(session):
    known = factories.petition(session, "AL01", responsible="AL21", number="XF-AL01-2026-00001")
    sealed = factories.petition(
        session, "AL01", responsible="AL21", number="XF-AL01-2026-00002", purpose="accusation", sealed=True
    )
    lin, bai = (unit(session, code).id for code in ("AL21", "AL22"))
    assert numbers_told(session, [known, sealed], {lin}) == ("XF-AL01-2026-00001",)
    assert numbers_told(session, [known, sealed], {lin, bai}) == ()
    assert numbers_told(session, [known], frozenset()) == ()


def test_an_accusation_is_told_to_nobody_be_it_sealed_or_not(session):
    accuses = factories.petition(session, "AL01", responsible="AL21", purpose="accusation")
    assert numbers_told(session, [accuses], {unit(session, "AL21").id}) == ()


def test_a_township_knows_what_its_village_has_and_the_village_not_what_the_township_has(session):
    of_village = factories.petition(session, "AL01", responsible="AL2101", number="XF-AL01-2026-00003")
    of_township = factories.petition(session, "AL01", responsible="AL21", number="XF-AL01-2026-00004")
    both = [of_village, of_township]
    assert numbers_told(session, both, {unit(session, "AL21").id}) == (of_village.number, of_township.number)
    assert numbers_told(session, both, {unit(session, "AL2101").id}) == (of_village.number,)


def test_the_gist_is_the_title_and_the_kind_of_matter_where_that_would_name_who_came(session):
    def told(**values):
        row = factories.petition(session, "AL01", responsible="AL21", **values)
        kind = f"{row.category.name}问题"
        (matter,) = matters_told(session, [row], {unit(session, "AL21").id})
        return "kind" if matter.gist == kind else matter.gist

    assert told(title="反映上河村断水") == "反映上河村断水"
    assert told(title="周 大山反映断水", names=("周大山",)) == "kind"
    assert told(title="反映断水", confidential=True) == "kind"
    assert told(title="") == "kind"


def test_the_notice_to_a_unit_without_part_in_the_matter_names_no_number(session):
    office = unit(session, "AL01")
    row = assigned(session)
    assert row.petition.number in lead_notice_of(session, row, office).source
    other = assigned(session, responsible_unit_id=unit(session, "AL22").id)
    source = lead_notice_of(session, other, office).source
    assert other.petition.number not in source
    assert "决定对有关信访事项实行领导包案化解" in source


def supervised(session, petition, *codes):
    source = Origin(TaskSource.PETITION, "petition", petition.id, petition_id=petition.id)
    task = filed(session, *codes, source=source, ground=Ground.NOT_CONCLUDED)
    return supervision_letter(session, task, unit(session, "AL01")).source


def test_a_supervision_letter_names_the_matter_where_every_addressee_has_a_part_in_it(session):
    petition = factories.petition(session, "AL01", responsible="AL21", title="反映上河村断水")
    told = f"涉及的信访事项：“反映上河村断水”（编号：{petition.number}）。"
    assert told in supervised(session, petition, "AL21").splitlines()
    assert petition.number not in supervised(session, petition, "AL21", "AL22")
