"""信访事项 from a sheet: what is stored, its stage, history and clocks, how rows are known again, what is refused where."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select

from actions.imports import batches
from actions.imports.kinds import KINDS
from actions.imports.undo import undo_batch
from actions.petitions.handling import notify
from actions.petitions.steps import Act
from models.attachment import Attachment
from models.contact_columns import opened_telephone
from models.deadline import Deadline
from models.import_batch import ImportBatch
from models.petition import Petition, PetitionContact, PetitionStep, PetitionUnit
from queries.grams import matching
from queries.petition_scope import visible_petitions
from queries.petition_work import work_counts
from rules.errors import RuleViolation
from rules.petition_rules import ALREADY_SOMEWHERE
from rules.petition_words import Acceptance, HandlingClass
from tests import factories, letters, people
from tests.sheets import PETITION, errors
from web.unit_of_work import writing

SENT = PETITION | {
    "登记日期": "2026-03-02", "办理方式": "交办", "转送交办日期": "2026-03-05", "责任单位": "AL11",
    "单位收到日期": "2026/3/6",
}  # fmt: skip
FULL = SENT | {
    "省系统编号": "XF2026030001", "信访形式": "来访", "来源层级": "市", "人数": 6, "信访人姓名": "周大山、李小河",
    "联系电话": "138-1234-5678,0379-6000000", "住址": "上河村三组", "初重件": "初件", "内容分类": "城乡建设",
    "问题属地": "AL2101", "告知日期": date(2026, 3, 10), "告知结果": "受理", "办理类别": "信访处理", "延期天数": 20,
    "延期批准日期": "2026-05-08", "办结日期": "2026-05-20", "答复送达日期": "2026-05-18", "处理结论": "支持",
    "化解状态": "化解", "信访部门评价": "满意", "责任单位评价": "未评价", "交办批次": "百日攻坚",
}  # fmt: skip


def all_petitions(session):
    return session.scalars(select(Petition).order_by(Petition.id)).all()


def the_only(session):
    (row,) = all_petitions(session)
    return row


def columns(row, *names):
    return tuple(getattr(row, name) for name in names)


def test_a_full_row_is_stored_with_all_that_it_says(county, bring):
    batch = bring("petitions", [FULL], people.WU)
    row = the_only(county)
    assert columns(row, "number", "external_number", "registered_on", "received_on") == (
        "XF-AL01-2026-00001",
        "XF2026030001",
        date(2026, 3, 2),
        date(2026, 3, 2),
    )
    assert (row.unit.code, row.responsible_unit.code, row.location_unit.code) == ("AL01", "AL11", "AL2101")
    assert columns(row, "channel", "source_level", "item_kind", "purpose", "dispatch_kind") == (
        "visit",
        "city",
        "first",
        "request",
        "assign",
    )
    assert columns(row, "acceptance", "handling_class", "conclusion", "resolution") == (
        "accepted",
        "petition",
        "supported",
        "resolved",
    )
    assert columns(row, "bureau_rating", "unit_rating", "included", "judicial", "campaign") == (
        "satisfied",
        "unrated",
        True,
        False,
        "百日攻坚",
    )
    assert columns(row, "persons", "representatives", "sealed", "anonymous") == (6, 5, False, False)
    assert columns(row, "voided_at", "import_batch_id", "version") == (None, batch, 1)
    assert (row.category.name, row.registered_by.name) == ("城乡建设", "吴芳")


def test_people_are_kept_as_those_of_visits_are(county, bring):
    bring("petitions", [FULL])
    contacts = county.scalars(select(PetitionContact).order_by(PetitionContact.position)).all()
    assert [(c.name, c.address) for c in contacts] == [("周大山", "上河村三组"), ("李小河", "")]
    assert [opened_telephone(c) for c in contacts] == ["13812345678", "03796000000"]
    assert "13812345678" not in contacts[0].telephone_cipher


def test_its_due_dates_are_those_of_the_figures(county, bring):
    """Registered 2 March + 15; received 6 March + 15; accepted 10 March + 60 + 20, approved the day before the 60th."""
    bring("petitions", [FULL])
    row = the_only(county)
    due = columns(row, "dispatch_due_on", "notice_due_on", "reply_due_on")
    assert due == (date(2026, 3, 17), date(2026, 3, 21), date(2026, 5, 29))


def test_its_clocks_are_met_by_what_was_done(county, bring):
    bring("petitions", [FULL])
    clocks = county.scalars(select(Deadline).order_by(Deadline.started_on, Deadline.id)).all()
    assert [(c.key, c.due_on, c.met_on, c.ended_on) for c in clocks] == [
        ("xfbm_dispatch", date(2026, 3, 17), date(2026, 3, 5), None),
        ("xfr_notice", date(2026, 3, 21), date(2026, 3, 10), None),
        ("objection", date(2026, 3, 13), None, date(2026, 3, 10)),
        ("handle", date(2026, 5, 29), date(2026, 5, 20), None),
        ("fc_apply", date(2026, 6, 17), None, None),
    ]
    assert all(clock.trace for clock in clocks)
    assert columns(the_only(county), "next_due_on", "next_due_key") == (None, None)


def test_what_is_still_to_be_done_is_next_due(county, bring):
    bring("petitions", [SENT, PETITION])
    sent, registered = all_petitions(county)
    assert columns(sent, "stage", "next_due_on", "next_due_key") == (
        "received",
        date(2026, 3, 21),
        "xfr_notice",
    )
    assert columns(registered, "stage", "next_due_on", "next_due_key") == (
        "pending",
        date(2026, 7, 16),
        "xfbm_dispatch",
    )


def test_its_history_has_a_line_for_each_dated_fact(county, bring):
    bring("petitions", [FULL], people.WU)
    steps = county.scalars(select(PetitionStep).order_by(PetitionStep.id)).all()
    assert [(s.verb, s.happened_on, s.from_stage, s.outcome) for s in steps] == [
        ("assign", date(2026, 3, 5), "pending", ""),
        ("receive", date(2026, 3, 6), "sent", ""),
        ("notify", date(2026, 3, 10), "received", "accepted"),
        ("decide_extension", date(2026, 5, 8), "handling", "agreed"),
        ("serve", date(2026, 5, 18), "handling", "reply"),
        ("conclude", date(2026, 5, 20), "handling", "supported"),
    ]
    assert [s.unit.code for s in steps] == ["AL01", *["AL11"] * 5]
    assert (steps[0].to_unit.code, steps[3].days, steps[0].recorded_by.name) == ("AL11", 20, "吴芳")
    assert json.loads(steps[-1].before) == {"stage": "handling", "concluded_on": None}
    assert the_only(county).stage == "concluded"


def test_the_responsible_unit_has_its_part_and_sees_it(county, bring):
    bring("petitions", [SENT])
    part = county.scalars(select(PetitionUnit)).one()
    assert (part.unit.code, part.part, part.since, part.until) == (
        "AL11",
        "responsible",
        date(2026, 3, 5),
        None,
    )


def test_rows_are_found_by_text_and_name(county, bring):
    bring("petitions", [FULL])
    for words, column in (("房屋漏水", "content"), ("XF2026030001", "content"), ("周大山", "names")):
        assert county.scalar(select(Petition.id).where(matching(county, words, column, "petition_search")))


def test_the_least_row_is_registered_and_waits(county, bring):
    bring("petitions", [PETITION | {"信访人姓名": None}])
    row = the_only(county)
    assert columns(row, "stage", "anonymous", "external_number", "responsible_unit_id", "campaign") == (
        "pending",
        True,
        None,
        None,
        None,
    )
    assert columns(row, "bureau_rating", "unit_rating", "extension_days") == (None, None, 0)


def test_what_an_office_handles_itself_reaches_no_responsible_unit(county, bring):
    """直接受理 is dated by its notice, which also meets the office's own clock."""
    bring("petitions", [PETITION | {"办理方式": "直接受理", "告知日期": "2026-07-09", "告知结果": "受理"}])
    row = the_only(county)
    assert columns(row, "stage", "responsible_unit_id", "notified_on", "next_due_on") == (
        "handling",
        None,
        date(2026, 7, 9),
        None,
    )
    clocks = county.scalars(select(Deadline).order_by(Deadline.id)).all()
    assert [(c.key, c.unit_id == row.unit_id, c.due_on, c.met_on) for c in clocks] == [
        ("xfbm_dispatch", True, date(2026, 7, 16), date(2026, 7, 9)),
        ("direct_notice", True, date(2026, 7, 16), date(2026, 7, 9)),
    ]


@pytest.mark.parametrize(
    ("cells", "member"),
    [({"登记单位": "AL21"}, people.LIN), ({"登记单位": "AL01", "办理方式": "直接受理"}, people.WU)],
    ids=["a township that names no way of handling", "the office's own, without a unit"],
)
def test_what_stays_where_it_was_registered_is_to_be_told_of_by_that_office_and_reaches_no_unit(
    county, bring, cells, member
):
    """Registered on 1 July, so to be told of by the 16th; the figures count only a unit that is filled in."""
    bring("petitions", [PETITION | cells], member)
    row, who = the_only(county), people.actor(county, member)
    assert columns(row, "stage", "dispatch_kind", "next_due_on") == ("received", "direct", date(2026, 7, 16))
    assert columns(row, "responsible_unit_id", "unit_received_on", "notice_due_on") == (None, None, None)
    clock = county.scalars(select(Deadline).filter_by(key="direct_notice")).one()
    assert (clock.unit_id, clock.due_on, clock.met_on) == (row.unit_id, date(2026, 7, 16), None)
    counts = {work.key: work.count for work in work_counts(county, who, people.TODAY, people.TODAY)}
    assert counts["to_notify"] == 1

    with writing() as session:
        petition = session.get_one(Petition, row.id)
        told = Act(who, people.NOW, people.TODAY, petition, petition.version, people.TODAY)
        notify(session, told, Acceptance.ACCEPTED, HandlingClass.PETITION)
    county.expire_all()
    assert columns(row, "stage", "next_due_key", "responsible_unit_id") == ("handling", "handle", None)
    handle = county.scalars(select(Deadline).filter_by(key="handle")).one()
    assert (handle.unit_id, handle.due_on) == (row.unit_id, date(2026, 9, 13))


def test_what_a_township_sent_elsewhere_or_has_ended_stays_as_the_register_has_it(county, bring):
    town = PETITION | {"登记单位": "AL21"}
    elsewhere, ended = town | {"责任单位": "AL11"}, town | {"办结日期": "2026-07-09"}
    bring("petitions", [elsewhere, ended])
    assert [columns(row, "stage", "dispatch_kind") for row in all_petitions(county)] == [
        ("sent", None),
        ("concluded", None),
    ]


def test_what_is_older_than_any_limit_has_no_clocks(county, bring):
    old = {"登记日期": "1999-03-02", "转送交办日期": "1999-03-05", "单位收到日期": "1999-03-06"}
    bring("petitions", [SENT | old])
    assert county.scalar(select(func.count()).select_from(Deadline)) == 0
    assert the_only(county).dispatch_due_on == date(1999, 3, 17)


def test_accusations_are_sealed(county, bring):
    bring("petitions", [SENT | {"信访目的": "揭发控告"}])
    assert the_only(county).sealed
    assert county.scalars(visible_petitions(people.actor(county, people.WU))).all() == []


def test_the_same_sheet_again_has_nothing_new(check, bring):
    rows = [FULL, PETITION, PETITION | {"人数": 2}]
    bring("petitions", rows)
    found = check("petitions", rows)
    assert (found.sheet.rows, found.sheet.known, found.sheet.new) == (3, 3, [])


def test_two_equal_rows_are_two_matters_and_one_in_the_register_leaves_one_new(county, check, bring):
    bring("petitions", [PETITION])
    assert len(check("petitions", [PETITION, PETITION]).sheet.new) == 1
    bring("petitions", [PETITION, PETITION])
    assert len(all_petitions(county)) == 2


def test_a_known_number_of_the_province_with_other_content_is_an_error_at_its_cell(check, bring):
    bring("petitions", [FULL])
    assert errors(check("petitions", [FULL | {"人数": 7}])) == [
        (2, "人数", "XF-AL01-2026-00001 系统中为“6”，表中为“7”。")
    ]


def test_a_number_that_another_unit_registered_is_refused_without_telling_whose_it_is(check, bring):
    bring("petitions", [FULL])
    found = check("petitions", [PETITION | {"登记单位": "AL21", "省系统编号": "XF2026030001"}], people.LIN)
    assert errors(found) == [(2, "省系统编号", ALREADY_SOMEWHERE)]


def test_a_sealed_matter_is_told_of_to_nobody_by_its_number(check, bring):
    bring("petitions", [FULL | {"信访目的": "揭发控告"}])
    for member in (people.WU, None):
        found = check("petitions", [FULL | {"人数": 7}], member)
        assert errors(found) == [(2, "省系统编号", ALREADY_SOMEWHERE)]


def test_a_number_of_the_province_stands_once_in_a_file(check):
    twice = check("petitions", [FULL, FULL | {"登记单位": "AL21"}])
    assert errors(twice) == [(3, "省系统编号", "这个省系统编号与第 2 行重复，不能重复。")]


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        ({"登记日期": None}, "登记日期", "必填，不能留空。"),
        ({"登记日期": "2026-07-16"}, "登记日期", "晚于今天"),
        ({"登记日期": "1989-12-31", "转送交办日期": None, "单位收到日期": None}, "登记日期", "早于 1990 年"),
        ({"登记单位": "EX01"}, "登记单位", "外部单位"),
        ({"信访形式": "走访"}, "信访形式", "可填：来信、来访、网上、来电"),
        ({"来源层级": "中央"}, "来源层级", "可填：国家、省、市、县、乡镇、村"),
        ({"人数": 0}, "人数", "应在 1 到 9999 之间"),
        ({"人数": "一"}, "人数", "“一”不是整数。"),
        ({"信访人姓名": "一、二、三、四、五、六"}, "信访人姓名", "最多登记 5 名"),
        ({"联系电话": "无"}, "联系电话", "电话号码不对"),
        ({"住址": "路" * 121}, "住址", "最多 120 字"),
        ({"初重件": "初次"}, "初重件", "可填：初件、重件"),
        ({"内容分类": "外星人"}, "内容分类", "没有“外星人”这个内容分类"),
        ({"信访目的": "投诉"}, "信访目的", "不在可选项中"),
        ({"问题属地": "AL9"}, "问题属地", "没有代码或名称为“AL9”的机构"),
        ({"概况": "长" * 5001}, "概况", "最多 5000 字"),
        ({"概况": None}, "概况", "必填，不能留空。"),
        ({"办理方式": "转办"}, "办理方式", "可填：转送、交办、直接受理"),
        ({"转送交办日期": "2026-03-01"}, "转送交办日期", "早于登记日期 2026-03-02"),
        ({"责任单位": "住建厅"}, "责任单位", "没有代码或名称为“住建厅”的机构"),
        ({"单位收到日期": "2026-03-04"}, "单位收到日期", "早于转送交办日期 2026-03-05"),
        ({"告知日期": "2026-03-05"}, "告知日期", "早于单位收到日期 2026-03-06"),
        ({"告知结果": "同意", "告知日期": "2026-03-10"}, "告知结果", "可填：受理、不予受理、不再受理"),
        ({"告知结果": "受理"}, "告知日期", "填了告知结果，请填写告知日期。"),
        ({"办理类别": "仲裁"}, "办理类别", "告知结果是“受理”的，才填办理类别。"),
        ({"延期天数": 31}, "延期天数", "延期最多 30 日"),
        ({"延期天数": -1}, "延期天数", "负数"),
        ({"办结日期": "2026-03-05"}, "办结日期", "早于单位收到日期"),
        ({"处理结论": "办好了"}, "处理结论", "可填：支持、解释说明、不支持"),
        ({"化解状态": "是"}, "化解状态", "可填：化解、未化解"),
        ({"信访部门评价": "好"}, "信访部门评价", "可填：满意、基本满意、不满意、未评价"),
        ({"责任单位评价": "好"}, "责任单位评价", "可填：满意、基本满意、不满意、未评价"),
        ({"纳入统计": "1"}, "纳入统计", "请填“是”或“否”"),
        ({"涉法涉诉": None}, "涉法涉诉", "必填，不能留空。"),
        ({"交办批次": "批" * 61}, "交办批次", "最多 60 字"),
        ({"省系统编号": 410326197001011234}, "省系统编号", "设为“文本”"),
    ],
)  # fmt: skip
def test_each_error_stands_at_its_cell(check, change, heading, words):
    found = check("petitions", [SENT, SENT | change])
    assert [(row, at) for row, at, _message in errors(found)] == [(3, heading)]
    assert words in errors(found)[0][2]


def test_one_wrong_row_and_nothing_may_be_written(county, check):
    assert check("petitions", [PETITION] * 3 + [PETITION | {"登记日期": None}]).sheet.refused
    assert all_petitions(county) == []


def test_a_clerk_brings_in_what_the_own_unit_and_those_below_registered(check):
    rows = [PETITION | {"登记单位": code} for code in ("AL21", "AL2101", "AL22", "AL01")]
    found = check("petitions", rows, people.LIN)
    assert [(row, heading) for row, heading, _ in errors(found)] == [(4, "登记单位"), (5, "登记单位")]


def test_how_an_old_register_says_it_was_handled_is_kept_and_told_before_it_is_confirmed(
    county, bring, check
):
    at_odds = FULL | {"信访目的": "意见建议"}
    shown = dict(
        zip(KINDS["petitions"].spec.headings, check("petitions", [at_odds]).sheet.preview[0], strict=True)
    )
    assert shown["办理类别"] == "信访处理（与信访目的“意见建议”不符，请核对）"
    bring("petitions", [at_odds], people.WU)
    assert columns(the_only(county), "purpose", "handling_class") == ("suggestion", "petition")


def test_the_preview_masks_people_and_hides_what_is_sealed(check):
    shown = dict(
        zip(KINDS["petitions"].spec.headings, check("petitions", [FULL]).sheet.preview[0], strict=True)
    )
    assert "周大山" not in shown["信访人姓名"]
    assert "13812345678" not in shown["联系电话"]
    assert (shown["来源层级"], shown["纳入统计"], shown["延期天数"]) == ("市", "是", "20")
    (sealed,) = check("petitions", [FULL | {"信访目的": "揭发控告"}]).sheet.preview
    assert "（密封）" in sealed


def test_an_undone_batch_is_void_and_nothing_of_it_is_due(county, bring):
    made = bring("petitions", [SENT, PETITION])
    _undo(county, made)
    rows = all_petitions(county)
    assert [row.void_reason for row in rows] == ["撤销导入：重复"] * 2
    assert [row.next_due_on for row in rows] == [None, None]
    running = select(func.count()).select_from(Deadline)
    assert county.scalar(running.where(Deadline.met_on.is_(None), Deadline.ended_on.is_(None))) == 0
    assert county.get_one(ImportBatch, made).state == batches.UNDONE


def test_a_batch_that_was_worked_on_cannot_be_undone(county, bring):
    made = bring("petitions", [SENT])
    with writing() as session:
        from actions import audit

        row = session.scalars(select(Petition)).one()
        row.version += 1
        audit.record(session, actor=people.SYSTEM, now=people.NOW, action="petition.correct", subject=row)
    with pytest.raises(RuleViolation, match="不能整批撤销"):
        _undo(county, made)


def a_letter(session, petition):
    return letters.issued(session, petition, "forward", "AL01")


def a_reply(session, petition):
    return letters.with_reply(session, petition)


def a_file(session, petition):
    row = Attachment(
        subject_type="petition", subject_id=petition.id, position=1, file_name="来信.pdf", media_type="application/pdf",
        size=9, digest="0" * 64, sent_digest="0" * 64, sealed_key="", uploaded_at=people.NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


@pytest.mark.parametrize(
    ("add", "words"), [(a_letter, "已起草或印发文书"), (a_reply, "已起草答复"), (a_file, "已有附件")]
)
def test_nor_one_to_which_a_paper_was_added(county, bring, add, words):
    made = bring("petitions", [SENT])
    with factories.plain_session() as session:
        add(session, session.scalars(select(Petition)).one())
        session.commit()
    with pytest.raises(RuleViolation, match=f"{words}（XF-AL01-2026-00001）"):
        _undo(county, made)


def test_what_was_given_up_again_is_not_in_the_way(county, bring):
    made = bring("petitions", [SENT])
    with factories.plain_session() as session:
        row = a_file(session, session.scalars(select(Petition)).one())
        row.voided_at = people.NOW
        session.commit()
    _undo(county, made)
    assert the_only(county).is_void


def _undo(county, batch_id):
    with writing() as session:
        undo_batch(
            session,
            actor=people.SYSTEM,
            now=people.NOW,
            today=people.TODAY,
            batch=session.get_one(ImportBatch, batch_id),
            kind=KINDS["petitions"],
            reason="重复",
        )
    county.rollback()
    county.expire_all()
