"""发文登记簿 and 用印登记: the own office's lines, by year and words, page by page."""

from datetime import datetime, timedelta

import pytest

from queries.document_numbers import (
    NumberFilter,
    all_number_lines,
    count_number_lines,
    number_lines,
    years_of_numbers,
)
from queries.seal_uses import (
    UseFilter,
    all_seal_use_lines,
    count_seal_uses,
    seal_use_lines,
    years_of_seal_uses,
)
from tests import factories, people
from tests.people import NOW

NEW_YEAR = datetime(2026, 12, 31, 16, 0)
"""Midnight of 1 January 2027 in the office."""


@pytest.fixture
def books(both):
    """Two documents of the county's office, sealed either side of a new year, and one of a township."""
    with both.app_context(), factories.plain_session() as session, session.begin():
        register = factories.document_register(session, "AL01", word="澜信通")
        seal = factories.seal(session, "AL01", name="安澜县信访局")
        for serial, at in ((1, NEW_YEAR - timedelta(seconds=1)), (2, NEW_YEAR)):
            factories.issued(session, register, serial, seal, taken_at=at)
        township = factories.document_register(session, "AL21", word="柳信通")
        factories.issued(
            session, township, 1, factories.seal(session, "AL21"), state="withdrawn", withdrawn_at=NOW
        )
    return both


def test_numbers_of_the_own_office_the_latest_first(books, reading, count_statements):
    actor = people.actor(reading, people.ZHENG)
    with count_statements(books) as statements:
        page = number_lines(reading, actor, NumberFilter())
    assert len(statements) == 1
    assert [line.number for line in page.rows] == ["澜信通〔2026〕2号", "澜信通〔2026〕1号"]
    first = page.rows[0]
    assert (first.kind, first.title, first.seal, first.state) == (
        "日通报",
        "第2份通报",
        "安澜县信访局",
        "已印发",
    )
    assert count_number_lines(reading, actor, NumberFilter()) == 2
    assert years_of_numbers(reading, actor) == [2026]


def test_a_book_reads_from_number_one(books, reading):
    actor = people.actor(reading, people.ZHENG)
    assert [line.title for line in all_number_lines(reading, actor, NumberFilter())] == [
        "第1份通报",
        "第2份通报",
    ]


def test_a_withdrawn_document_keeps_its_line(books, reading):
    (line,) = all_number_lines(reading, people.actor(reading, people.ZHAO), NumberFilter())
    assert (line.number, line.state) == ("柳信通〔2026〕1号", "已撤回")


@pytest.mark.parametrize(
    ("args", "titles", "sentence"),
    [
        ({"q": "第2份"}, ["第2份通报"], "含“第2份”"),
        ({"q": "〔2026〕1号"}, ["第1份通报"], "含“〔2026〕1号”"),
        ({"q": "%"}, [], "含“%”"),
        ({"year": "2026"}, ["第1份通报", "第2份通报"], "2026 年"),
        ({"year": "2025"}, [], "2025 年"),
        ({"year": "99999"}, ["第1份通报", "第2份通报"], ""),
        ({"year": "2026", "q": "乡镇"}, ["第1份通报", "第2份通报"], "2026 年，含“乡镇”"),
    ],
)
def test_numbers_by_year_and_words(books, reading, args, titles, sentence):
    actor, chosen = people.actor(reading, people.ZHENG), NumberFilter.from_args(args)
    assert [line.title for line in all_number_lines(reading, actor, chosen)] == titles
    assert count_number_lines(reading, actor, chosen) == len(titles)
    assert chosen.sentence() == sentence


def test_uses_of_the_own_seals_by_the_office_s_year(books, reading, count_statements):
    actor = people.actor(reading, people.ZHENG)
    with count_statements(books) as statements:
        page = seal_use_lines(reading, actor, UseFilter())
    assert len(statements) == 1
    assert [line.digest[-1] for line in page.rows] == ["2", "1"]
    assert years_of_seal_uses(reading, actor) == [2027, 2026]
    for year, title in ((2026, "第1份通报"), (2027, "第2份通报")):
        chosen = UseFilter(year=year)
        assert [line.title for line in all_seal_use_lines(reading, actor, chosen)] == [title]
        assert count_seal_uses(reading, actor, chosen) == 1
    assert count_seal_uses(reading, actor, UseFilter(q="安澜县信访局")) == 2
    assert count_seal_uses(reading, actor, UseFilter(q="柳溪")) == 0


def test_who_never_gave_a_number_has_an_empty_book(both, reading):
    actor = people.actor(reading, people.ZHENG)
    assert number_lines(reading, actor, NumberFilter()).rows == []
    assert years_of_numbers(reading, actor) == years_of_seal_uses(reading, actor) == []


def test_pages_follow_each_other(both, reading):
    with both.app_context(), factories.plain_session() as session, session.begin():
        register = factories.document_register(session, "AL01")
        for serial in range(1, 61):
            factories.issued(session, register, serial, taken_at=NOW + timedelta(minutes=serial))
    actor = people.actor(reading, people.ZHENG)
    first = number_lines(reading, actor, NumberFilter())
    second = number_lines(reading, actor, NumberFilter(), after=first.after)
    assert [len(first.rows), len(second.rows)] == [50, 10]
    assert second.rows[-1].title == "第1份通报"
    back = number_lines(reading, actor, NumberFilter(), before=second.before)
    assert back.rows == first.rows
