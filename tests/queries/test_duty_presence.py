"""到岗: by an own signature at a hand-over of the shift or a line written in it; else the roster alone tells. On both
databases. Shifts run from 8:30 to 8:30 (tests/duty.py)."""

from datetime import timedelta

import pytest

from models.roster import Duty
from queries.duty_presence import presences
from queries.duty_record import duty_record
from rules.duty_presence import Ground
from rules.periods import parse_period
from tests import desk, duty, factories, people
from tests.duty import MEI, TAO, at, july
from tests.people import BAI, HAN, LIN, WU


@pytest.fixture
def rota(both):
    with both.app_context(), factories.plain_session() as plain:
        found = duty.rota(plain)
        plain.commit()
    return found


def known(rota, reading, day, **wrote):
    with factories.plain_session() as plain:
        for member, values in wrote.items():
            who = {"tao": TAO, "lin": LIN}[member]
            desk.line(plain, registered_by_id=desk.person_id(plain, who), **values)
        plain.commit()
    found = presences(reading, [reading.get_one(Duty, rota[day])])
    return next(((p.ground, p.at) for p in found.values()), None)


def wrote_at(day, hour):
    return {"happened_at": at(day, hour), "registered_at": at(day, hour, 5)}


def test_the_first_line_of_ones_own_in_the_shift_shows_it(rota, reading):
    assert known(rota, reading, 14, tao=wrote_at(14, 10)) == (Ground.WROTE, at(14, 10, 5))


@pytest.mark.parametrize(
    "line",
    [
        wrote_at(14, 8),
        wrote_at(15, 9),
        {"happened_at": at(14, 10), "registered_at": at(16, 9)},
        {**wrote_at(14, 10), "voided_at": at(14, 11), "void_reason": "登错了"},
        {**wrote_at(14, 10), "unit": "AL22"},
    ],
    ids=["before it", "after it", "written down after it", "voided", "at another desk"],
)
def test_other_lines_do_not(rota, reading, line):
    assert known(rota, reading, 14, tao=line) is None


def test_a_colleagues_line_does_not(rota, reading):
    assert known(rota, reading, 14, lin=wrote_at(14, 10)) is None


def test_the_signature_of_who_comes_shows_the_shift_that_begins_and_of_who_leaves_the_one_that_ends(
    rota, reading
):
    with factories.plain_session() as plain:
        desk.handover(plain, off=TAO, on=LIN, shift="2026-07-15 08:30")
        plain.commit()
    assert known(rota, reading, 14) == (Ground.SIGNED_OFF, at(15, 8, 32))
    assert known(rota, reading, 15) == (Ground.SIGNED_ON, at(15, 8, 35))


def test_a_duty_of_the_county_is_done_at_its_bureaus_desk(rota, reading):
    with factories.plain_session() as plain:
        published = duty.roster(plain, duty.scheme(plain, "AL", (WU,)))
        row = duty.duty(plain, published, july(14), WU).id
        desk.line(plain, "AL01", registered_by_id=desk.person_id(plain, WU), **wrote_at(14, 10))
        plain.commit()
    assert set(presences(reading, [reading.get_one(Duty, row)])) == {row}


def test_the_record_tells_who_was_there_from_who_is_only_listed_and_from_nobody(rota, reading):
    """Over by the 17th at 9: 14 陶然 (wrote), 15 林秀 (listed), 16 梅青 (signed off); the empty post of the 15th."""
    with factories.plain_session() as plain:
        roster = plain.get_one(Duty, rota[15]).roster
        duty.duty(plain, roster, july(15), None, seat=2)
        desk.line(plain, registered_by_id=desk.person_id(plain, TAO), **wrote_at(14, 10))
        desk.handover(plain, off=MEI, on=None, shift="2026-07-17 08:30")
        plain.commit()
    record = duty_record(
        reading, people.actor(reading, WU), people.unit(reading, "AL21"), parse_period("2026-07"),
        at(17, 9), july(17),
    )  # fmt: skip
    lines = {line.name: (line.due, line.held, line.listed, line.missing) for line in record.duties}
    assert lines == {
        "林秀": (1, 0, 1, 0),
        "梅青": (1, 1, 0, 0),
        "陶然": (1, 1, 0, 0),
        "顾平": (0, 0, 0, 0),
        "（空岗）": (1, 0, 0, 1),
    }


def test_an_empty_post_at_a_village_is_credited_with_no_session(rota, reading):
    with factories.plain_session() as plain:
        scheme = duty.scheme(
            plain, "AL21", (BAI, HAN), posts=("上河村",), name="周三", kind="village-sessions"
        )
        scheme.posts[0].at_unit_id = people.unit(plain, "AL2101").id
        duty.duty(plain, duty.roster(plain, scheme), july(8), None)
        factories.village_session(plain, "AL2101", session_date=july(8))
        plain.commit()
    record = duty_record(
        reading, people.actor(reading, WU), people.unit(reading, "AL21"), parse_period("2026-07"),
        at(17, 9), july(17) + timedelta(days=1),
    )  # fmt: skip
    assert [(line.name, line.due, line.held) for line in record.village_days] == [("（空岗）", 1, 0)]
