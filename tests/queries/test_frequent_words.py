"""Words that very many records hold: the same rows whichever way they are looked for, and never by a name that is masked."""

from dataclasses import replace

import pytest

from models.planner import refresh_planner_statistics
from queries import search_pages
from queries.grams import about_how_many
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


@pytest.fixture(params=["taken for rare", "taken for frequent"])
def looked_for(request, monkeypatch):
    found = 0 if request.param == "taken for rare" else 1_000_000
    monkeypatch.setattr(search_pages, "about_how_many", lambda *_asked: found)


def petitions(session, actor, words, **place):
    return list_and_count_petitions(session, actor, PetitionFilter(q=words), DAYS, **place)


def visits(session, actor, words):
    return list_and_count_visits(session, actor, VisitFilter(q=words), today=TODAY, group_threshold=5)


def test_a_county_role_finds_by_name_the_petitions_of_its_own_office_alone(world, reading, looked_for):
    page, total = petitions(reading, people.actor(reading, people.WU), "建设")
    assert (len(page.rows), total.petitions, total.at_least) == (3, OWN + TAKEN_PART_IN, False)
    assert not any(row.names_are_masked for row in page.rows)


def test_so_it_does_when_the_list_is_read_until_a_page_is_full(world, reading, looked_for, monkeypatch):
    monkeypatch.setattr(search_pages, "MANY", 1)
    page, _ = petitions(reading, people.actor(reading, people.WU), "建设")
    assert len(page.rows) == OWN + TAKEN_PART_IN


def test_a_county_role_finds_by_name_the_visits_of_its_own_office_alone(world, reading, looked_for):
    page, total = visits(reading, people.actor(reading, people.WU), "建设")
    assert (len(page.rows), total.batches) == (OWN, OWN)


def test_a_township_finds_its_own_by_name(world, reading, looked_for):
    _, total = petitions(reading, people.actor(reading, people.LIN), "建设")
    assert total.petitions == MASKED + TAKEN_PART_IN


@pytest.mark.parametrize(("words", "rows"), [("没有的字", 0), ("拖欠工资", MASKED), ("房屋漏水", MASKED + 3)])
def test_several_characters_find_the_same(world, reading, looked_for, words, rows):
    page, total = petitions(reading, people.actor(reading, people.WU), words)
    assert (len(page.rows), total.petitions) == (rows, rows)


def test_who_works_at_the_root_sees_all_and_is_counted_so_far_as_the_county(world, reading, monkeypatch):
    """Whatever the role: to be asked of every row, words must be rare in what one sees."""
    monkeypatch.setattr(search_pages, "about_how_many", lambda *_asked: 1_000_000)
    monkeypatch.setattr(search_pages, "MANY", 5)
    lin = people.actor(reading, people.LIN)
    at_root = replace(lin, scope_path=f"/{lin.scope_path.split('/')[1]}/", scope_ids=())
    assert petitions(reading, at_root, "房屋漏水")[1].at_least
    assert not petitions(reading, lin, "房屋漏水")[1].at_least


@pytest.mark.parametrize(("words", "rows"), [("拖欠工资", MASKED), ("没有的字", 0), ("工资", MASKED)])
def test_how_frequent_words_are_is_not_guessed_from_their_parts(world, reading, words, rows):
    """That of one pair PostgreSQL's planner guesses; the statistics are of all rows here."""
    assert abs(about_how_many(reading, words, "petition_search", 1_000) - rows) <= (1 if len(words) == 2 else 0)
