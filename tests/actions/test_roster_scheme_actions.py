"""班次设置 on both databases: making, changing, closing; members, shares and pairs."""

from datetime import date, time

import pytest
from sqlalchemy import select

from actions import audit
from actions.roster_members import (
    MemberData,
    PairData,
    add_members,
    change_members,
    change_pairs,
)
from actions.roster_schemes import PostData, change_scheme, close_scheme, make_scheme
from models.roster import RosterPair, RosterPost, RosterScheme
from queries.roster_schemes import live_posts, next_span, staff_to_add, whole_scheme
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.roster_words import Pattern, RosterKind
from tests import factories, people, rotas
from tests.people import TODAY
from tests.rotas import how, posts, settings


def make(session, key="", **values):
    return make_scheme(
        session, **how(session), today=TODAY, data=settings(session, **values), submission_key=key
    )


def change(session, rota, **values):
    change_scheme(
        session,
        **how(session),
        today=TODAY,
        scheme=rota,
        version=values.pop("version", rota.version),
        data=settings(session, **values),
    )


def refused(call, *args, **values):
    with pytest.raises((RuleViolation, RuleViolations)) as caught:
        call(*args, **values)
    found = getattr(caught.value, "violations", [caught.value])
    return {violation.field: violation.message for violation in found}


def test_a_rota_is_made_once_however_often_the_form_is_sent(session):
    first, second = make(session, key="once"), make(session, key="once")
    session.commit()
    assert first.id == second.id
    assert [post.name for post in whole_scheme(session, first.id).posts] == ["带班领导", "值班员"]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": " "}, "name", "请填写名称"),
        ({"pattern": Pattern.WEEKLY, "days": ()}, "weekdays", "至少选一个星期几"),
        ({"pattern": Pattern.MONTHLY, "days": (32,)}, "month_days", "1 至 31"),
        ({"rest_hours": 241}, "rest_hours", "0 至 240"),
        ({"most_in_row": 0}, "most_in_row", "1 至 31"),
        ({"posts": ()}, "posts", "至少要有一个岗位"),
        ({"posts": posts("值班员", "值班员")}, "post-1-name", "有两行"),
        ({"posts": (PostData(0, "值班员", None, time(8)),)}, "post-0-starts", "请填写开始时间"),
        ({"posts": posts("值班员", need=21)}, "post-0-need", "1 至 20"),
    ],
)
def test_bad_settings_are_told_at_their_field(session, values, field, words):
    assert words in refused(make, session, **values)[field]


def test_another_office_and_a_village_are_refused(session):
    assert "本单位" in refused(make, session, unit="AL22")["unit"]
    assert "不单独排班" in refused(make, session, unit="AL2101")["unit"]


def test_two_open_rotas_of_a_unit_have_two_names_and_a_closed_one_gives_its_name_back(session):
    first = make(session)
    assert "已有名为" in refused(make, session)["name"]
    close_scheme(session, **how(session), scheme=first, version=first.version, reason="不再值班")
    assert make(session).id != first.id
    assert "已停用" in refused(change, session, first)[None]


def test_a_save_over_somebody_elses_is_told(session):
    rota = make(session)
    change(session, rota, place="二楼值班室")
    with pytest.raises(StaleVersion):
        change(session, rota, version=rota.version - 1, place="三楼")


def test_a_post_that_was_planned_with_is_succeeded_and_the_old_roster_keeps_it(session):
    rota = rotas.scheme(session)
    rotas.planned(session, rota, date(2026, 8, 1), date(2026, 8, 3))
    old = live_posts(whole_scheme(session, rota.id))
    new = tuple(
        PostData(n, "总值班" if n == 0 else post.name, post.starts_at, post.ends_at, id=post.id)
        for n, post in enumerate(old)
    )
    change(session, rota, posts=new)
    session.commit()
    whole = whole_scheme(session, rota.id)
    assert [post.name for post in live_posts(whole)] == ["总值班", "值班员"]
    assert session.get_one(RosterPost, old[0].id).retired_at is not None
    assert live_posts(whole)[1].id == old[1].id
    newest = live_posts(whole)[0].id
    assert all(newest in {link.post_id for link in m.posts} for m in whole.members)


def test_a_post_that_nobody_planned_with_is_changed_in_place(session):
    rota = make(session)
    (first, second) = live_posts(whole_scheme(session, rota.id))
    change(session, rota, posts=(PostData(0, "总值班", time(9), time(9), id=first.id),))
    assert [(p.id, p.name) for p in live_posts(whole_scheme(session, rota.id))] == [(first.id, "总值班")]
    assert session.get_one(RosterPost, second.id).retired_at is not None


def test_several_people_join_at_once_in_all_posts_or_in_those_chosen(session):
    rota, ids = make(session), rotas.staff(session)
    leader = live_posts(whole_scheme(session, rota.id))[0].id
    assert {s.name for s in staff_to_add(session, rota, TODAY)} >= set(rotas.SIX)
    for some, chosen in ((ids[:2], [leader]), (ids[2:], [])):
        add_members(
            session,
            **how(session),
            today=TODAY,
            scheme=rota,
            version=rota.version,
            person_ids=some,
            post_ids=chosen,
        )
    session.commit()
    members = whole_scheme(session, rota.id).members
    assert [m.person.name for m in members] == list(rotas.SIX)
    assert [len(m.posts) for m in members] == [1, 1, 2, 2, 2, 2]
    assert not {s.person_id for s in staff_to_add(session, rota, TODAY)} & set(ids)


def test_who_joins_a_rota_that_was_planned_takes_part_from_that_day(session):
    rota = rotas.scheme(session)
    rotas.planned(session, rota, date(2026, 8, 1), date(2026, 8, 3))
    (late,) = rotas.staff(session, ("庚七",))
    add_members(session, **how(session), today=TODAY, scheme=rota, version=rota.version, person_ids=[late])
    assert [m.first_day for m in whole_scheme(session, rota.id).members if m.person_id == late] == [TODAY]


def rows_of(session, rota):
    return {
        m.person.name: MemberData(
            m.id, m.id, m.position, m.first_day, m.last_day, m.share, frozenset(p.post_id for p in m.posts)
        )
        for m in whole_scheme(session, rota.id).members
    }


def change_people(session, rota, rows):
    change_members(
        session, **how(session), today=TODAY, scheme=rota, version=rota.version, rows=list(rows.values())
    )


def test_order_share_posts_and_deputy_are_changed_together(session):
    from dataclasses import replace

    rota = rotas.scheme(session)
    rows = rows_of(session, rota)
    post = live_posts(whole_scheme(session, rota.id))[1].id
    people_by_name = {m.person.name: m.person_id for m in whole_scheme(session, rota.id).members}
    rows["己六"] = replace(
        rows["己六"], position=0, share=50, posts=frozenset({post}), deputy_id=people_by_name["甲一"]
    )
    rows["乙二"] = replace(rows["乙二"], leaves=True)
    change_people(session, rota, rows)
    session.commit()
    members = {m.person.name: m for m in whole_scheme(session, rota.id).members}
    assert [m for m in members][0] == "己六"
    assert (members["己六"].share, len(members["己六"].posts)) == (50, 1)
    assert members["己六"].deputy.name == "甲一"
    assert members["乙二"].last_day == date(2026, 7, 14)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"share": 55}, "share", "十的整倍数"),
        ({"first_day": date(2026, 8, 2), "last_day": date(2026, 8, 1)}, "last_day", "早于起始日期"),
        ({"deputy_id": 1}, "deputy", "本班次里的人"),
    ],
)
def test_bad_rows_of_members_are_told_at_their_cell(session, values, field, words):
    from dataclasses import replace

    rota = rotas.scheme(session)
    rows = rows_of(session, rota)
    rows["甲一"] = replace(rows["甲一"], **values)
    found = refused(change_people, session, rota, rows)
    assert words in found[f"member-{rows['甲一'].number}-{field}"]


def change_all_pairs(session, rota, *rows):
    change_pairs(session, **how(session), scheme=rota, version=rota.version, rows=rows)


def test_pairs_are_added_turned_and_dropped(session):
    ids = rotas.staff(session)
    rota = rotas.scheme(session, who=ids)
    change_all_pairs(session, rota, PairData(0, ids[1], ids[0], True), PairData(1, ids[2], ids[3], False))
    change_all_pairs(session, rota, PairData(0, ids[0], ids[1], False))
    session.commit()
    assert [(p.one_id, p.other_id, p.together) for p in session.scalars(select(RosterPair))] == [
        (ids[0], ids[1], False)
    ]


def test_a_pair_of_one_person_or_of_a_stranger_is_told_at_its_row(session):
    ids = rotas.staff(session)
    rota = rotas.scheme(session, who=ids)
    stranger = people.actor(session, people.BAI).person_id
    found = refused(
        change_all_pairs,
        session,
        rota,
        PairData(0, ids[0], ids[0], True),
        PairData(1, ids[0], stranger, True),
    )
    assert "不同的人" in found["pair-0-other"] and "本班次里" in found["pair-1-one"]


def test_what_one_would_plan_next_is_next_month_and_then_goes_on(session):
    rota = rotas.scheme(session)
    assert next_span(session, rota.id, TODAY) == (date(2026, 8, 1), date(2026, 8, 31))
    rotas.planned(session, rota, date(2026, 8, 1), date(2026, 8, 20))
    assert next_span(session, rota.id, TODAY) == (date(2026, 8, 21), date(2026, 8, 31))
    assert session.scalar(select(RosterScheme.id)) == rota.id


@pytest.mark.parametrize(("code", "fine"), [("AL", True), ("AL21", True), ("AL22", False)])
def test_a_special_rota_is_of_a_period_of_its_own_line(session, code, fine):
    period = factories.special_period(session, code)
    audit.record(
        session, actor=people.SYSTEM, now=people.NOW, action="special_period.declare", subject=period
    )
    period_id = period.id
    values = {"kind": RosterKind.SPECIAL, "period_id": period_id}
    if fine:
        assert make(session, **values).period_id == period_id
    else:
        assert "period" in refused(make, session, **values)
    session.commit()
