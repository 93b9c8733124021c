"""值班信息 from a sheet: lines in the log of the importer's desk."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, select, text

import web.imports
from actions.imports import lots
from actions.imports.kinds import KINDS
from actions.imports.undo import undo_batch
from models.audit_entry import AuditEntry
from models.duty_desk import DeskDispatch, DeskEntry
from models.import_batch import ImportBatch
from queries.duty_messages import MessageFilter, list_messages
from queries.grams import matching
from rules.errors import RuleViolation
from tests import factories, people
from tests.duty_messages import desk_line, office
from tests.people import NOW, TODAY
from tests.sheets import MESSAGE, errors, write
from web.imports import sweep_unfinished
from web.unit_of_work import writing

INFORMATION = {"时间": "2026-07-13", "类别": "信息", "来源单位": "AL22", "内容": "石门村道路塌方，已封闭。"}


def lines(session):
    session.rollback()
    return session.scalars(select(DeskEntry).order_by(DeskEntry.id)).all()


def moments(row):
    return row.happened_at, row.due_at, row.replied_at, row.done_at


def test_a_message_becomes_a_line_of_the_countys_desk(county, bring):
    bring("duty-messages", [MESSAGE], people.WU)
    (row,) = lines(county)
    assert (row.number, row.unit.code, row.kind) == ("ZZ-AL01-2026-00001", "AL01", "instruction")
    assert (row.source_unit.code, row.responsible_unit.code) == ("EX01", "AL21")
    assert (row.content, row.voided_at, row.report) == ("报送今日来访情况", None, "")
    at = datetime(2026, 7, 14, 8, 20)  # 16:20 in the office: the answer finished it
    assert moments(row) == (datetime(2026, 7, 14, 1, 30), datetime(2026, 7, 14, 9, 0), at, at)


def test_the_console_writes_to_the_desk_of_the_petition_office_a_township_to_its_own(county, bring):
    bring("duty-messages", [MESSAGE])
    bring("duty-messages", [MESSAGE], people.LIN)
    assert [row.unit.code for row in lines(county)] == ["AL01", "AL21"]


def test_it_is_found_by_its_words_and_listed_for_who_answers_for_it(county, bring):
    bring("duty-messages", [MESSAGE, INFORMATION], people.WU)
    found = county.scalars(
        select(DeskEntry.content).where(matching(county, "道路塌方", "content", "desk_search"))
    )
    assert found.all() == ["石门村道路塌方，已封闭。"]
    listed = list_messages(county, people.actor(county, people.LIN), MessageFilter()).rows
    assert [(row.kind, row.source, row.unit) for row in listed] == [("工作指令", "市信访局", "柳溪镇")]


def test_what_asks_for_no_answer_is_done_what_waits_for_one_is_open(county, bring):
    bring(
        "duty-messages",
        [
            INFORMATION,
            INFORMATION | {"要求回复时限": "2026-07-14"},
            MESSAGE | {"要求回复时限": None, "回复时间": None},
        ],
    )
    assert [row.done_at for row in lines(county)] == [office("2026-07-13 00:00"), None, None]


@pytest.mark.parametrize(
    ("written", "happened", "due", "replied"),
    [
        (("2026-07-13", "2026-07-14", "2026-07-14"), "07-13 00:00:00", "07-14 23:59:59", "07-14 00:00:00"),
        (("2026/7/13 9:05", "2026年7月14日17时", None), "", "", ""),
        (("2026/7/13 9:05", "2026年7月14日 17:00", None), "07-13 09:05:00", "07-14 17:00:00", ""),
        (("2026-07-13 09:05:30", None, "2026-07-13"), "07-13 09:05:30", "", "07-13 09:05:30"),
        ((date(2026, 7, 13), datetime(2026, 7, 13, 18, 0), None), "07-13 00:00:00", "07-13 18:00:00", ""),
        (("2026-07-13T09:05", None, None), "07-13 09:05:00", "", ""),
    ],
)
def test_moments_may_be_written_in_many_ways(county, check, bring, written, happened, due, replied):
    """A day alone is the beginning of a message and the end of a term; an answer never comes before its message."""
    row = INFORMATION | dict(zip(("时间", "要求回复时限", "回复时间"), written, strict=True))
    if not happened:
        assert [at for _, at, _ in errors(check("duty-messages", [row]))] == ["要求回复时限"]
        return
    bring("duty-messages", [row])
    (line,) = lines(county)
    said = [office(f"2026-{words}") if words else None for words in (happened, due, replied)]
    assert [line.happened_at, line.due_at, line.replied_at] == said


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        ({"时间": None}, "时间", "必填"),
        ({"时间": "昨天"}, "时间", "不是日期"),
        ({"时间": "2026-07-14 25:00"}, "时间", "不是时间"),
        ({"时间": "2026-07-16 09:00", "要求回复时限": None, "回复时间": None}, "时间", "晚于现在"),
        ({"类别": "来电"}, "类别", "信息、工作指令"),
        ({"来源单位": "ZZ99"}, "来源单位", "没有代码或名称为“ZZ99”的机构"),
        ({"内容": None}, "内容", "必填"),
        ({"内容": "密级：机密"}, "内容", "国家秘密"),
        ({"要求回复时限": "2026-07-14 09:00"}, "要求回复时限", "早于收到的时间"),
        ({"回复时间": "2026-07-14 09:00"}, "回复时间", "早于收到的时间"),
        ({"回复时间": "2026-07-16"}, "回复时间", "晚于现在"),
        ({"承办单位": "EX01"}, "承办单位", "外部单位"),
        ({"承办单位": "AL22"}, "承办单位", "不在您的管辖范围"),
    ],
)
def test_each_error_stands_at_its_cell_and_nothing_is_written(county, check, change, heading, words):
    found = check("duty-messages", [MESSAGE, MESSAGE | change], people.LIN)
    assert [(row, at) for row, at, _ in errors(found)] == [(3, heading)]
    assert words in errors(found)[0][2]
    assert lines(county) == []


def test_a_source_may_stand_outside_the_tree_or_anywhere_in_it(check):
    rows = [MESSAGE | {"来源单位": code} for code in ("EX01", "AL22", "AL")]
    assert not check("duty-messages", rows, people.LIN).sheet.refused


def test_the_same_sheet_again_changes_nothing_and_equal_rows_are_counted(county, check, bring):
    bring("duty-messages", [MESSAGE, MESSAGE, INFORMATION])
    again = check("duty-messages", [INFORMATION, MESSAGE, MESSAGE])
    assert (again.sheet.new, again.sheet.known) == ([], 3)
    assert len(check("duty-messages", [MESSAGE] * 3).sheet.new) == 1


def test_the_preview_shows_the_row_as_it_would_be_stored(check):
    assert check("duty-messages", [MESSAGE]).sheet.preview == [
        [
            "2026-07-14 09:30",
            "工作指令",
            "市信访局",
            "报送今日来访情况",
            "2026-07-14 17:00",
            "2026-07-14 16:20",
            "柳溪镇",
        ]
    ]


def test_what_a_broken_import_left_is_swept_with_its_words_and_its_numbers(county, check, bring, monkeypatch):
    monkeypatch.setattr(web.imports, "LOT", 2)
    monkeypatch.setattr(lots, "LOT", 2)
    lot = iter(range(1, 9))

    def stage(*args, **options):
        if next(lot) == 2:
            raise OSError("no space left on device")
        lots.stage(*args, **options)

    monkeypatch.setattr(web.imports, "stage", stage)
    with pytest.raises(OSError, match="no space"):
        write(check("duty-messages", [MESSAGE, INFORMATION, MESSAGE]))
    assert sweep_unfinished() == 1
    assert (lines(county), county.scalar(text("SELECT count(*) FROM desk_search"))) == ([], 0)
    monkeypatch.undo()
    bring("duty-messages", [MESSAGE])
    assert [row.number for row in lines(county)] == ["ZZ-AL01-2026-00001"]


def undo(session, batch_id, reason="导错了表"):
    session.rollback()
    with writing() as unit:
        batch = unit.get_one(ImportBatch, batch_id)
        kind = KINDS["duty-messages"]
        return undo_batch(
            unit, actor=people.SYSTEM, now=NOW, today=TODAY, batch=batch, kind=kind, reason=reason
        )


def test_a_batch_is_taken_back_and_may_be_brought_again(county, bring):
    made = bring("duty-messages", [MESSAGE, INFORMATION])
    assert undo(county, made) == 2
    assert [row.void_reason for row in lines(county)] == ["撤销导入：导错了表"] * 2
    bring("duty-messages", [MESSAGE])
    assert county.scalar(select(func.count(DeskEntry.id)).where(DeskEntry.voided_at.is_(None))) == 1


def _sent_on(session, first):
    session.add(DeskDispatch(entry_id=first, unit_id=people.unit(session, "AL22").id, sent_at=NOW))


def _followed(session, first):
    session.get_one(DeskEntry, first).report = "first"
    desk_line(session, report="follow", first_id=first)


def _corrected(session, first):
    session.get_one(DeskEntry, first).version = 2


@pytest.mark.parametrize(
    ("built", "words"),
    [(_sent_on, "已转办"), (_followed, "已有续报、终报"), (_corrected, "已被更正、办结或移交")],
)
def test_what_was_built_upon_its_rows_stands_in_the_way(county, bring, built, words):
    made = bring("duty-messages", [MESSAGE])
    first = lines(county)[0].id
    with factories.plain_session() as plain:
        built(plain, first)
        plain.commit()
    with pytest.raises(RuleViolation, match=f"{words}（ZZ-AL01-2026-00001）"):
        undo(county, made)


def test_one_audit_entry_describes_a_lot(county, bring):
    bring("duty-messages", [MESSAGE, INFORMATION])
    entry = county.scalars(select(AuditEntry).where(AuditEntry.subject_type == "desk_entry")).one()
    assert (entry.action, entry.subject_label) == ("desk_entry.add-many", "2 条")


def test_a_thousand_rows_are_written_with_few_statements(both, county, check, count_statements):
    rows = [INFORMATION | {"内容": f"第 {n} 条"} for n in range(1000)]
    found = check("duty-messages", rows)
    county.commit()
    with count_statements(both) as statements:
        write(found)
    assert len(statements) <= 90
