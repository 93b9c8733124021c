"""What the office that spoke to a unit does next: notice, what was demanded, record; then it waits for the unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for

from models.interview import Interview
from rules.papers.kinds import PaperKind
from web.paper_panel import PaperPanel


@dataclass(frozen=True)
class NextStep:
    """`address` is "" where there is only to wait."""

    words: str
    button: str = ""
    address: str = ""


def next_steps(row: Interview, papers: PaperPanel, today: date) -> list[NextStep]:
    """In the order in which they are usually taken; none once it is over."""
    if row.is_void or row.corrected_on is not None:
        return []
    return [*_papers_to_issue(papers), *_before(row, papers, today), *_afterwards(row, papers, today)]


def _papers_to_issue(papers: PaperPanel) -> Iterator[NextStep]:
    for line in papers.lines:
        if line.row.state == "draft":
            address = url_for("papers.edit_paper", paper_id=line.row.id) if line.may_edit else ""
            yield NextStep(f"{line.label}已起草，等待本单位负责人签发。", f"看{line.label}草稿", address)


def _before(row: Interview, papers: PaperPanel, today: date) -> Iterator[NextStep]:
    if row.interviewed_on < today:
        return
    if PaperKind.INTERVIEW_NOTICE in _offered(papers):
        yield _draft(PaperKind.INTERVIEW_NOTICE, row, "书面通知被约谈单位。")
    if row.interviewed_on > today and not row.demands:
        yield NextStep(f"{row.interviewed_on} 约谈以后，补记整改要求和期限，起草约谈纪要。")


def _afterwards(row: Interview, papers: PaperPanel, today: date) -> Iterator[NextStep]:
    if row.interviewed_on > today:
        return
    if not row.demands:
        address = url_for("accountability.correct_interview", interview_id=row.id)
        words = "约谈时提出整改要求的，补记要求和期限；没有要求的，不再办理。"
        yield NextStep(words, "补记整改要求", address)
    if PaperKind.INTERVIEW_RECORD in _offered(papers):
        yield _draft(PaperKind.INTERVIEW_RECORD, row, "把约谈情况写成纪要存档。")


def _draft(kind: PaperKind, row: Interview, words: str) -> NextStep:
    address = url_for("papers.new_paper", kind=kind.value, subject=row.id)
    return NextStep(words, f"起草{kind.label}", address)


def _offered(papers: PaperPanel) -> set[PaperKind]:
    return {offer.kind for offer in papers.offers}
