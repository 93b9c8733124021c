"""空白登记簿: pages that were numbered together, printed once more or for the first time."""

from collections.abc import Mapping

from flask import url_for
from sqlalchemy.orm import Session

from actions.paper_pages import MOST_PAGES
from documents.blank_register import blank_register_slice, whole_blank_register
from models.office import PaperPage
from queries.paper_pages import pages_printed_together
from queries.register_filter import number_of
from queries.scope import load_unit
from rules.roles import Actor, Permission
from web.prints.kind import Gathered, PrintKind, Wanted

AT_ONCE = 100


def arguments_for(pages: list[PaperPage]) -> dict[str, str]:
    return {"first": str(pages[0].id), "count": str(len(pages))}


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    pages = _pages(session, actor, args)
    return Wanted(
        {**arguments_for(pages), "typing": url_for("reception.open_paper_page", number="", _external=True)},
        f"{load_unit(session, actor, pages[0].unit_id).label}，{pages[0].number} 至 {pages[-1].number}",
        len(pages),
    )


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    """The QR code is an address of this site that opens the typing form; a job does not know where the site stands."""
    pages = _pages(session, actor, args)
    for page in pages:
        yield [page.number, f"{args['typing']}{page.number}"]
    return {"unit": load_unit(session, actor, pages[0].unit_id).name}


def _pages(session: Session, actor: Actor, args: Mapping[str, str]) -> list[PaperPage]:
    """Raises NotVisible."""
    first, count = (number_of(args.get(name)) or 0 for name in ("first", "count"))
    return pages_printed_together(session, actor, first, min(count, MOST_PAGES))


PRINT = PrintKind(
    title="空白登记簿",
    counted="页",
    permission=Permission.RECEPTION_WRITE,
    at_once=AT_ONCE,
    most=MOST_PAGES,
    at_a_time=40,
    settle=_settle,
    gather=_gather,
    draw=blank_register_slice,
    whole=whole_blank_register,
)
