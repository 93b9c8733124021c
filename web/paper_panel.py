"""The panel 公函 on a record's page: its papers, and the kinds that the actor's office may draft now.

A page passes `papers=paper_panel("interview", row)` and writes `{{ papers_panel(papers) }}` (`papers/panel.html`).
"""

from dataclasses import dataclass
from typing import Any

from extensions import db
from models.office_paper import OfficePaper
from queries.office_papers import PaperOffer, may_read_paper, paper_offers, papers_about
from queries.paper_subjects import load_subject
from rules.bulletin_rules import may_issue_for
from rules.errors import NotVisible
from rules.papers.kinds import PaperKind
from rules.roles import Permission
from web.session import actor


@dataclass(frozen=True)
class PaperLine:
    row: OfficePaper
    label: str
    may_edit: bool
    may_issue: bool


@dataclass(frozen=True)
class PaperPanel:
    """Empty for who may not read the papers of this record."""

    subject_id: int
    lines: tuple[PaperLine, ...] = ()
    given_up: tuple[PaperLine, ...] = ()
    offers: tuple[PaperOffer, ...] = ()
    shut: tuple[PaperOffer, ...] = ()


def paper_panel(subject_type: str, subject: Any) -> PaperPanel:
    """Two statements."""
    try:
        load_subject(db.session(), actor(), subject_type, subject.id)
    except NotVisible:
        return PaperPanel(subject.id)
    rows = papers_about(db.session(), subject_type, subject.id)
    lines = [_line(row) for row in rows if may_read_paper(actor(), row)]
    offers = paper_offers(actor(), subject_type, subject, rows)
    return PaperPanel(
        subject_id=subject.id,
        lines=tuple(line for line in lines if line.row.state != "void"),
        given_up=tuple(line for line in lines if line.row.state == "void"),
        offers=tuple(offer for offer in offers if not offer.refusal),
        shut=tuple(offer for offer in offers if offer.refusal),
    )


def _line(row: OfficePaper) -> PaperLine:
    is_own_draft = row.state == "draft" and row.unit_id == actor().unit_id
    return PaperLine(
        row,
        PaperKind(row.kind).label,
        may_edit=is_own_draft and actor().may(Permission.PAPERS_WRITE),
        may_issue=is_own_draft and may_issue_for(actor(), row.unit_id, row.unit.category),
    )
