"""Words that very many records hold: the same rows whichever way they are looked for, and never by a name that is masked."""

from dataclasses import replace

import pytest

from models.planner import refresh_planner_statistics
from queries import search_pages
from queries.grams import at_most_about
from queries.petition_days import Days
from queries.petition_filter import PetitionFilter
from queries.petitions import list_and_count_petitions
from queries.visits import VisitFilter, list_and_count_visits
from tests import factories, people
from tests.people import TODAY

DAYS = Days(TODAY, TODAY)
MASKED, OWN, TAKEN_PART_IN = 12, 2, 1
"""Petitions that people named 李建设 brought to a township; to the county's office; to a township, with the office's part."""


@pytest.fixture
def world(both):
    with both.app_context(), factories.plain_session() as session:
        for _ in range(MASKED):
            factories.petition(session, "AL21", names=("李建设",), title="反映拖欠工资", responsible="AL21")
            factories.visit(session, "AL21", names=("李建设",))
        for _ in range(OWN):
            factories.petition(session, "AL01", names=("李建设",))
            factories.visit(session, "AL01", names=("李建设",))
        factories.petition(session, "AL21", names=("李建设",), parts={"AL01": "joint"})
        session.flush()
        refresh_planner_statistics(session)
        session.commit()
    return both


@pytest.fixture(params=["rare", "frequent"])
def taken_for(request, monkeypatch):
    """Frequent are here words that one row holds."""
    if request.param == "rare":
        monkeypatch.setattr(search_pages, "at_most_about", lambda *_asked: 0)
    else:
        monkeypatch.setattr(search_pages, "MANY", 0)
    return request.param


def petitions(session, actor, words, **place):
    return list_and_count_petitions(session, actor, PetitionFilter(q=words), DAYS, **place)


def visits(session, actor, words):
    return list_and_count_visits(session, actor, VisitFilter(q=words), today=TODAY, group_threshold=5)


def test_a_county_role_finds_by_name_the_petitions_of_its_own_office_alone(world, reading, taken_for):
    page, total = petitions(reading, people.actor(reading, people.WU), "建设")
    assert (len(page.rows), total.petitions, total.at_least) == (3, OWN + TAKEN_PART_IN, False)
    assert not any(row.names_are_masked for row in page.rows)


def test_so_it_does_when_the_list_is_read_until_a_page_is_full(world, reading, monkeypatch):
    monkeypatch.setattr(search_pages, "MANY", 1)
    monkeypatch.setattr(search_pages, "LOOKED_AT", 2)
    page, total = petitions(reading, people.actor(reading, people.WU), "建设")
    assert (len(page.rows), total.at_least) == (OWN + TAKEN_PART_IN, True)


def test_a_county_role_finds_by_name_the_visits_of_its_own_office_alone(world, reading, taken_for):
    page, total = visits(reading, people.actor(reading, people.WU), "建设")
    assert (len(page.rows), total.batches) == (OWN, OWN)


def test_a_township_finds_its_own_by_name(world, reading, taken_for):
    _, total = petitions(reading, people.actor(reading, people.LIN), "建设")
    assert total.petitions == MASKED + TAKEN_PART_IN


@pytest.mark.parametrize(("words", "rows"), [("没有的字", 0), ("拖欠工资", MASKED), ("房屋漏水", MASKED + 3)])
def test_several_characters_find_the_same(world, reading, taken_for, words, rows):
    page, total = petitions(reading, people.actor(reading, people.WU), words)
    assert (len(page.rows), total.petitions) == (rows, rows)


def test_who_works_at_the_root_sees_all_and_is_counted_so_far_as_the_county(world, reading, monkeypatch):
    """Whatever the role: to be asked of every row, words must be rare in what one sees."""
    monkeypatch.setattr(search_pages, "MANY", 3)
    lin = people.actor(reading, people.LIN)
    at_root = replace(lin, scope_path=f"/{lin.scope_path.split('/')[1]}/", scope_ids=())
    assert petitions(reading, at_root, "房屋漏水")[1].at_least
    assert not petitions(reading, lin, "房屋漏水")[1].at_least


@pytest.mark.parametrize(("words", "rows"), [("拖欠工资", MASKED), ("没有的字", 0), ("工资", MASKED)])
def test_words_are_never_taken_for_rarer_than_they_are(world, reading, words, rows):
    """PostgreSQL's planner, whose statistics are of all rows here, guesses at the rarest pair, not at pairs that meet."""
    assert rows <= at_most_about(reading, words, "petition_search", 1_000) <= MASKED + 1


@pytest.mark.parametrize(("most", "rows"), [(1_000, MASKED + OWN + TAKEN_PART_IN), (3, 3)])
def test_of_initials_nothing_is_guessed(world, reading, most, rows):
    assert at_most_about(reading, "ljs", "petition_search", most) == rows
