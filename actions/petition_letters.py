"""Letters of petitions: drafted by an office of what its record says, edited, issued by its head, or given up.

Accusation material never reaches whom it accuses (条例第三十条): a draft that would is refused at once, not at issue.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.document_registers import take_document_number
from actions.issuing import freeze, require_books
from actions.once import already_made, note_made
from actions.seals import note_seal_use
from models.bulletin import DocumentRegister
from models.organisation import Unit
from models.petition import Petition
from models.petition_letter import PetitionLetter
from models.seal import Seal
from queries.accused import accused_of
from queries.letter_facts import facts_now, letter_facts, text_now
from queries.petition_letters import Desk, desk_of, letters_of, refusal
from rules.bulletin_rules import may_issue_for
from rules.errors import RuleViolation, StaleVersion
from rules.letters.accusation import refuse_leak
from rules.letters.entered import kept_entries, with_entered
from rules.letters.facts import LetterFacts
from rules.letters.issued import IssuedLetter, to_json
from rules.letters.kinds import LetterKind, Recipient
from rules.letters.required import LONGEST_SOURCE, SOURCE, require_ready
from rules.letters.text import LetterText
from rules.letters.texts import letter_text
from rules.petition_rules import check_compared
from rules.roles import Actor, Permission
from rules.taxonomy import Purpose


def draft_letter(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    petition: Petition,
    kind: LetterKind,
    submission_key: str = "",
    compared: bool = False,
) -> PetitionLetter:
    """A draft of the actor's own office, its body written from the record. `compared`: the actor has compared the unit
    that gets it with whom an accusation names, where the tree of units cannot tell. Raises RuleViolation."""
    if already_made(session, submission_key, actor, PetitionLetter) is not None:
        return _latest(session, actor, petition, kind)
    row, _facts = drafted(
        session, now=now, desk=desk_of(session, actor, petition), kind=kind, compared=compared
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def drafted(
    session: Session, *, now: datetime, desk: Desk, kind: LetterKind, compared: bool = False
) -> tuple[PetitionLetter, LetterFacts]:
    """The draft, and what it was written from. Raises RuleViolation."""
    actor = desk.actor
    if words := refusal(desk, kind):
        raise RuleViolation(words)
    facts = letter_facts(session, desk, kind, session.get_one(Unit, actor.unit_id))
    refuse_leak(kind, facts)
    if kind.rule.recipient is Recipient.UNIT:
        known = accused_of(session, desk.petition, desk.petition.received_on).is_known
        check_compared(Purpose(desk.petition.purpose), accused_is_known=known, compared=compared)
    row = PetitionLetter(
        petition_id=desk.petition.id,
        kind=kind.value,
        unit_id=actor.unit_id,
        source=letter_text(kind, facts).source,
        drafted_at=now,
        drafted_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    _record(
        session,
        actor,
        now,
        row,
        "petition.draft-letter",
        after={"letter": kind.label} | ({"compared": True} if compared else {}),
    )
    return row, facts


def save_letter(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    letter: PetitionLetter,
    version: int,
    source: str,
    typed: Mapping[str, str],
    renew: bool = False,
) -> None:
    """Keep the body and what was entered; nothing need be complete yet. A body that nobody has touched, or with `renew`
    any, is written anew from what is known now. Raises RuleViolation(s), StaleVersion."""
    _require_draft(actor, letter, version)
    desk, kind = desk_of(session, actor, letter.petition), LetterKind(letter.kind)
    known = letter_facts(session, desk, kind, letter.unit)
    entered = kept_entries(kind, known, typed)
    facts = with_entered(kind, known, entered)
    refuse_leak(kind, facts)
    before = {"letter": kind.label, "letter_text": letter.source, "entered": letter.entered}
    if renew or _is_untouched(letter, kind, known, source):
        source = letter_text(kind, facts).source
    letter.source, letter.entered = _kept_source(source), json.dumps(entered, ensure_ascii=False)
    letter.version += 1
    after = {"letter": kind.label, "letter_text": letter.source, "entered": letter.entered}
    _record(session, actor, now, letter, "petition.save-letter", before=before, after=after)


def issue_letter(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    letter: PetitionLetter,
    version: int,
    register: DocumentRegister | None = None,
    seal: Seal | None = None,
) -> None:
    """Number, frozen content and seal in one transaction. An issue asked for twice is done once.

    `register` is needed where the kind takes a 发文字号. Raises RuleViolation(s), StaleVersion.
    """
    if letter.state == "issued" and letter.issued_by_id == actor.person_id:
        return
    kind = LetterKind(letter.kind)
    _require_issuable(actor, letter, version)
    require_books(kind, letter, register, seal)
    facts = facts_now(session, desk_of(session, actor, letter.petition), letter, day=today, named=True)
    text = text_now(kind, facts, letter.source)
    require_ready(kind, facts, text)
    number = (
        take_document_number(session, register=register, document=letter, today=today, now=now)
        if register
        else None
    )
    freeze(letter, to_json(_issued(letter, kind, facts, text, number, register, seal)))
    letter.number, letter.state, letter.version = number, "issued", letter.version + 1
    letter.addressee = text.addressee if kind.rule.recipient is Recipient.UNIT else ""
    letter.issued_on, letter.issued_at, letter.issued_by_id = today, now, actor.person_id
    session.flush()
    digest = letter.content_digest or ""
    if seal is not None:
        note_seal_use(session, actor=actor, now=now, seal=seal, document=letter, content_digest=digest)
    after = {
        "letter": kind.label,
        "letter_number": number,
        "content_digest": digest,
        "seal": seal.digest if seal else None,
    }
    _record(session, actor, now, letter, "petition.issue-letter", after=after)


def void_letter(
    session: Session, *, actor: Actor, now: datetime, letter: PetitionLetter, version: int, reason: str
) -> None:
    """A draft is given up; what was issued stays. Raises RuleViolation, StaleVersion."""
    _require_draft(actor, letter, version)
    letter.state, letter.void_reason, letter.version = "void", reason[:200], letter.version + 1
    label = LetterKind(letter.kind).label
    _record(session, actor, now, letter, "petition.void-letter", after={"letter": label}, reason=reason)


def note_letter_look(
    session: Session, *, actor: Actor, now: datetime, letter: PetitionLetter, reason: str
) -> None:
    """A letter with the true name of who asked for secrecy leaves the site: who, when, why."""
    _record(session, actor, now, letter, "petition.open-letter", after={}, reason=reason)


def _require_draft(actor: Actor, letter: PetitionLetter, version: int) -> None:
    if not actor.may(Permission.PETITIONS_WRITE) or letter.unit_id != actor.unit_id:
        raise RuleViolation("文书由起草的单位修改。")
    if letter.state != "draft":
        raise RuleViolation("这份文书已经印发或者作废，不能再改。")
    if letter.version != version:
        raise StaleVersion


def _require_issuable(actor: Actor, letter: PetitionLetter, version: int) -> None:
    if not may_issue_for(actor, letter.unit_id, letter.unit.category):
        raise RuleViolation("文书由出具单位负责人签发。")
    _require_draft(actor, letter, version)
    if letter.petition.is_void:
        raise RuleViolation("这件信访事项已作废。")


def _issued(
    letter: PetitionLetter,
    kind: LetterKind,
    facts: LetterFacts,
    text: LetterText,
    number: str | None,
    register: DocumentRegister | None,
    seal: Seal | None,
) -> IssuedLetter:
    """The head bears the mark of the register where the office signs in its own name."""
    is_own = register is not None and facts.issuer == letter.unit.name
    return IssuedLetter(
        kind=kind,
        issuer=register.mark if register and is_own else facts.issuer,
        text=text,
        number=number or "",
        seal_millimetres=seal.width_mm if seal else None,
        grid=register.grid if register else "strict",
    )


def _is_untouched(letter: PetitionLetter, kind: LetterKind, known: LetterFacts, source: str) -> bool:
    written = letter_text(kind, with_entered(kind, known, json.loads(letter.entered))).source
    return _lines(source) == _lines(letter.source) == _lines(written)


def _kept_source(source: str) -> str:
    """Raises RuleViolation on `source`."""
    if len(source) > LONGEST_SOURCE:
        raise RuleViolation(f"正文最多 {LONGEST_SOURCE} 个字，现有 {len(source)} 个。", SOURCE)
    return "\n".join(_lines(source))


def _lines(source: str) -> list[str]:
    return [line.strip() for line in source.splitlines() if line.strip()]


def _latest(session: Session, actor: Actor, petition: Petition, kind: LetterKind) -> PetitionLetter:
    """What the same form made before. Raises RuleViolation where it made another kind."""
    own = [r for r in letters_of(session, petition.id) if r.kind == kind and r.unit_id == actor.unit_id]
    if not own:
        raise RuleViolation("这份表单已经提交过，请刷新页面。")
    return own[-1]


def _record(
    session: Session,
    actor: Actor,
    now: datetime,
    letter: PetitionLetter,
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
        subject=letter,
        label=letter.petition.number,
        before=before,
        after=after,
        reason=reason,
    )
