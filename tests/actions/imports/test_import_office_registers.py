"""信息稿件 and 自报数据 from sheets: all or nothing, the same file twice changes nothing, undone as a batch."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from actions.imports.kinds import KINDS
from actions.imports.undo import undo_batch
from models.import_batch import ImportBatch
from models.office_register import Publication, ReportedFigure
from tests import people
from tests.people import NOW, TODAY
from tests.sheets import FIGURE, PUBLICATION
from web.unit_of_work import writing


def rows_of(session, model):
    session.rollback()
    return list(session.scalars(select(model).where(model.voided_at.is_(None)).order_by(model.id)))


def test_a_row_becomes_a_report(county, bring, check):
    bring("publications", [PUBLICATION, PUBLICATION | {"级别": "市"}])
    first, second = rows_of(county, Publication)
    assert (first.number, first.unit.code, first.level) == ("GJ-AL01-2026-00001", "AL01", "province")
    assert (second.published_on, second.level) == (date(2026, 7, 10), "city")
    assert check("publications", [PUBLICATION, PUBLICATION | {"级别": "市"}]).sheet.new == []


def test_a_row_becomes_a_number(county, bring, check):
    bring("figures", [FIGURE, FIGURE | {"指标": "reply_on_time", "数值": 99.34}, FIGURE | {"期间": "2026Q2"}])
    found = [(r.number, r.period, r.indicator, r.value) for r in rows_of(county, ReportedFigure)]
    assert found == [
        ("SJ-AL21-2026-00001", "2026-07", "领导接访人次", Decimal(12)),
        ("SJ-AL21-2026-00002", "2026-07", "按期答复率", Decimal("99.34")),
        ("SJ-AL21-2026-00003", "2026Q2", "领导接访人次", Decimal(12)),
    ]
    assert check("figures", [FIGURE]).sheet.new == []


def test_a_month_that_the_workbook_made_a_date_is_the_month(county, bring):
    bring("figures", [FIGURE | {"期间": datetime(2026, 7, 1)}])
    assert rows_of(county, ReportedFigure)[0].period == "2026-07"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"数值": "约十二"}, "“约十二”不是数值"),
        ({"数值": -1}, "不是数值"),
        ({"期间": "七月"}, "看不懂期间"),
        ({"期间": "2026-08"}, "还没有开始"),
        ({"单位": "EX01"}, "外部单位"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell(check, change, said):
    found = check("figures", [FIGURE | change]).sheet.findings.kept
    assert said in str(found[0])


def test_another_number_of_the_same_name_is_refused(bring, check):
    bring("figures", [FIGURE])
    found = check("figures", [FIGURE | {"数值": 13}]).sheet.findings.kept
    assert "已有 12，这里是 13" in str(found[0])
    twice = check("figures", [FIGURE | {"单位": "AL22"}, FIGURE | {"单位": "AL22", "数值": 5}])
    assert "已有 12，这里是 5" in str(twice.sheet.findings.kept[0])


def test_a_township_brings_in_its_own_only(check):
    found = check("publications", [PUBLICATION | {"单位": "AL22"}], people.LIN).sheet.findings.kept
    assert "不在您的管辖范围" in str(found[0])


@pytest.mark.parametrize(
    ("kind", "row", "model"),
    [("publications", PUBLICATION, Publication), ("figures", FIGURE, ReportedFigure)],
)
def test_a_batch_is_taken_back_whole_and_may_come_again(county, bring, kind, row, model):
    bring(kind, [row])
    with writing() as session:
        batch = session.scalars(select(ImportBatch)).one()
        undo_batch(
            session, actor=people.actor(session, people.WU), now=NOW, today=TODAY, batch=batch,
            kind=KINDS[kind], reason="选错文件",
        )  # fmt: skip
    assert rows_of(county, model) == []
    bring(kind, [row])
    assert len(rows_of(county, model)) == 1
