"""Papers of the office: drafted from a record, edited, issued by the head with number and seal, or given up.

A draft that would go to whom an accusation names is refused at once, not at issue (条例第三十条第三款).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.document_registers import take_document_number
from actions.issuing import freeze, require_books
from actions.once import already_made, note_made
from actions.paper_effects import EFFECTS
from actions.seals import note_seal_use
from models.bulletin import DocumentRegister
from models.office_paper import OfficePaper
from models.seal import Seal
from queries.office_papers import draft_refusal, papers_about
from queries.paper_drafts import DRAFTS
from queries.paper_subjects import accused_by, load_subject
from rules.bulletin_rules import may_issue_for
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.letters.issued import IssuedLetter, to_json
from rules.letters.text import LetterText
from rules.papers.kinds import PaperKind
from rules.papers.ready import paper_leaks, paper_problems, require_lengths
from rules.roles import Actor, Permission


def draft_paper(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    kind: PaperKind,
    subject: Any,
    title: str,
    addressee: str,
    source: str,
    copies_to: str = "",
    submission_key: str = "",
) -> OfficePaper:
    """A draft of the actor's own office about a record that the caller has loaded in scope. Raises RuleViolation(s)."""
    key = f"{kind.value}|{submission_key}" if submission_key else ""
    if already_made(session, key, actor, OfficePaper) is not None:
        return _latest(session, actor, kind, subject)
    if words := draft_refusal(session, actor, kind, subject):
        raise RuleViolation(words)
    row = OfficePaper(
        kind=kind.value,
        subject_type=DRAFTS[kind].subject_type,
        subject_id=subject.id,
        unit_id=actor.unit_id,
        drafted_at=now,
        drafted_by_id=actor.person_id,
    )
    _write(session, row, subject, title, addressee, copies_to, source)
    session.add(row)
    session.flush()
    _record(session, actor, now, row, subject, "paper.draft", after=_words(row))
    note_made(session, key=key, actor=actor, now=now, subject=row)
    return row


def save_paper(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    paper: OfficePaper,
    version: int,
    title: str,
    addressee: str,
    source: str,
    copies_to: str = "",
) -> None:
    """Keep the words; nothing need be complete yet. Raises RuleViolation(s), StaleVersion."""
    _require_draft(actor, paper, version)
    subject, before = load_subject(session, actor, paper.subject_type, paper.subject_id), _words(paper)
    _write(session, paper, subject, title, addressee, copies_to, source)
    paper.version += 1
    _record(session, actor, now, paper, subject, "paper.save", before=before, after=_words(paper))


def issue_paper(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    paper: OfficePaper,
    version: int,
    register: DocumentRegister | None = None,
    seal: Seal | None = None,
) -> None:
    """Number, frozen content, seal and what the issue does to the record, in one transaction. Asked for twice it is done
    once. `register` is needed where the kind takes a 发文字号. Raises RuleViolation(s), StaleVersion."""
    if paper.state == "issued" and paper.issued_by_id == actor.person_id:
        return
    kind = PaperKind(paper.kind)
    _require_issuable(actor, paper, version)
    subject = load_subject(session, actor, paper.subject_type, paper.subject_id)
    _require_ready(session, paper, subject)
    require_books(kind, paper, register, seal)
    number = (
        take_document_number(session, register=register, document=paper, today=today, now=now)
        if register
        else None
    )
    freeze(paper, issued_content(paper, subject, today, actor.name, number, register, seal))
    paper.number, paper.state, paper.version = number, "issued", paper.version + 1
    paper.issued_on, paper.issued_at, paper.issued_by_id = today, now, actor.person_id
    session.flush()
    digest = paper.content_digest or ""
    if seal is not None:
        note_seal_use(session, actor=actor, now=now, seal=seal, document=paper, content_digest=digest)
    after = {"paper": kind.label, "paper_number": number, "content_digest": digest}
    after |= {"seal": seal.digest if seal else None}
    _record(session, actor, now, paper, subject, "paper.issue", after=after)
    if kind in EFFECTS:
        EFFECTS[kind](session, paper, actor, now, today)


def void_paper(
    session: Session, *, actor: Actor, now: datetime, paper: OfficePaper, version: int, reason: str
) -> None:
    """A draft is given up; what was issued stays. Raises RuleViolation, StaleVersion."""
    _require_draft(actor, paper, version)
    subject = load_subject(session, actor, paper.subject_type, paper.subject_id)
    paper.state, paper.void_reason, paper.version = "void", reason[:200], paper.version + 1
    after = {"paper": PaperKind(paper.kind).label}
    _record(session, actor, now, paper, subject, "paper.void", after=after, reason=reason)


def issued_content(
    paper: OfficePaper,
    subject: Any,
    day: date,
    signer: str,
    number: str | None = None,
    register: DocumentRegister | None = None,
    seal: Seal | None = None,
    *,
    is_draft: bool = False,
) -> str:
    """JSON of what is printed. The head bears the mark of the register, of 纪要 that of the body that met."""
    kind = PaperKind(paper.kind)
    return to_json(
        IssuedLetter(
            kind=kind,
            issuer=register.mark if register else paper.unit.name,
            text=_text(paper, subject, kind, day, signer),
            number=number or "",
            seal_millimetres=seal.width_mm if seal else None,
            grid=register.grid if register else "strict",
            is_draft=is_draft,
        )
    )


def problems_of(session: Session, paper: OfficePaper, subject: Any) -> list[RuleViolation]:
    """Everything that stands against issuing it now."""
    return paper_problems(
        PaperKind(paper.kind),
        title=paper.title,
        addressee=paper.addressee,
        copies_to=paper.copies_to,
        source=paper.source,
        accused=accused_by(session, paper.subject_type, subject),
    )


def _write(
    session: Session,
    paper: OfficePaper,
    subject: Any,
    title: str,
    addressee: str,
    copies_to: str,
    source: str,
) -> None:
    """Raises RuleViolation(s)."""
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    words = (
        " ".join(title.split()),
        " ".join(addressee.split()),
        " ".join(copies_to.split()),
        "\n".join(lines),
    )
    require_lengths(*words)
    accused = accused_by(session, paper.subject_type, subject)
    if found := paper_leaks(words[1], words[2], accused):
        raise RuleViolations(found)
    paper.title, paper.addressee, paper.copies_to, paper.source = words


def _text(paper: OfficePaper, subject: Any, kind: PaperKind, day: date, signer: str) -> LetterText:
    return LetterText(
        title=paper.title,
        source=paper.source,
        addressee=paper.addressee,
        signature=paper.unit.name,
        day=day,
        note=f"联系电话：{paper.unit.telephone}" if paper.unit.telephone and paper.addressee else "",
        copies_to=paper.copies_to,
        signer=signer if kind.rule.names_signer else "",
        mark=DRAFTS[kind].mark(subject),
    )


def _require_draft(actor: Actor, paper: OfficePaper, version: int) -> None:
    if not actor.may(Permission.PAPERS_WRITE) or paper.unit_id != actor.unit_id:
        raise RuleViolation("公函由起草的单位修改。")
    if paper.state != "draft":
        raise RuleViolation("这份公函已经印发或者作废，不能再改。")
    if paper.version != version:
        raise StaleVersion


def _require_issuable(actor: Actor, paper: OfficePaper, version: int) -> None:
    if not may_issue_for(actor, paper.unit_id, paper.unit.category):
        raise RuleViolation("公函由出具单位负责人签发。")
    _require_draft(actor, paper, version)


def _require_ready(session: Session, paper: OfficePaper, subject: Any) -> None:
    """Raises RuleViolation(s)."""
    if getattr(subject, "voided_at", None) is not None:
        raise RuleViolation("这条记录已作废。")
    if words := DRAFTS[PaperKind(paper.kind)].refusal(subject):
        raise RuleViolation(words)
    if found := problems_of(session, paper, subject):
        raise RuleViolations(found)


def _latest(session: Session, actor: Actor, kind: PaperKind, subject: Any) -> OfficePaper:
    """What the same form made before. Raises RuleViolation where it is not of this record."""
    rows = papers_about(session, DRAFTS[kind].subject_type, subject.id)
    own = [row for row in rows if row.kind == kind and row.unit_id == actor.unit_id]
    if not own:
        raise RuleViolation("这份表单已经提交过，请刷新页面。")
    return own[-1]


def _words(paper: OfficePaper) -> audit.Values:
    return {
        "paper": PaperKind(paper.kind).label,
        "paper_title": paper.title,
        "paper_addressee": paper.addressee,
        "paper_copies_to": paper.copies_to,
        "paper_text": paper.source,
    }


def _record(
    session: Session,
    actor: Actor,
    now: datetime,
    paper: OfficePaper,
    subject: Any,
    action: str,
    *,
    after: audit.Values,
    before: audit.Values | None = None,
    reason: str = "",
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=paper,
        label=getattr(subject, "number", "") or PaperKind(paper.kind).label,
        before=before,
        after=after,
        reason=reason,
    )
