"""Papers of the office: those of a record, and which its office may draft now."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.office_paper import OfficePaper
from queries.paper_drafts import DRAFTS, kinds_about
from queries.paper_subjects import SUBJECTS, load_subject
from rules.errors import NotVisible
from rules.papers.kinds import PaperKind
from rules.roles import Actor, Permission


@dataclass(frozen=True)
class PaperOffer:
    """A kind that this office issues of the record; `refusal` says why not now."""

    kind: PaperKind
    refusal: str = ""


def papers_about(session: Session, subject_type: str, subject_id: int) -> list[OfficePaper]:
    """Drafts, issued ones and drafts given up, in the order in which they were begun. One statement."""
    people = (joinedload(OfficePaper.drafted_by), joinedload(OfficePaper.issued_by))
    statement = select(OfficePaper).where(
        OfficePaper.subject_type == subject_type, OfficePaper.subject_id == subject_id
    )
    return list(
        session.scalars(statement.options(joinedload(OfficePaper.unit), *people).order_by(OfficePaper.id))
    )


def may_read_paper(actor: Actor, paper: OfficePaper) -> bool:
    """Of a record that the actor may read: what was issued, and the drafts of the own office."""
    if paper.state == "issued":
        return actor.may(Permission.PAPERS_READ)
    return paper.unit_id == actor.unit_id and actor.may(Permission.PAPERS_WRITE)


def load_paper(session: Session, actor: Actor, paper_id: int) -> tuple[OfficePaper, Any]:
    """The paper and its record. Raises NotVisible."""
    statement = select(OfficePaper).where(OfficePaper.id == paper_id)
    paper = session.scalar(statement.options(joinedload(OfficePaper.unit)))
    if paper is None or not may_read_paper(actor, paper):
        raise NotVisible("office_paper")
    return paper, load_subject(session, actor, paper.subject_type, paper.subject_id)


def paper_offers(
    actor: Actor, subject_type: str, subject: Any, papers: list[OfficePaper]
) -> list[PaperOffer]:
    """Nothing for who does not write for the office that issues them."""
    if not _writes_for(actor, subject_type, subject):
        return []
    return [PaperOffer(k, _refusal(k, subject, papers)) for k in kinds_about(subject_type, subject)]


def draft_refusal(session: Session, actor: Actor, kind: PaperKind, subject: Any) -> str:
    """Why the actor's office may not draft this kind of the record now; "" where it may. One statement."""
    subject_type = DRAFTS[kind].subject_type
    if not _writes_for(actor, subject_type, subject) or not DRAFTS[kind].fits(subject):
        return f"{kind.label}不由本单位出具。"
    return _refusal(kind, subject, papers_about(session, subject_type, subject.id))


def _writes_for(actor: Actor, subject_type: str, subject: Any) -> bool:
    return actor.may(Permission.PAPERS_WRITE) and SUBJECTS[subject_type].writers(actor, subject)


def _refusal(kind: PaperKind, subject: Any, papers: list[OfficePaper]) -> str:
    if getattr(subject, "voided_at", None) is not None:
        return "这条记录已作废。"
    of_kind = {paper.state for paper in papers if paper.kind == kind}
    if "draft" in of_kind:
        return "已有草稿。"
    if kind.rule.once and "issued" in of_kind:
        return "已经印发。"
    return DRAFTS[kind].refusal(subject)
