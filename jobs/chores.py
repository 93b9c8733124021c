"""The nightly chores."""

from datetime import timedelta

from flask import current_app

from actions.chores import prune
from actions.deadline_sweep import sweep_deadlines
from actions.petition_search import index_petitions_again
from extensions import db
from jobs.registry import job
from models.planner import refresh_planner_statistics
from queries.attachments import kept_uids
from queries.petition_index import found_by_file_names
from web import clock
from web.attachment_files import drop_orphans
from web.audit_anchor import write_anchor
from web.backup.nightly import WORKER, back_up_for_the_night
from web.unit_of_work import writing


@job("chore.anchor")
def anchor() -> None:
    """The last line also goes to the log, which a careful office sends to another machine."""
    line = write_anchor(current_app.config["INSTANCE_DIR"], db.session())
    current_app.logger.info("audit anchor %s", line)


@job("chore.backup")
def backup() -> None:
    """Needs no person: only the public half of the recovery key. A site without one has no nightly backup."""
    back_up_for_the_night()


@job("chore.prune")
def tidy() -> None:
    with writing() as session:
        rows = prune(session, now=clock.now())
    current_app.logger.info("pruned %s expired rows", rows)


@job("chore.attachments")
def sweep_attachments() -> None:
    """Files of uploads that were never committed. The rows are read after the files of a day ago were written."""
    removed = drop_orphans(kept_uids(db.session()), clock.now() - timedelta(days=1))
    current_app.logger.info("removed %s files of no attachment", removed)


@job("chore.deadlines")
def sweep() -> None:
    """Clocks that waited for a calendar, which an upgrade may have brought."""
    with writing() as session:
        found = sweep_deadlines(session, actor=WORKER, now=clock.now(), today=clock.today())
    current_app.logger.info("deadlines: %s clocks, %s petitions put right", found.clocks, found.petitions)


@job("chore.search")
def mend_search() -> None:
    """Search rows that an older version wrote. Looked for before the write turn: most nights there are none."""
    wrong = found_by_file_names(db.session())
    db.session.rollback()
    if wrong:
        with writing() as session:
            index_petitions_again(session, wrong, actor=WORKER, now=clock.now())
    current_app.logger.info("search: %s petitions indexed again", len(wrong))


@job("chore.planner")
def refresh_planner() -> None:
    """What the database knows about its rows goes stale as they grow."""
    with writing() as session:
        refresh_planner_statistics(session)
