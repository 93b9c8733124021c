"""村级接访 and 领导接访 from sheets."""

import pytest
from sqlalchemy import select

from models.leader_reception import LeaderReception
from models.village_session import VillageSession
from tests import factories, people
from tests.sheets import RECEPTION, SESSION, errors

QUIET = SESSION | {h: 0 for h in SESSION if "批次" in h or "人次" in h} | {"方式": "无事排查"}


def test_a_session_is_stored_with_its_three_parts(county, bring):
    bring("village-sessions", [SESSION | {"参加人": "张平", "备注": "雨天"}], people.LIN)
    row = county.scalars(select(VillageSession)).one()
    assert (row.number, row.unit.code, row.mode, row.attendees, row.notes) == (
        "CJ-AL2101-2026-00001",
        "AL2101",
        "visitors",
        "张平",
        "雨天",
    )
    assert (row.batches, row.persons, row.solved_batches, row.solved_persons) == (2, 3, 1, 2)
    assert (row.committed_batches, row.committed_persons, row.escalated_batches, row.escalated_persons) == (
        1,
        1,
        0,
        0,
    )
    assert row.voided_at is None


def test_any_weekday_and_a_session_without_visitors_may_be_brought_in(check):
    assert not check("village-sessions", [QUIET | {"日期": "2026-07-13"}]).sheet.refused


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        ({"批次": 3}, "批次", "三项去向合计 2 批，与总批次 3 批相差 1 批。"),
        ({"人次": 4}, "人次", "三项去向合计 3 人，与总人次 4 人相差 1 人。"),
        ({"村": "AL21"}, "村", "不是村或社区"),
        ({"村": "AL2201"}, "村", "不在您的管辖范围"),
        ({"方式": "开会"}, "方式", "有访接访、无访说案、无案说事、无事排查"),
        ({"日期": "2026-07-22"}, "日期", "晚于今天"),
        ({"梳理上报人次": None}, "梳理上报人次", "必填"),
        ({"现场解决批次": -1}, "现场解决批次", "负数"),
    ],
)
def test_each_error_of_a_session_stands_at_its_cell(check, change, heading, words):
    found = check("village-sessions", [SESSION | change], people.LIN)
    assert [(row, at) for row, at, _ in errors(found)] == [(2, heading)]
    assert words in errors(found)[0][2]


def test_one_village_has_one_session_a_day(check, bring):
    other = {"备注": "另一份"}
    assert errors(check("village-sessions", [SESSION, SESSION])) == [
        (3, "村", "上河村 2026-07-15 与第 2 行重复，一个村一天只登记一次。")
    ]
    bring("village-sessions", [SESSION])
    assert check("village-sessions", [SESSION]).sheet.known == 1
    assert (
        "已登记为 CJ-AL2101-2026-00001，内容不同"
        in errors(check("village-sessions", [SESSION | other]))[0][2]
    )


def test_a_session_typed_by_hand_with_the_same_content_is_known(check, both):
    with factories.plain_session() as session, session.begin():
        factories.village_session(
            session, mode="visitors", batches=1, persons=1, solved_batches=1, solved_persons=1
        )
    typed = QUIET | {"方式": "有访接访", "批次": 1, "人次": 1, "现场解决批次": 1, "现场解决人次": 1}
    found = check("village-sessions", [typed])
    assert (found.sheet.known, found.sheet.refused) == (1, False)


def test_a_leader_of_the_staff_is_linked_others_stand_as_written(county, bring):
    bring("leader-receptions", [RECEPTION, RECEPTION | {"领导": "外来领导", "职务": "副市长"}])
    rows = county.scalars(select(LeaderReception).order_by(LeaderReception.id)).all()
    assert [(r.number, r.leader_name, r.post) for r in rows] == [
        ("LD-AL01-2026-00001", "韩副县长", ""), ("LD-AL01-2026-00002", "外来领导", "副市长"),
    ]  # fmt: skip
    assert rows[0].leader.name == "韩副县长"
    assert rows[1].leader_id is None
    assert (rows[0].batches, rows[0].persons, rows[0].solved, rows[0].mode) == (3, 5, 1, "fixed")


def test_equal_receptions_are_counted(check, bring):
    bring("leader-receptions", [RECEPTION, RECEPTION])
    assert check("leader-receptions", [RECEPTION, RECEPTION]).sheet.new == []
    assert len(check("leader-receptions", [RECEPTION] * 3).sheet.new) == 1


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        ({"领导": None}, "领导", "必填"),
        ({"方式": "下访"}, "方式", "定点接访、重点约访、带案下访、下沉接访"),
        ({"人次": 2}, "人次", "总人次 2 少于总批次 3"),
        ({"单位": "EX01"}, "单位", "外部单位"),
        ({"解决件数": "多"}, "解决件数", "不是整数"),
    ],
)
def test_each_error_of_a_reception_stands_at_its_cell(check, change, heading, words):
    found = check("leader-receptions", [RECEPTION | change])
    assert [(row, at) for row, at, _ in errors(found)] == [(2, heading)]
    assert words in errors(found)[0][2]
