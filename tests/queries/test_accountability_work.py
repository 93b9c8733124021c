"""Which interviews and inspections wait for whom."""

from datetime import date

import pytest

from queries.board import count_all
from queries.office_work import OfficeWork, office_counts
from tests import factories, inspections, interviews, papers, supervision
from tests.people import BAI, LIN, TODAY, WU, ZHENG, actor


@pytest.fixture
def county(both):
    """柳溪镇 reported on one interview and one problem; 吴芳 entered another report for it; a second problem became a task;
    it was called to an interview on 20 July, and to one that is over."""
    with both.app_context(), factories.plain_session() as plain:
        for serial, by in enumerate((LIN, WU), start=1):
            row = interviews.interview(plain, number=f"YT-AL01-2026-{serial:05d}")
            inspections.note(plain, row, "report", by)
        for serial, day in enumerate((date(2026, 7, 20), date(2026, 7, 14)), start=3):
            row = interviews.interview(plain, number=f"YT-AL01-2026-{serial:05d}", interviewed_on=day)
            papers.issued_paper(plain, row, number=f"安信督〔2026〕{serial}号")
        inspections.note(plain, inspections.problem(plain), "report", LIN)
        supervised = inspections.problem(plain, 2)
        inspections.note(plain, supervised, "report", LIN)
        task = supervision.filed(plain)
        task.source_type, task.source_id = "inspection_problem", supervised.id
        plain.commit()


@pytest.mark.parametrize(
    ("member", "waiting"),
    [
        (WU, {OfficeWork.INTERVIEW_TO_JUDGE: 1, OfficeWork.PROBLEM_TO_JUDGE: 1}),
        (ZHENG, {OfficeWork.INTERVIEW_TO_JUDGE: 2, OfficeWork.PROBLEM_TO_JUDGE: 1}),
        (LIN, {OfficeWork.ANNOUNCED: 1}),
        (BAI, {}),
    ],
    ids=lambda value: getattr(value, "username", None),
)
def test_each_is_told_what_he_must_judge_or_come_to(county, reading, member, waiting):
    counted = count_all(reading, office_counts(actor(reading, member), TODAY))
    assert {work: count for work, count in counted.items() if count} == waiting
