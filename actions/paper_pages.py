"""Pages of the blank paper register: numbered when printed, closed when typed in."""

from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.numbers import take_numbers
from actions.once import already_made, note_made
from models.office import PaperPage
from models.organisation import Unit
from queries.paper_pages import pages_printed_together
from rules.errors import RuleViolation
from rules.numbering import RecordKind, paper_page_number, parse_record_number
from rules.roles import Actor

MOST_PAGES = 500


def issue_pages(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    year: int,
    unit: Unit,
    count: int,
    lines: int,
    submission_key: str = "",
) -> list[PaperPage]:
    """The next `count` pages of a unit; those of the first time when sent again. Raises RuleViolation on `count`."""
    if not 1 <= count <= MOST_PAGES:
        raise RuleViolation(f"一次可打印 1 至 {MOST_PAGES} 页。", "count")
    first = already_made(session, submission_key, actor, PaperPage)
    if first is not None:
        return _pages_of_first_time(session, actor, unit, first, count)
    serials = [
        parse_record_number(n).serial for n in take_numbers(session, unit, RecordKind.PAPER_PAGE, year, count)
    ]
    pages = [
        PaperPage(number=paper_page_number(unit.code, year, s), unit_id=unit.id, lines=lines, printed_at=now)
        for s in serials
    ]
    session.add_all(pages)
    session.flush()
    for page in pages:
        audit.record(
            session, actor=actor, now=now, action="paper-page.print", subject=page, label=page.number
        )
    note_made(session, key=submission_key, actor=actor, now=now, subject=pages[0])
    return pages


def _pages_of_first_time(
    session: Session, actor: Actor, unit: Unit, first: int, count: int
) -> list[PaperPage]:
    """Raises RuleViolation where the unit or the number was changed since."""
    pages = pages_printed_together(session, actor, first, count)
    if len(pages) != count or pages[0].unit_id != unit.id:
        raise RuleViolation("这张表已经用过一次，单位或页数已改。请刷新本页后再打印。", "count")
    return pages


def close_page(session: Session, *, actor: Actor, now: datetime, page: PaperPage) -> None:
    """Declare a page fully typed in. Raises RuleViolation when it was closed before."""
    if page.entered_at is not None:
        raise RuleViolation("这一页已经标记录完了。")
    page.entered_at = now
    audit.record(
        session,
        actor=actor,
        now=now,
        action="paper-page.close",
        subject=page,
        label=page.number,
        before={"entered_at": None},
        after={"entered_at": now.isoformat()},
    )
