"""A bulletin's text with its figures: for the author's eye, for submitting, for the pages, for freezing."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.bulletin_issue import WrittenBulletin, canonical_json, document_facts
from indicators.changed_figures import ChangedFigure, changed_figures
from indicators.number_guard import UnmatchedNumber, unmatched_numbers
from indicators.quoted_records import rows_behind
from indicators.quoting import quote
from indicators.scope import figure_scope
from indicators.written_json import from_json, to_json
from indicators.written_text import WrittenLine, WrittenTable, WrittenText
from models.bulletin import Bulletin, BulletinIssue
from models.organisation import Unit
from queries.document_registers import open_registers
from queries.names_in_text import NamesInText, names_in_text
from rules.bulletin_rules import require_subject
from rules.bulletin_text import TOKEN, TextProblem
from rules.errors import RuleViolation
from rules.periods import Period, parse_period
from rules.personal_numbers import personal_numbers
from rules.roles import Actor
from rules.typed_numbers import all_numbers


@dataclass(frozen=True)
class Writing:
    """`problems` must be mended, `unmatched` numbers looked at, `names` of people who came taken out, and so must be
    `personal` numbers: telephones and identity numbers, masked."""

    written: WrittenText
    problems: tuple[TextProblem, ...]
    unmatched: tuple[UnmatchedNumber, ...]
    names: NamesInText
    personal: tuple[str, ...] = ()


def write(
    session: Session,
    actor: Actor,
    *,
    unit: Unit,
    period: Period,
    today: date,
    source: str,
    beside: Sequence[str] = (),
    corrected: Bulletin | None = None,
    is_notice: bool = False,
) -> Writing:
    """At most a dozen statements, however long the text. `unit` must be in the actor's scope; `beside` are the other
    texts that are printed, title and addressees among them."""
    quoted = quote(session, figure_scope(session, unit, period, today), source)
    known = _numbers_of_correction(session, corrected, today)
    unmatched = tuple(u for u in unmatched_numbers(quoted.written) if u.number.plain not in known)
    typed = "\n".join([*beside, TOKEN.sub("，", source)])
    names = names_in_text(session, actor.scope_path, typed, sealed=actor.reads_sealed)
    personal = personal_numbers(typed, is_notice=is_notice)
    return Writing(quoted.written, quoted.problems, unmatched, names, personal)


def write_row(session: Session, actor: Actor, row: Bulletin, today: date) -> Writing:
    """Raises RuleViolation where the subject lies out of the actor's scope: a colleague may have a wider one."""
    require_subject(actor, row.subject_unit.path)
    return write(
        session,
        actor,
        unit=row.subject_unit,
        period=parse_period(row.period),
        today=today,
        source=row.source,
        beside=(row.title, row.addressees, row.copies_to, row.note),
        corrected=row.corrects,
        is_notice=row.format == "notice",
    )


def words_put_in(session: Session, unit: Unit, period: Period, today: date, text: str) -> str:
    """A title or list of addressees with its 〔期间〕 and 〔单位〕 put in."""
    return plain_text(quote(session, figure_scope(session, unit, period, today), text).written)


def to_freeze(session: Session, row: Bulletin, today: date) -> WrittenBulletin:
    """What an issue keeps. Call it inside the unit of work that issues.

    Raises RuleViolation where a line cannot be written: a unit may have been closed or renamed since it was submitted.
    """
    scope = figure_scope(session, row.subject_unit, parse_period(row.period), today)
    quoted = quote(session, scope, row.source)
    if quoted.problems:
        first = quoted.problems[0]
        raise RuleViolation(f"正文有 {len(quoted.problems)} 处写不出来，请退回修改：{first}")
    written = quoted.written
    return WrittenBulletin(
        json.loads(to_json(written)), rows_behind(session, scope, written), plain_text(written)
    )


def digest_of(written: dict[str, Any]) -> str:
    """Of a text with its figures (the JSON of `WrittenBulletin`), so that a signer signs what was seen: 64 hex digits."""
    return hashlib.sha256(canonical_json(written).encode()).hexdigest()


def frozen_text(issue: BulletinIssue) -> WrittenText:
    return from_json(json.dumps(json.loads(issue.content)["written"]))


def draft_content(session: Session, row: Bulletin, written: WrittenText) -> str:
    """As `BulletinIssue.content`, without number, day and seal."""
    registers = open_registers(session, row.unit_id)
    facts = document_facts(row, registers[0] if registers else None, None)
    return canonical_json({"format": 1, "document": facts, "written": json.loads(to_json(written))})


def changes_since_issue(session: Session, row: Bulletin, today: date) -> tuple[ChangedFigure, ...]:
    """What the frozen figures of an issued bulletin would be now, where they differ."""
    if row.issue is None:
        return ()
    old = frozen_text(row.issue)
    as_of = date.fromisoformat(old.as_of)
    period = parse_period(row.period)
    scope = figure_scope(session, row.subject_unit, period, max(as_of, min(period.end, today)))
    return changed_figures(old, quote(session, scope, row.source).written)


def plain_text(written: WrittenText) -> str:
    """The words of the text and of its tables, line by line."""
    return "\n".join(_plain_line(line) for line in written.lines)


def _plain_line(line: Any) -> str:
    if isinstance(line, WrittenLine):
        return line.text
    if isinstance(line, WrittenTable):
        return " ".join([line.caption, *(cell.text for row in line.rows for cell in row[:1])])
    return str(line.caption)


def _numbers_of_correction(session: Session, corrected: Bulletin | None, today: date) -> set[str]:
    """A correction tells the old figures and the new ones: neither is a slip of the pen."""
    if corrected is None:
        return set()
    changed = changes_since_issue(session, corrected, today)
    texts = [text for change in changed for text in (change.old, change.new)]
    return {number for text in texts for number in all_numbers(text)}
