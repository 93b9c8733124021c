"""Who sees which petition, on every road to it: list, count, search, search by number, likeness, work list, record."""

from datetime import date

import pytest
from sqlalchemy import select

from models.petition import Petition, PetitionContact, PetitionUnit
from models.staff import Account
from queries.petition_days import Days
from queries.petition_filter import PetitionFilter
from queries.petition_scope import load_petition
from queries.petition_work import work_counts
from queries.petitions import list_petitions, petition_totals, petitions_with_number, similar_petitions
from rules.errors import NotVisible
from tests import factories, people
from tests.people import TODAY

DAYS = Days(TODAY, date(2026, 7, 20))


def numbered(serial):
    return f"XF-2026-{serial}"


@pytest.fixture
def county(both):
    """1 with the bureau; 2 of 柳溪镇, helped by 县人社局; 3 of 白石乡's own; 4 whose help by 县人社局 is over;
    5 reviewed by 县住建局, of 石门村."""
    with both.app_context(), factories.plain_session() as session:
        factories.petition(session, number=numbered(1))
        factories.petition(
            session, number=numbered(2), stage="handling", responsible="AL21", parts={"AL12": "joint"}
        )
        factories.petition(session, "AL22", number=numbered(3), responsible="AL22")
        over = factories.petition(session, number=numbered(4), parts={"AL12": "joint"})
        session.scalars(select(PetitionUnit).where(PetitionUnit.petition_id == over.id)).one().until = TODAY
        factories.petition(session, "AL2201", number=numbered(5), parts={"AL11": "reviewer"})
        session.commit()
    return both


def seen(session, actor, **chosen):
    rows = list_petitions(session, actor, PetitionFilter(**chosen), DAYS).rows
    return sorted(int(r.number.rpartition("-")[2]) for r in rows)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        (people.WU, [1, 2, 3, 4, 5]),
        (people.HAN, [1, 2, 3, 4, 5]),
        (people.LIN, [2]),
        (people.BAI, [3, 5]),
        (people.ZHU, [5]),
        (people.CHEN, []),
        (people.SUN, []),
        (people.HE, []),
    ],
)
def test_a_petition_is_seen_by_who_registered_it_was_given_it_or_takes_part(
    county, reading, member, expected
):
    actor = people.actor(reading, member)
    assert seen(reading, actor) == expected
    assert petition_totals(reading, actor, PetitionFilter(), DAYS).petitions == len(expected)


def test_a_part_is_seen_by_the_unit_while_it_lasts(county, reading):
    with factories.plain_session() as session:
        zhu = session.scalars(select(Account).where(Account.username == "zhu")).one()
        zhu.unit_id = people.unit(session, "AL12").id
        session.commit()
    assert seen(reading, people.actor(reading, people.ZHU)) == [2]


def roads(session, actor, petition_id):
    """On which roads the actor reaches a petition; none of them may differ from the others."""
    digests = {"telephone_digest": "d" * 32}
    likeness = {"names": [], "id_digests": [], "telephone_digests": ["d" * 32], "today": TODAY}

    def opened():
        try:
            return [load_petition(session, actor, petition_id)]
        except NotVisible:
            return []

    counts = {c.key: c.count for c in work_counts(session, actor, DAYS.today, DAYS.near_until)}
    found = {
        "list": seen(session, actor),
        "work list": seen(session, actor, state="handling"),
        "search": seen(session, actor, q="路灯"),
        "number": petitions_with_number(session, actor, digests, DAYS),
        "likeness": similar_petitions(session, actor, **likeness),
        "record": opened(),
        "count": [1] * petition_totals(session, actor, PetitionFilter(), DAYS).petitions,
        "work count": [1] * counts["handling"],
    }
    return {road for road, rows in found.items() if rows}


ALL_ROADS = {"list", "work list", "search", "number", "likeness", "record", "count", "work count"}


def made(app, **values):
    with app.app_context(), factories.plain_session() as session:
        if code := values.pop("accused", ""):
            values["accused_unit_id"] = people.unit(session, code).id
        if name := values.pop("accused_person", ""):
            values["accused_person_id"] = person(session, name)
        if name := values.pop("taken_down_by", ""):
            values["registered_by_id"] = person(session, name)
        row = factories.petition(
            session,
            values.pop("unit", "AL01"),
            responsible="AL21",
            stage="handling",
            content="反映路灯不亮",
            **values,
        )
        contact = session.scalars(select(PetitionContact).where(PetitionContact.petition_id == row.id)).one()
        contact.telephone_digest = "d" * 32
        session.commit()
        return row.id


def person(session, username):
    return session.scalars(select(Account.person_id).where(Account.username == username)).one()


def let_read_sealed(app, member):
    with app.app_context(), factories.plain_session() as session:
        session.scalars(select(Account).where(Account.username == member.username)).one().reads_sealed = True
        session.commit()


def test_what_is_not_sealed_is_reached_on_every_road(both, reading):
    petition_id = made(both)
    for member in (people.LIN, people.ZHAO, people.WU):
        assert roads(reading, people.actor(reading, member), petition_id) == ALL_ROADS


def test_what_is_sealed_is_reached_on_no_road(both, reading):
    petition_id = made(both, sealed=True)
    for member in (people.LIN, people.ZHAO, people.WU, people.ZHENG):
        assert roads(reading, people.actor(reading, member), petition_id) == set()


def test_named_staff_and_who_took_it_down_reach_what_is_sealed(both, reading):
    petition_id = made(both, sealed=True, taken_down_by="lin")
    let_read_sealed(both, people.WU)
    for member in (people.LIN, people.WU):
        assert roads(reading, people.actor(reading, member), petition_id) == ALL_ROADS


def test_the_accused_unit_never_reaches_it_even_with_leave_to_read_what_is_sealed(both, reading):
    petition_id = made(both, sealed=True, accused="AL21")
    for member in (people.ZHAO, people.WU):
        let_read_sealed(both, member)
    assert roads(reading, people.actor(reading, people.ZHAO), petition_id) == set()
    assert roads(reading, people.actor(reading, people.WU), petition_id) == ALL_ROADS


def test_an_accused_person_never_reaches_it_and_the_rest_of_the_unit_does(both, reading):
    petition_id = made(both, accused_person="lin")
    assert roads(reading, people.actor(reading, people.LIN), petition_id) == set()
    assert roads(reading, people.actor(reading, people.ZHAO), petition_id) == ALL_ROADS


def test_a_void_petition_is_reached_by_its_record_and_the_list_of_void_ones_only(both, reading):
    petition_id = made(both, voided_at=people.NOW, void_reason="登记重复")
    lin = people.actor(reading, people.LIN)
    assert roads(reading, lin, petition_id) == {"record"}
    assert [r.id for r in list_petitions(reading, lin, PetitionFilter(state="void"), DAYS).rows] == [
        petition_id
    ]


def test_a_record_comes_with_its_people_parts_and_units_in_four_statements(county, reading, count_statements):
    wu = people.actor(reading, people.WU)
    petition_id = reading.scalar(select(Petition.id).where(Petition.number == numbered(2)))
    reading.rollback()
    with count_statements(county) as statements:
        petition = load_petition(reading, wu, petition_id)
        said = (
            petition.unit.name,
            petition.responsible_unit.label,
            [c.name for c in petition.contacts],
            [(p.unit.label, p.part) for p in petition.parts],
            petition.category.label,
            petition.handler,
            petition.earlier,
        )
    assert said[:4] == (
        "安澜县信访局",
        "柳溪镇",
        ["周大山"],
        [("柳溪镇", "responsible"), ("县人社局", "joint")],
    )
    assert len(statements) == 4


def test_a_name_that_the_list_masks_is_not_confirmed_by_a_search(both, reading):
    made(both, unit="AL22")
    for member, name, found in ((people.WU, "周**", 0), (people.LIN, "周大山", 1), (people.HAN, "周**", 0)):
        actor = people.actor(reading, member)
        (row,) = list_petitions(reading, actor, PetitionFilter(), DAYS).rows
        assert row.name == name
        for words in ("周大山", "zds"):
            assert len(list_petitions(reading, actor, PetitionFilter(q=words), DAYS).rows) == found


def test_a_name_to_be_kept_confidential_is_masked_for_its_own_unit_too(both, reading):
    made(both, confidential=True)
    lin = people.actor(reading, people.LIN)
    assert [r.name for r in list_petitions(reading, lin, PetitionFilter(), DAYS).rows] == ["周**"]
    assert not list_petitions(reading, lin, PetitionFilter(q="周大山"), DAYS).rows


def test_the_bureau_reads_the_names_of_what_it_registered_was_given_or_reviews(both, reading):
    with both.app_context(), factories.plain_session() as session:
        factories.petition(session, "AL22", number=numbered(1))
        factories.petition(session, "AL22", number=numbered(2), parts={"AL01": "reviewer"})
        factories.petition(session, "AL01", number=numbered(3))
        session.commit()
    wu = people.actor(reading, people.WU)
    rows = list_petitions(reading, wu, PetitionFilter(sort="number"), DAYS).rows
    assert [r.name for r in rows] == ["周**", "周大山", "周大山"]
    assert seen(reading, wu, q="周大山") == [2, 3]
