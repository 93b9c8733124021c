"""Each name of the query string against the same question asked of the rows in plain Python, on both databases."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from models.import_batch import ImportBatch
from models.petition import Petition, PetitionReply, PetitionStep
from models.planner import refresh_planner_statistics
from models.staff import Account
from queries import search_pages
from queries.petition_days import Days, days_left_in_words, light_of
from queries.petition_filter import PetitionFilter
from queries.petition_work import TABS, WORK_LISTS, work_counts
from queries.petitions import list_and_count_petitions, list_petitions, petition_totals, similar_petitions
from rules.errors import RuleViolation
from rules.lights import Light
from tests import factories, people
from tests.people import NOW, TODAY

DAYS = Days(TODAY, date(2026, 7, 20))
STAGES = (
    "pending",
    "sent",
    "objected",
    "received",
    "handling",
    "concluded",
    "closed",
    "reviewing",
    "finished",
)


def day(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def world(both):
    """Thirty-six petitions whose facts run in step with their place in the row, four void ones among them."""
    with both.app_context(), factories.plain_session() as session:
        batch = ImportBatch(
            kind="petitions", file_name="a.xlsx", stored_name="a", file_digest="0" * 64, state="done",
            unit_id=people.unit(session, "AL01").id, account_id=session.scalar(select(Account.id)), created_at=NOW,
        )  # fmt: skip
        session.add(batch)
        session.flush()
        for n in range(36):
            _add(session, n, batch.id)
        session.flush()
        refresh_planner_statistics(session)
        session.commit()
    return both


def _add(session, n, batch_id):
    stage = STAGES[n % 9]
    ended = stage in ("concluded", "closed", "finished", "reviewing")
    row = factories.petition(
        session,
        ("AL01", "AL21", "AL22")[n % 3],
        number=f"XF-2026-{n:05d}",
        external_number=f"HN4100{n:04d}",
        responsible="" if stage == "pending" else ("AL21", "AL11")[n % 2],
        registered_on=day(-n),
        channel=("letter", "visit", "online", "telephone")[n % 4],
        source_level=("county", "national", "province", "city", "township", "village")[n % 6],
        item_kind=("first", "repeat")[n % 5 == 0],
        purpose=("request", "appeal", "suggestion")[n % 3],
        title="" if n % 7 else "反映拖欠工资",
        content=f"反映第{n}件事，路灯不亮。",
        persons=n % 4 + 1,
        included=n % 6 != 1,
        judicial=n % 8 == 3,
        stage=stage,
        dispatch_kind=None if stage == "pending" else ("forward", "assign", "direct")[n % 3],
        dispatched_on=None if stage == "pending" else day(-n + n % 20),
        notified_on=day(-n + 12) if ended or stage == "handling" else None,
        notice_due_on=None if stage == "pending" else day(-n + 10 + n % 5),
        reply_due_on=day(-n + 70) if ended or stage == "handling" else None,
        acceptance="refused" if stage == "closed" else "accepted" if ended or stage == "handling" else None,
        handling_class=("petition", "litigation")[n % 2] if ended or stage == "handling" else None,
        concluded_on=day(-n + 60 + n % 20) if stage in ("concluded", "finished", "reviewing") else None,
        conclusion=("supported", "explained")[n % 4 == 1] if ended else None,
        resolution=("resolved", "unresolved", None)[n % 3],
        bureau_rating=("satisfied", "fairly", "unrated", None)[n % 4],
        unit_rating=("satisfied", None, "dissatisfied")[n % 3],
        executed_on=day(-1) if n == 14 else None,
        reported_on=day(-1) if n == 22 else None,
        archived_on=None,
        campaign="2026年第一批" if n % 9 == 4 else None,
        import_batch_id=batch_id if n in (5, 32) else None,
        next_due_on=None if ended else day(n % 11 - 3),
        next_due_key=None if ended else ("xfbm_dispatch", "xfr_notice", "handle")[n % 3],
        handler_id=session.scalar(select(Account.person_id).where(Account.username == "wu")) if n % 10 == 0 else None,
        voided_at=NOW if n in (7, 8, 9, 30) else None,
        void_reason="登记重复" if n in (7, 8, 9, 30) else None,
    )  # fmt: skip
    _add_papers(session, row, n)


def _add_papers(session, row, n):
    if row.stage == "handling":
        session.add(
            PetitionReply(
                petition_id=row.id, unit_id=row.responsible_unit_id, drafted_at=NOW, conclusion="explained",
                state=("draft", "submitted", "approved", "replaced")[n // 9],
            )
        )  # fmt: skip
        session.add(
            PetitionStep(
                petition_id=row.id, verb="request_extension", happened_on=TODAY, recorded_at=NOW,
                waits_for="decide_extension" if n in (4, 22, 31) else None, undone_at=NOW if n == 31 else None,
            )
        )  # fmt: skip
        session.flush()


def numbers(rows):
    return sorted(r.number for r in rows)


def asked(session, member, **args):
    chosen = PetitionFilter.from_args(MultiDict({name.rstrip("_"): value for name, value in args.items()}))
    return list_petitions(session, people.actor(session, member), chosen, DAYS, size=100).rows


def live(session):
    return [p for p in session.scalars(select(Petition)) if not p.is_void]


def _upto(column, first, last):
    return lambda p: getattr(p, column) is not None and first <= getattr(p, column) <= last


IN_TIME = {
    "dispatch": lambda p: (
        (p.dispatched_on is not None and p.dispatched_on <= p.dispatch_due_on)
        or (p.dispatch_kind == "direct" and p.notified_on is not None and p.notified_on <= p.dispatch_due_on)
    ),
    "notice": lambda p: bool(p.notified_on and p.notice_due_on and p.notified_on <= p.notice_due_on),
    "reply": lambda p: bool(p.concluded_on and p.reply_due_on and p.concluded_on <= p.reply_due_on),
}
JUNE = {"from": "2026-06-20", "to": "2026-07-05"}
SPAN = (date(2026, 6, 20), date(2026, 7, 5))
QUESTIONS = [
    (JUNE, _upto("registered_on", *SPAN)),
    ({"period": "2026-06"}, _upto("registered_on", date(2026, 6, 1), date(2026, 6, 30))),
    *[({"stage": code}, lambda p, code=code: p.stage == code) for code in STAGES],
    ({"channel": "online"}, lambda p: p.channel == "online"),
    ({"level": "national"}, lambda p: p.source_level == "national"),
    ({"kind": "repeat"}, lambda p: p.item_kind == "repeat"),
    ({"purpose": "appeal"}, lambda p: p.purpose == "appeal"),
    ({"class": "petition"}, lambda p: p.handling_class == "petition"),
    ({"acceptance": "refused"}, lambda p: p.acceptance == "refused"),
    ({"dispatch": "assign"}, lambda p: p.dispatch_kind == "assign"),
    ({"conclusion": "explained"}, lambda p: p.conclusion == "explained"),
    ({"resolution": "resolved"}, lambda p: p.resolution == "resolved"),
    ({"bureau_rating": "fairly"}, lambda p: p.bureau_rating == "fairly"),
    ({"unit_rating": "dissatisfied"}, lambda p: p.unit_rating == "dissatisfied"),
    ({"campaign": "2026年第一批"}, lambda p: p.campaign == "2026年第一批"),
    ({"clock": "xfr_notice"}, lambda p: p.next_due_key == "xfr_notice"),
    ({"light": "overdue"}, lambda p: p.next_due_on is not None and p.next_due_on < TODAY),
    ({"light": "today"}, lambda p: p.next_due_on == TODAY),
    ({"light": "near"}, lambda p: p.next_due_on is not None and TODAY < p.next_due_on <= DAYS.near_until),
    ({"light": "normal"}, lambda p: p.next_due_on is not None and p.next_due_on > DAYS.near_until),
    ({"included": "1"}, lambda p: p.included),
    ({"included": "0"}, lambda p: not p.included),
    ({"judicial": "1"}, lambda p: p.judicial),
    ({"counted": "1"}, lambda p: p.included and p.item_kind == "first" and not p.judicial),
    ({"upward": "1"}, lambda p: p.source_level in ("national", "province", "city")),
    ({"reached": "1"}, lambda p: p.responsible_unit_id is not None),
    ({"assigned": "1"}, lambda p: p.campaign is not None),
    *[({"on_time": name}, in_time) for name, in_time in IN_TIME.items()],
    ({"rated": "bureau"}, lambda p: p.bureau_rating in ("satisfied", "fairly", "dissatisfied")),
    ({"rated": "unit"}, lambda p: p.unit_rating in ("satisfied", "fairly", "dissatisfied")),
    ({"satisfied": "bureau"}, lambda p: p.bureau_rating in ("satisfied", "fairly")),
    ({"satisfied": "unit"}, lambda p: p.unit_rating == "satisfied"),
    *[
        ({f"{name}_from": "2026-06-20", f"{name}_to": "2026-07-05"}, _upto(column, *SPAN))
        for name, column in {
            "dispatch_due": "dispatch_due_on",
            "notice_due": "notice_due_on",
            "dispatched": "dispatched_on",
            "notified": "notified_on",
        }.items()
    ],
    (
        {"reply_due_from": "2026-08-20", "reply_due_to": "2026-09-20"},
        _upto("reply_due_on", date(2026, 8, 20), date(2026, 9, 20)),
    ),
    (
        {"concluded_from": "2026-08-20", "concluded_to": "2026-09-20"},
        _upto("concluded_on", date(2026, 8, 20), date(2026, 9, 20)),
    ),
    ({"q": "拖欠工资"}, lambda p: p.title == "反映拖欠工资"),
    ({"q": "HN41000003"}, lambda p: p.external_number == "HN41000003"),
    ({"q": "XF-2026-00003"}, lambda p: p.number == "XF-2026-00003"),
    ({"stage": "nonsense", "light": "met", "clock": "x", "rated": "x", "sort": "x", "state": "x"}, lambda _p: True),
]  # fmt: skip


def test_a_filter_lets_through_exactly_what_it_says(world, reading):
    wrong = []
    for args, holds in QUESTIONS:
        expected = [p for p in live(reading) if holds(p)]
        chosen = PetitionFilter.from_args(MultiDict(args))
        total = petition_totals(reading, people.actor(reading, people.WU), chosen, DAYS)
        shown = numbers(asked(reading, people.WU, **args))
        counted = (total.petitions, total.persons) == (len(expected), sum(p.persons for p in expected))
        if not expected or shown != numbers(expected) or not counted:
            wrong.append((args, shown, numbers(expected), total))
    assert wrong == []


ENDED = ("concluded", "closed", "finished")
WORK = {
    "to_forward": lambda p, _r: p.stage == "pending",
    "to_receive": lambda p, _r: p.stage == "sent",
    "to_decide_objection": lambda p, _r: p.stage == "objected",
    "to_notify": lambda p, _r: p.stage == "received",
    "handling": lambda p, _r: p.stage == "handling",
    "near": lambda p, _r: bool(p.next_due_on and TODAY <= p.next_due_on <= DAYS.near_until),
    "overdue": lambda p, _r: bool(p.next_due_on and p.next_due_on < TODAY),
    "to_serve": lambda p, r: p.stage == "handling" and r.get(p.id) == "approved" and p.served_on is None,
    "to_execute": lambda p, _r: (
        p.stage in ("concluded", "finished") and p.conclusion == "supported" and not p.executed_on
        and p.import_batch_id is None
    ),
    "to_report": lambda p, _r: (
        p.stage in ("handling", *ENDED) and p.dispatch_kind == "assign" and not p.reported_on
        and p.import_batch_id is None
    ),
    "to_rate": lambda p, _r: (
        p.concluded_on is not None and p.included and None in (p.bureau_rating, p.unit_rating)
    ),
    "to_archive": lambda p, _r: p.stage in ENDED and p.import_batch_id is None,
    "reviewing": lambda p, _r: p.stage == "reviewing",
    "concluded": lambda p, _r: p.concluded_on is not None,
}  # fmt: skip


def test_the_county_office_sees_each_work_list_whole(world, reading):
    states = reading.execute(select(PetitionReply.petition_id, PetitionReply.state))
    replies = {petition_id: state for petition_id, state in states}
    expected = {
        state: numbers(p for p in live(reading) if holds(p, replies)) for state, holds in WORK.items()
    }
    assert {state: numbers(asked(reading, people.WU, state=state)) for state in WORK} == expected
    assert all(expected.values())


def test_mine_is_what_i_handle(world, reading):
    assert numbers(asked(reading, people.WU, state="mine")) == [
        "XF-2026-00000",
        "XF-2026-00010",
        "XF-2026-00020",
    ]
    assert asked(reading, people.ZHENG, state="mine") == []


def test_a_unit_s_lists_hold_what_it_must_do_itself_and_not_what_it_sent_elsewhere(world, reading):
    def of(state):
        rows = [reading.get(Petition, r.id) for r in asked(reading, people.LIN, state=state)]
        return {
            (reading.get(Petition, p.id).unit.code, p.responsible_unit and p.responsible_unit.code)
            for p in rows
        }

    assert {unit for unit, _ in of("to_forward")} == set()
    assert {unit for unit, _ in of("to_decide_objection")} == set()
    for state in ("to_receive", "handling", "to_report", "to_archive"):
        assert {responsible for _, responsible in of(state)} == {"AL21"}, state


def test_approvals_wait_for_the_head_of_the_responsible_unit_alone(world, reading):
    """13 was submitted (县住建局), 4 and 22 ask for an extension (柳溪镇), 31's request was undone."""
    assert numbers(asked(reading, people.WU, state="to_approve")) == ["XF-2026-00013"]
    assert asked(reading, people.ZHAO, state="to_approve") == []
    assert numbers(asked(reading, people.ZHAO, state="to_extend")) == ["XF-2026-00004", "XF-2026-00022"]
    assert asked(reading, people.ZHENG, state="to_extend") == []


@pytest.mark.parametrize("member", [people.LIN, people.ZHAO, people.WU, people.ZHENG, people.HAN, people.ZHU])
def test_every_count_agrees_with_its_list(world, reading, member):
    actor = people.actor(reading, member)
    counts = work_counts(reading, actor, TODAY, DAYS.near_until)
    assert [c.key for c in counts] == list(TABS[member.role])
    assert {c.key: c.count for c in counts} == {
        c.key: len(asked(reading, member, state=c.key)) for c in counts
    }
    assert any(c.count for c in counts)


def test_counts_take_one_statement_and_none_for_who_has_no_petitions(world, reading, count_statements):
    wu, chen = people.actor(reading, people.WU), people.actor(reading, people.CHEN)
    with count_statements(world) as statements:
        work_counts(reading, wu, TODAY, DAYS.near_until)
    assert len(statements) == 1
    with count_statements(world) as statements:
        assert work_counts(reading, chen, TODAY, DAYS.near_until) == []
    assert len(statements) == 0


def test_every_tab_is_a_work_list():
    assert {key for keys in TABS.values() for key in keys} <= WORK_LISTS.keys()


def test_units_are_meant_with_everything_below(world, reading):
    root, township = people.unit(reading, "AL"), people.unit(reading, "AL21")
    rows = live(reading)
    assert len(asked(reading, people.WU, unit=str(root.id))) == len(rows) == 32
    assert numbers(asked(reading, people.WU, unit=str(township.id))) == numbers(
        p for p in rows if p.unit_id == township.id
    )
    assert numbers(asked(reading, people.WU, responsible=str(township.id))) == numbers(
        p for p in rows if p.responsible_unit_id == township.id
    )


def test_a_category_is_meant_with_what_stands_below_it(world, reading):
    chosen = factories.category(reading)
    above = chosen.parent_id or chosen.id
    assert len(asked(reading, people.WU, category=str(above))) == 32
    assert asked(reading, people.WU, category="999999") == []


def test_a_batch_shows_what_it_brought(world, reading):
    batch = reading.scalar(select(ImportBatch.id))
    assert numbers(asked(reading, people.WU, batch=str(batch))) == ["XF-2026-00005", "XF-2026-00032"]


def test_void_ones_stand_in_their_own_list(world, reading):
    assert numbers(asked(reading, people.WU, state="void")) == [f"XF-2026-{n:05d}" for n in (7, 8, 9, 30)]


@pytest.mark.parametrize(
    ("sort", "key", "backwards"),
    [
        ("registered", lambda r: (r.registered_on, r.id), True),
        ("registered-up", lambda r: (r.registered_on, r.id), False),
        ("due", lambda r: (r.next_due_on, r.id), False),
        ("concluded", lambda r: (r.concluded_on, r.id), True),
        ("number", lambda r: r.number, False),
        ("entered", lambda r: r.id, True),
    ],
)
def test_each_order_pages_through_everything_once(world, reading, sort, key, backwards):
    wu = people.actor(reading, people.WU)
    found, after = [], ""
    while after is not None:
        page = list_petitions(reading, wu, PetitionFilter(sort=sort), DAYS, after=after, size=5)
        found += page.rows
        after = page.after
    assert len({r.id for r in found}) == len(found) >= 10
    for one, next_ in pairwise(found):
        assert (key(one) > key(next_)) is backwards


def test_a_search_counts_with_the_same_look(world, reading, count_statements):
    wu = people.actor(reading, people.WU)
    with count_statements(world) as statements:
        page, total = list_and_count_petitions(reading, wu, PetitionFilter(q="路灯"), DAYS)
    assert (len(page.rows), total.petitions, total.at_least, len(statements)) == (32, 32, False, 3)


def test_frequent_words_show_the_same_pages_and_are_counted_so_far(world, reading, monkeypatch):
    shown, wu, chosen = 32, people.actor(reading, people.WU), PetitionFilter(q="路灯")
    rare, _ = list_and_count_petitions(reading, wu, chosen, DAYS)
    monkeypatch.setattr(search_pages, "MANY", 7)
    page, total = list_and_count_petitions(reading, wu, chosen, DAYS)
    assert [r.id for r in page.rows] == [r.id for r in rare.rows]
    assert len(page.rows) == shown
    assert (total.petitions, total.at_least) == (7, True)


def test_frequent_words_of_a_unit_are_still_counted_to_the_last(world, reading, monkeypatch):
    """The words are frequent in the county; what the reader may see of them is not."""
    lin, chosen = people.actor(reading, people.LIN), PetitionFilter(q="路灯")
    rare, exact = list_and_count_petitions(reading, lin, chosen, DAYS)
    monkeypatch.setattr(search_pages, "MANY", 20)
    monkeypatch.setattr(search_pages, "LOOKED_AT", 1)
    page, total = list_and_count_petitions(reading, lin, chosen, DAYS)
    assert exact.petitions == 19
    assert ([r.id for r in page.rows], total) == ([r.id for r in rare.rows], exact)


def test_the_address_of_a_filter_gives_the_same_filter_again():
    args = {
        "from": "2026-06-01", "to": "2026-06-30", "unit": "3", "stage": "handling", "class": "petition", "on_time": "reply",
        "concluded_from": "2026-07-01", "campaign": "2026年第一批", "state": "overdue", "light": "overdue",
        "clock": "handle", "q": "路灯", "sort": "due",
    }  # fmt: skip
    assert PetitionFilter.from_args(MultiDict(args)).to_args() == args


def test_a_filter_says_in_words_what_it_shows(world, reading):
    args = {
        "from": "2026-06-01", "to": "2026-06-30", "unit": str(people.unit(reading, "AL21").id), "channel": "letter",
        "counted": "1", "concluded_from": "2026-07-01", "light": "overdue", "clock": "handle", "q": "路灯",
    }  # fmt: skip
    assert PetitionFilter.from_args(MultiDict(args)).sentence(reading) == (
        "2026-06-01 至 2026-06-30，柳溪镇及下级登记，来信，计入考核（纳入统计、初件、非涉法涉诉），办结 2026-07-01 以来，"
        "超期，等待办结答复，含“路灯”"
    )


@pytest.mark.parametrize("name", ["from", "to", "concluded_to", "dispatch_due_from"])
def test_a_day_that_cannot_be_read_is_named(name):
    with pytest.raises(RuleViolation) as refused:
        PetitionFilter.from_args(MultiDict({name: "15.07.2026"}))
    assert refused.value.field == name


@pytest.mark.parametrize(
    ("due", "light", "words"),
    [
        (date(2026, 7, 14), Light.OVERDUE, "已超 1 天"),
        (date(2026, 7, 15), Light.TODAY, "今天到期"),
        (date(2026, 7, 16), Light.NEAR, "还有 1 天"),
        (date(2026, 7, 20), Light.NEAR, "还有 5 天"),
        (date(2026, 7, 21), Light.NORMAL, "还有 6 天"),
        (None, None, ""),
    ],
)
def test_a_light_and_the_days_left(due, light, words):
    assert (light_of(due, DAYS), days_left_in_words(due, TODAY)) == (light, words)


def likened(session, member, title="", **known):
    asked_for = {"names": [], "id_digests": [], "telephone_digests": []} | known
    found = similar_petitions(session, people.actor(session, member), today=TODAY, title=title, **asked_for)
    return [p.number for p in found]


def test_likeness_goes_by_names_that_are_read_and_by_the_words_of_the_title(both, reading):
    with both.app_context(), factories.plain_session() as session:
        factories.petition(session, number="XF-1", names=("郑小河",), title="反映村口路灯不亮")
        factories.petition(session, "AL22", number="XF-2", names=("郑小河",), title="反映其他")
        factories.petition(session, number="XF-3", title="反映村口路灯不亮", registered_on=date(2024, 1, 1))
        session.commit()
    assert likened(reading, people.WU, names=["郑小河"]) == ["XF-1"]
    assert likened(reading, people.BAI, names=["郑小河"]) == ["XF-2"]
    assert likened(reading, people.WU, "村口路灯不亮") == ["XF-1"]
    assert likened(reading, people.BAI, "村口路灯不亮") == []
    assert likened(reading, people.WU, "路灯") == []
    assert likened(reading, people.WU) == []


def test_filters_that_ask_the_same_are_one_key_and_others_are_not():
    def key(**args):
        return PetitionFilter.from_args(args)

    assert len({key(stage="handling", q="工资"), key(q="工资", stage="handling")}) == 1
    assert len({key(), key(category="0"), key(batch="0"), key(q="工资"), key(sort="due")}) == 5
