"""The duty desk's log on both databases: order, pages by key, words, what waits, plans that enter an index."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from queries.desk_log import DeskLogFilter, chain_of, desk_work, incoming, list_log, log_total, pressing
from rules.errors import RuleViolation
from tests import desk, factories, people
from tests.people import NOW


@pytest.fixture
def log(reading):
    """A session for reading, and one that writes straight into the same database."""
    with factories.plain_session() as plain:
        yield reading, plain


def shown(session, member, chosen, **page):
    return list_log(session, people.actor(session, member), chosen, NOW, **page)


def numbers(page):
    return [row.number for row in page.rows]


def test_lines_stand_by_when_it_happened_then_by_their_entry(log):
    session, plain = log
    new_year = desk.at("2027-01-01 00:10")
    for number, moment in (("ZZ-3", new_year), ("ZZ-1", desk.at("2026-12-31 23:50")), ("ZZ-4", new_year)):
        desk.line(plain, number=number, happened_at=moment)
    plain.commit()
    found = shown(session, people.LIN, DeskLogFilter(sort="time-up"))
    assert numbers(found) == ["ZZ-1", "ZZ-3", "ZZ-4"]
    assert numbers(shown(session, people.LIN, DeskLogFilter())) == ["ZZ-4", "ZZ-3", "ZZ-1"]


def test_a_day_ends_at_midnight_of_the_office(log):
    session, plain = log
    for number, moment in (("ZZ-1", "2024-02-29 23:59"), ("ZZ-2", "2024-03-01 00:00")):
        desk.line(plain, number=number, happened_at=desk.at(moment))
    plain.commit()
    leap_day = DeskLogFilter.from_args({"from": "2024-02-29", "to": "2024-02-29"})
    assert numbers(shown(session, people.LIN, leap_day)) == ["ZZ-1"]
    assert numbers(shown(session, people.LIN, DeskLogFilter.from_args({"period": "2024-03"}))) == ["ZZ-2"]


def test_pages_by_key_go_there_and_back(log):
    session, plain = log
    for n in range(7):
        desk.line(plain, number=f"ZZ-{n}", happened_at=NOW - timedelta(minutes=n // 2))
    plain.commit()
    first = shown(session, people.LIN, DeskLogFilter(), size=3)
    second = shown(session, people.LIN, DeskLogFilter(), size=3, after=first.after)
    back = shown(session, people.LIN, DeskLogFilter(), size=3, before=second.before)
    assert numbers(first) == ["ZZ-1", "ZZ-0", "ZZ-3"]
    assert numbers(second) == ["ZZ-2", "ZZ-5", "ZZ-4"]
    assert numbers(back) == numbers(first)
    assert log_total(session, people.actor(session, people.LIN), DeskLogFilter(), NOW) == 7


def test_words_are_found_in_content_instruction_and_number(log):
    session, plain = log
    desk.line(plain, number="ZZ-AL21-2026-00001", content="柳溪河水位上涨", instruction="加密巡查")
    desk.line(plain, number="ZZ-AL21-2026-00002", content="道路塌陷")
    plain.commit()
    for words in ("水位", "加密巡查", "00001"):
        assert numbers(shown(session, people.LIN, DeskLogFilter(q=words))) == ["ZZ-AL21-2026-00001"]
    assert numbers(shown(session, people.LIN, DeskLogFilter(q="停电"))) == []


@pytest.mark.parametrize(
    ("member", "seen"),
    [(people.LIN, {"ZZ-township"}), (people.WU, {"ZZ-township", "ZZ-county"}), (people.CHEN, set())],
)
def test_who_reads_which_desk(log, member, seen):
    session, plain = log
    desk.line(plain, "AL21", number="ZZ-township")
    desk.line(plain, "AL01", number="ZZ-county")
    plain.commit()
    assert set(numbers(shown(session, member, DeskLogFilter()))) == seen


def test_the_county_stands_for_all_desks_below_it_and_a_desk_for_itself(log):
    session, plain = log
    desk.line(plain, "AL21", number="ZZ-township")
    desk.line(plain, "AL01", number="ZZ-county")
    plain.commit()
    county, bureau = (people.unit(session, code).id for code in ("AL", "AL01"))
    assert len(shown(session, people.WU, DeskLogFilter(unit=county)).rows) == 2
    assert numbers(shown(session, people.WU, DeskLogFilter(unit=bureau))) == ["ZZ-county"]


def test_what_waits_is_counted_for_the_own_desk_alone(log):
    session, plain = log
    desk.line(plain, due_at=NOW - timedelta(minutes=1))
    desk.line(plain, due_at=NOW + timedelta(minutes=1), content="马上到时")
    desk.line(plain, due_at=NOW - timedelta(hours=1), replied_at=NOW, done_at=NOW)
    county = desk.line(plain, "AL01", due_at=NOW - timedelta(minutes=5))
    for code in ("AL21", "AL22"):
        desk.dispatch(plain, county, code)
    plain.commit()
    township = people.actor(session, people.LIN)
    work = desk_work(session, township, NOW)
    assert (work.to_receive, work.waiting, work.overdue, work.open) == (1, 2, 1, 2)
    assert [d.number for d in incoming(session, township, NOW)] == [county.number]
    assert [p.left for p in pressing(session, township, NOW)] == ["已超 1 分", "还有 1 分"]
    leader = people.actor(session, people.HAN)
    assert [p.unit for p in pressing(session, leader, NOW)] == ["县信访局", "柳溪镇", "柳溪镇"]


def test_a_chain_is_one_event(log):
    session, plain = log
    first = desk.line(plain, report="first")
    desk.line(plain, report="follow", first_id=first.id, happened_at=NOW)
    desk.line(plain)
    plain.commit()
    assert [c.report for c in chain_of(session, first)] == ["首报", "续报"]


def test_a_filter_that_cannot_be_read_is_refused():
    with pytest.raises(RuleViolation):
        DeskLogFilter.from_args({"from": "2026-07-16", "to": "2026-07-15"})


def test_the_own_log_is_read_from_its_index(log, count_statements, both):
    session, plain = log
    for _ in range(50):
        desk.line(plain)
    plain.commit()
    actor = people.actor(session, people.LIN)
    with count_statements(both) as statements:
        list_log(session, actor, DeskLogFilter(unit=actor.unit_id), NOW)
    assert len(statements) <= 2
    if session.get_bind().dialect.name == "sqlite":
        plan = session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM desk_entry WHERE voided_at IS NULL AND unit_id = 5 "
                "ORDER BY happened_at DESC, id DESC LIMIT 51"
            )
        ).all()
        assert "ix_desk_entry_unit_time" in str(plan)
        assert "TEMP B-TREE" not in str(plan)
