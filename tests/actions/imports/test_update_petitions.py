"""A sheet that names petitions which are here already: what it adds, what it may not change, and how it is undone."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.imports.kinds import KINDS
from actions.imports.undo import undo_batch
from actions.petitions.dispatching import receive
from actions.petitions.steps import Act
from models.audit_entry import AuditEntry
from models.deadline import Deadline
from models.import_batch import ImportBatch
from models.petition import Petition, PetitionStep
from queries.petition_scope import load_petition
from rules.errors import RuleViolation
from rules.petition_rules import ALREADY_SOMEWHERE
from tests import factories, letters, people
from tests.petitions import registered
from tests.sheets import PETITION, errors
from web.unit_of_work import writing

NUMBERED = PETITION | {"省系统编号": "XF2026030001", "登记日期": "2026-03-02"}
SENT = NUMBERED | {"办理方式": "转送", "转送交办日期": "2026-03-05", "责任单位": "AL11"}
ENDED = SENT | {
    "单位收到日期": "2026-03-06", "告知日期": "2026-03-10", "告知结果": "受理", "办理类别": "信访处理", "延期天数": 20,
    "延期批准日期": "2026-05-08", "办结日期": "2026-05-20", "答复送达日期": "2026-05-18", "处理结论": "支持", "化解状态": "化解",
    "信访部门评价": "满意", "责任单位评价": "基本满意", "交办批次": "百日攻坚", "问题属地": "AL2101",
}  # fmt: skip
DUE = ("dispatch_due_on", "notice_due_on", "reply_due_on", "next_due_on", "next_due_key")


def the_only(session) -> Petition:
    session.expire_all()
    return session.scalars(select(Petition)).one()


def clocks(session):
    rows = session.scalars(select(Deadline).order_by(Deadline.started_on, Deadline.key))
    return [(row.key, row.due_on, row.met_on, row.ended_on) for row in rows]


def lines(session):
    rows = session.scalars(
        select(PetitionStep).where(PetitionStep.undone_at.is_(None)).order_by(PetitionStep.id)
    )
    return [(row.verb, row.happened_on, row.from_stage) for row in rows]


def test_progress_of_the_provincial_system_is_brought_in(county, check, bring):
    bring("petitions", [NUMBERED])
    found = check("petitions", [ENDED])
    assert (found.sheet.rows, found.sheet.new, found.sheet.known, len(found.sheet.updates)) == (1, [], 0, 1)
    batch = bring("petitions", [ENDED])
    row = the_only(county)
    assert (row.stage, row.version, row.concluded_on, row.bureau_rating, row.unit_rating) == (
        "concluded",
        2,
        date(2026, 5, 20),
        "satisfied",
        "fairly",
    )
    assert (row.responsible_unit.code, row.location_unit.code, row.campaign) == ("AL11", "AL2101", "百日攻坚")
    assert [part.unit.code for part in row.parts] == ["AL11"]
    assert lines(county) == [
        ("forward", date(2026, 3, 5), "pending"),
        ("receive", date(2026, 3, 6), "sent"),
        ("notify", date(2026, 3, 10), "received"),
        ("decide_extension", date(2026, 5, 8), "handling"),
        ("serve", date(2026, 5, 18), "handling"),
        ("conclude", date(2026, 5, 20), "handling"),
        ("rate", people.TODAY, "concluded"),
    ]
    entries = select(AuditEntry).where(AuditEntry.action == "petition.update-by-import")
    assert [entry.reason for entry in county.scalars(entries)] == [f"导入第 {batch} 批"]


def test_its_clocks_are_those_of_a_matter_that_came_whole(county, bring):
    bring("petitions", [NUMBERED])
    bring("petitions", [ENDED])
    row = the_only(county)
    one_by_one = clocks(county), [getattr(row, name) for name in DUE]
    assert one_by_one == (
        [
            ("xfbm_dispatch", date(2026, 3, 17), date(2026, 3, 5), None),
            ("objection", date(2026, 3, 13), None, date(2026, 3, 10)),
            ("xfr_notice", date(2026, 3, 21), date(2026, 3, 10), None),
            ("handle", date(2026, 5, 29), date(2026, 5, 20), None),
            ("fc_apply", date(2026, 6, 17), None, None),
        ],
        [date(2026, 3, 17), date(2026, 3, 21), date(2026, 5, 29), None, None],
    )


def test_the_preview_says_which_fields_are_filled(check, bring):
    bring("petitions", [SENT | {"信访部门评价": "未评价"}])
    found = check("petitions", [SENT | {"单位收到日期": "2026-03-06", "信访部门评价": "不满意"}])
    assert found.sheet.update_preview == [
        ["2", "XF-AL01-2026-00001", "单位收到日期：2026-03-06；信访部门评价：未评价 → 不满意"]
    ]


def test_the_same_file_again_changes_nothing(county, check, bring):
    bring("petitions", [NUMBERED])
    bring("petitions", [ENDED])
    found = check("petitions", [ENDED])
    assert (found.sheet.known, found.sheet.new, found.sheet.updates) == (1, [], [])
    assert the_only(county).version == 2


def test_an_older_file_with_empty_cells_takes_nothing_away(check, bring):
    bring("petitions", [ENDED])
    found = check("petitions", [NUMBERED, PETITION | {"人数": 3}])
    assert (found.sheet.known, len(found.sheet.new), found.sheet.updates) == (1, 1, [])


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        ({"告知日期": "2026-03-11"}, "告知日期", "系统中为“2026-03-10”，表中为“2026-03-11”。"),
        ({"责任单位": "AL21"}, "责任单位", "表中为“柳溪镇”。"),
        ({"信访部门评价": "不满意"}, "信访部门评价", "系统中为“满意”，表中为“不满意”。"),
        ({"化解状态": "未化解"}, "化解状态", "系统中为“化解”，表中为“未化解”。"),
        ({"涉法涉诉": "是"}, "涉法涉诉", "系统中为“否”，表中为“是”。"),
        ({"登记日期": "2026-03-01"}, "登记日期", "系统中为“2026-03-02”，表中为“2026-03-01”。"),
        ({"信访人姓名": "赵六"}, "信访人姓名", "系统中为“周**”，表中为“赵*”。"),
        ({"概况": "反映道路积水。"}, "概况", "概况与系统中登记的不同"),
    ],
)
def test_what_contradicts_what_stands_here_is_an_error_at_its_cell(check, bring, change, heading, words):
    bring("petitions", [ENDED])
    ((row, where, said),) = errors(check("petitions", [ENDED | change]))
    assert (row, where) == (2, heading)
    assert words in said


def test_one_contradiction_and_nothing_of_the_file_is_brought_in(check, bring):
    bring("petitions", [NUMBERED, NUMBERED | {"省系统编号": "XF2026030002"}])
    found = check("petitions", [SENT, SENT | {"省系统编号": "XF2026030002", "人数": 4}])
    assert found.sheet.refused


def test_a_day_that_lies_before_what_stands_here_is_refused(check, bring):
    bring("petitions", [SENT])
    found = check("petitions", [NUMBERED | {"单位收到日期": "2026-03-04"}])
    assert errors(found) == [(2, "单位收到日期", "单位收到日期 2026-03-04 早于转送交办日期 2026-03-05。")]


def test_a_petition_typed_by_hand_with_that_number_is_added_to(county, bring):
    """Its 概况 was typed in other words, its category is the narrower one: neither contradicts."""
    with factories.plain_session() as session:
        row = registered(session, external_number="XF2026030001", registered_on=date(2026, 3, 2))
        number = row.number
        session.commit()
    bring("petitions", [SENT | {"概况": "省系统里的另一种说法。", "内容分类": "房产物业"}], people.WU)
    row = the_only(county)
    assert (row.number, row.stage, row.dispatched_on) == (number, "sent", date(2026, 3, 5))
    assert row.content != "省系统里的另一种说法。"


def test_of_what_the_importer_may_not_see_nothing_is_said(check, bring):
    bring("petitions", [NUMBERED | {"信访目的": "揭发控告"}])
    assert errors(check("petitions", [SENT], people.WU)) == [(2, "省系统编号", ALREADY_SOMEWHERE)]


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("merged", "XF-AL01-2026-00001 已并件，不再由表格更新。"),
        ("objected", "XF-AL01-2026-00001 目前是“异议待定”，请到该件里办理。"),
    ],
)
def test_a_matter_on_another_way_is_not_moved_by_a_sheet(check, bring, stage, said):
    bring("petitions", [SENT])
    with factories.plain_session() as session:
        session.scalars(select(Petition)).one().stage = stage
        session.commit()
    assert errors(check("petitions", [SENT | {"单位收到日期": "2026-03-06"}])) == [(2, "单位收到日期", said)]


def test_a_reply_that_is_being_written_here_is_ended_here(check, bring):
    told = {"单位收到日期", "告知日期", "告知结果", "办理类别"}
    bring("petitions", [SENT | {name: ENDED[name] for name in told}])
    with factories.plain_session() as session:
        letters.with_reply(session, session.scalars(select(Petition)).one()).state = "draft"
        session.commit()
    found = errors(check("petitions", [ENDED]))
    assert [(heading, "答复正在系统里起草" in said) for _row, heading, said in found] == [("办结日期", True)]


def test_an_extension_told_after_the_days_are_over_is_for_the_director(check, bring):
    """受理 10 March, the 60 days end on 9 May; today is 15 July."""
    told = {"单位收到日期", "告知日期", "告知结果", "办理类别"}
    known = SENT | {name: ENDED[name] for name in told}
    bring("petitions", [known])
    extended = known | {"延期天数": 20, "延期批准日期": "2026-05-08"}
    ((_row, heading, said),) = errors(check("petitions", [extended], people.WU))
    assert heading == "延期批准日期"
    assert said == "XF-AL01-2026-00001 的限办日期 2026-05-09 已到，之后补记延期由县信访局负责人导入。"
    assert errors(check("petitions", [extended], people.ZHENG)) == []


def test_a_township_brings_in_only_what_it_may_do_by_hand(check, bring):
    own = NUMBERED | {
        "登记单位": "AL21",
        "办理方式": "直接受理",
        "责任单位": "AL21",
        "单位收到日期": "2026-03-02",
    }
    bring("petitions", [own])
    told = own | {"告知日期": "2026-03-10", "告知结果": "受理", "办理类别": "信访处理"}
    assert errors(check("petitions", [told], people.LIN)) == []
    bring("petitions", [told], people.LIN)
    ended = errors(check("petitions", [told | {"办结日期": "2026-05-01"}], people.LIN))
    assert [heading for _row, heading, _said in ended] == ["办结日期"]
    assert "批准答复由责任单位负责人办理，请由县信访局导入。" in ended[0][2]


def test_undoing_the_batch_puts_back_what_it_filled(county, bring):
    bring("petitions", [NUMBERED])
    before = clocks(county), [getattr(the_only(county), name) for name in DUE]
    batch = bring("petitions", [ENDED, PETITION])
    undo(county, batch)
    known, new = county.scalars(select(Petition).order_by(Petition.id))
    assert (known.stage, known.concluded_on, known.responsible_unit_id, known.campaign) == (
        "pending",
        None,
        None,
        None,
    )
    assert (known.is_void, new.is_void) == (False, True)
    assert [getattr(known, name) for name in DUE] == before[1]
    assert lines(county) == []
    open_ = county.scalars(
        select(Deadline).where(Deadline.petition_id == known.id, Deadline.ended_on.is_(None))
    )
    assert [(row.key, row.met_on) for row in open_ if row.met_on is None] == [("xfbm_dispatch", None)]


def test_what_was_worked_on_since_keeps_the_batch(county, bring):
    bring("petitions", [NUMBERED])
    batch = bring("petitions", [SENT])
    with writing() as session:
        actor = people.actor(session, people.WU)
        petition = load_petition(session, actor, session.scalars(select(Petition.id)).one())
        receive(session, Act(actor, people.NOW, people.TODAY, petition, petition.version, people.TODAY))
    with pytest.raises(RuleViolation, match="更新以后又办理、起草文书或更正（XF-AL01-2026-00001）"):
        undo(county, batch)


def undo(county, batch_id):
    with writing() as session:
        undo_batch(
            session,
            actor=people.SYSTEM,
            now=people.NOW,
            today=people.TODAY,
            batch=session.get_one(ImportBatch, batch_id),
            kind=KINDS["petitions"],
            reason="传错了",
        )
    county.rollback()
    county.expire_all()
