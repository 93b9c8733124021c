"""Who sees which bulletin in which state, and what the archive finds, on both databases."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.bulletin_search import index_bulletin
from actions.bulletins import void_bulletin, withdraw_bulletin
from models.bulletin import BulletinRecipient
from queries.bulletins import (
    ORDERS,
    STATES,
    BulletinFilter,
    bulletins_to_issue,
    bulletins_unread,
    corrections_of,
    count_bulletins,
    count_of,
    list_bulletins,
    load_bulletin,
)
from rules.bulletin_kinds import BulletinKind
from rules.errors import NotVisible, RuleViolation
from rules.roles import Role
from tests import bulletins, factories, people
from tests.people import BAI, CHEN, HAN, LIN, NOW, WU, ZHAO, ZHENG, ZHU, actor, unit
from web.unit_of_work import writing

READERS = (CHEN, LIN, ZHAO, BAI, ZHU, WU, ZHENG, HAN)


def ids_of(session, *codes):
    return frozenset(unit(session, code).id for code in codes)


@pytest.fixture
def offices(session):
    """One of the bureau and one of 柳溪镇 in every state; what is issued goes to 柳溪镇 and 上河村."""
    made = {}
    places = {"county": (WU, ZHENG, "AL", "安信通"), "township": (LIN, ZHAO, "AL21", "柳信通")}
    for name, (writer, head, subject, word) in places.items():
        register = bulletins.register(session, head, word)
        to = ids_of(session, "AL21", "AL2101")

        def new(step, *, _writer=writer, _subject=subject, _to=to):
            return step(session, _writer, subject=_subject, recipients=_to)

        void, withdrawn = new(bulletins.drafted), new(bulletins.submitted)
        void_bulletin(
            session, actor=actor(session, writer), now=NOW, row=void, version=void.version, reason="重复"
        )
        bulletins.issue(session, withdrawn, register, by=head)
        withdraw_bulletin(
            session, actor=actor(session, head), now=NOW, row=withdrawn, version=withdrawn.version,
            reason="发错",
        )  # fmt: skip
        made |= {
            f"{name} draft": new(bulletins.drafted).id,
            f"{name} submitted": new(bulletins.submitted).id,
            f"{name} issued": bulletins.issue(session, new(bulletins.submitted), register, by=head).id,
            f"{name} withdrawn": withdrawn.id,
            f"{name} void": void.id,
        }
    session.commit()
    return made


ALL, OUT = ("draft", "submitted", "issued", "withdrawn", "void"), ("issued", "withdrawn")
SEEN = {
    "wu": {"county": ALL, "township": OUT},
    "zheng": {"county": ALL, "township": OUT},
    "han": {"county": OUT, "township": OUT},
    "lin": {"county": OUT, "township": ALL},
    "zhao": {"county": OUT, "township": ALL},
    "chen": {"county": OUT, "township": OUT},
    "bai": {},
    "zhu": {},
}
"""What each member sees: the own office's in every state, of others what was issued below or sent to him."""


@pytest.mark.parametrize("who", READERS, ids=lambda m: m.username)
def test_who_sees_which_bulletin(session, offices, who):
    reader = actor(session, who)
    expected = {f"{place} {state}" for place, states in SEEN[who.username].items() for state in states}
    listed = shown(session, who, BulletinFilter()) | shown(session, who, BulletinFilter(state="void"))
    assert {name for name, row_id in offices.items() if row_id in listed} == expected
    for name, row_id in offices.items():
        if name in expected:
            assert load_bulletin(session, reader, row_id).id == row_id
        else:
            with pytest.raises(NotVisible):
                load_bulletin(session, reader, row_id)


@pytest.mark.parametrize("role", [Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR])
def test_the_three_administrators_read_none(session, offices, role):
    who = next(m for m in people.CAST if m.role is role)
    assert shown(session, who, BulletinFilter()) == set()


def shown(session, who, chosen):
    return {row.id for row in list_bulletins(session, actor(session, who), chosen).rows}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", {"county draft"}),
        ("submitted", {"county submitted"}),
        ("issued", {"county issued", "township issued"}),
        ("withdrawn", {"county withdrawn", "township withdrawn"}),
        ("void", {"county void"}),
        ("", {"county draft", "county submitted", "county issued", "county withdrawn", "township issued",
              "township withdrawn"}),
    ],
)  # fmt: skip
def test_states(session, offices, state, expected):
    found = shown(session, WU, BulletinFilter(state=state))
    assert {name for name, row_id in offices.items() if row_id in found} == expected
    assert count_bulletins(session, actor(session, WU), BulletinFilter(state=state)) == len(expected)


def test_unread_is_what_was_issued_to_the_own_unit_and_not_withdrawn(session, offices):
    assert shown(session, LIN, BulletinFilter(state="unread")) == {
        offices["county issued"], offices["township issued"],
    }  # fmt: skip
    assert count_of(session, bulletins_unread(session, actor(session, LIN))) == 2
    assert count_of(session, bulletins_unread(session, actor(session, WU))) == 0


def test_what_waits_is_the_own_office_s(session, offices):
    waiting = {
        who.username: set(session.scalars(bulletins_to_issue(session, actor(session, who))))
        for who in (ZHENG, ZHAO, WU)
    }
    assert waiting == {
        "zheng": {offices["county submitted"]}, "zhao": {offices["township submitted"]}, "wu": set(),
    }  # fmt: skip


@pytest.fixture
def archive(session):
    """Three issued bulletins of the bureau."""
    register = bulletins.register(session)
    days = (date(2026, 1, 5), date(2026, 3, 2), date(2026, 7, 15))
    texts = (
        ("关于一月工作的通报", "2026-01", "抓好道路修复。"),
        ("关于二月工作的通报", "2026-02", "抓好饮水安全。"),
        ("关于六月工作的通报", "2026-06", "共接待〔接待来访批次〕批，抓好道路养护。"),
    )
    made = []
    for day, (title, period, source) in zip(days, texts, strict=True):
        row = bulletins.submitted(session, title=title, source=source, period=bulletins.parse_period(period))
        made.append(bulletins.issue(session, row, register, today=day).id)
    session.commit()
    return made


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({}, [3, 2, 1]),
        ({"q": "安信通〔2026〕2号"}, [2]),
        ({"q": "安信通"}, [3, 2, 1]),
        ({"q": "二月"}, [2]),
        ({"q": "道路"}, [3, 1]),
        ({"q": "道路 养护"}, [3]),
        ({"q": "共接待0批"}, [3]),
        ({"q": "接待来访批次"}, []),
        ({"q": "没有这样的话"}, []),
        ({"period": "2026Q1"}, [2, 1]),
        ({"period": "2026-06"}, [3]),
        ({"period": "2025"}, []),
        ({"from": "2026-03-02"}, [3, 2]),
        ({"to": "2026-03-02"}, [2, 1]),
        ({"kind": "monthly"}, [3, 2, 1]),
        ({"kind": "daily"}, []),
        ({"sort": "date-up"}, [1, 2, 3]),
        ({"sort": "period"}, [3, 2, 1]),
        ({"unit": "not a number", "kind": "nonsense", "state": "nonsense", "sort": "nonsense"}, [3, 2, 1]),
    ],
)
def test_the_archive_by_number_title_printed_text_and_period(session, archive, args, expected):
    chosen = BulletinFilter.from_args(args)
    rows = list_bulletins(session, actor(session, HAN), chosen).rows
    assert [archive.index(row.id) + 1 for row in rows] == expected
    assert BulletinFilter.from_args(chosen.to_args()) == chosen


def test_a_draft_is_found_by_what_its_author_wrote(session):
    row = bulletins.drafted(session, source="要求各单位做好防汛工作。")
    assert shown(session, WU, BulletinFilter(q="防汛")) == {row.id}
    assert shown(session, ZHAO, BulletinFilter(q="防汛")) == set()


@pytest.mark.parametrize(
    ("args", "field"), [({"period": "soon"}, "period"), ({"from": "15.7.2026"}, "from"), ({"to": "x"}, "to")]
)
def test_what_cannot_be_read_is_named_at_its_field(args, field):
    with pytest.raises(RuleViolation) as refusal:
        BulletinFilter.from_args(args)
    assert refusal.value.field == field


def test_the_filter_in_words(session):
    chosen = BulletinFilter.from_args(
        {"from": "2026-01-01", "to": "2026-06-30", "kind": "monthly", "state": "issued", "q": "道路",
         "period": "2026Q1", "unit": str(unit(session, "AL01").id)}
    )  # fmt: skip
    words = chosen.sentence(session)
    assert words == "2026-01-01 至 2026-06-30，县信访局，月站队，期间在 2026年第一季度，已印发，含“道路”"


WORDS = st.text(alphabet="道路防汛0a〔〕%_'\"*:&|! ", max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=WORDS, kind=st.sampled_from(["", *(k.value for k in BulletinKind), "x"]),
    state=st.sampled_from([*STATES, "x"]), sort=st.sampled_from([*ORDERS, "x"]),
    period=st.sampled_from(["", "2026", "2026-W29", "2026H1"]), after=st.text(alphabet="2026-~0715x", max_size=14),
)  # fmt: skip
def test_every_combination_of_filters_is_answered_and_its_count_agrees(
    session, archive, q, kind, state, sort, period, after
):
    args = {"q": q, "kind": kind, "state": state, "sort": sort, "period": period}
    chosen = BulletinFilter.from_args(args)
    rows = list_bulletins(session, actor(session, WU), chosen).rows
    assert len(rows) == count_bulletins(session, actor(session, WU), chosen)
    list_bulletins(session, actor(session, WU), chosen, after=after)


def test_corrections_are_shown_once_they_are_issued(session):
    register = bulletins.register(session)
    wrong = bulletins.issue(session, bulletins.submitted(session), register)
    correction = bulletins.submitted(session, kind=BulletinKind.CORRECTION, corrects_id=wrong.id)
    assert corrections_of(session, actor(session, WU), wrong.id) == []
    bulletins.issue(session, correction, register)
    assert corrections_of(session, actor(session, WU), wrong.id) == [correction]


def fill(session, number):
    for place in range(number):
        row = factories.bulletin(session, title=f"第{place}份", listed_on=date(2026, 1, 1 + place % 20))
        session.add_all(
            BulletinRecipient(bulletin_id=row.id, unit_id=i) for i in ids_of(session, "AL21", "AL22")
        )
        index_bulletin(session, row)
    session.commit()


def test_a_page_of_fifty_is_one_statement(both, count_statements):
    with both.app_context():
        with factories.plain_session() as plain:
            fill(plain, 60)
        with writing() as session:
            reader = actor(session, WU)
        with count_statements(both) as statements:
            page = list_bulletins(session, reader, BulletinFilter())
        assert (len(page.rows), len(statements)) == (50, 1)
        assert {(r.recipients, r.readers, r.unread) for r in page.rows} == {(2, 0, False)}


def test_pages_follow_one_another_without_loss_in_every_order(both):
    with both.app_context():
        with factories.plain_session() as plain:
            fill(plain, 23)
        with writing() as session:
            reader = actor(session, WU)
            for sort in ORDERS:
                chosen, found, after = BulletinFilter(sort=sort), [], ""
                while True:
                    page = list_bulletins(session, reader, chosen, after=after, size=10)
                    found += [r.id for r in page.rows]
                    if page.after is None:
                        break
                    after = page.after
                assert (len(found), len(set(found))) == (23, 23)
                back = list_bulletins(session, reader, chosen, before=page.before, size=10)
                assert [r.id for r in back.rows] == found[10:20]
