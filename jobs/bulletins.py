"""Keeping the files of issued bulletins, where the page that issued them could not."""

from extensions import db
from jobs.registry import job
from rules.roles import Actor
from web.bulletin_files import keep_issued_files

KEEPER = Actor(None, None, "后台", None, None, "", "", address="worker")


@job("bulletin.keep")
def keep(bulletin_id: int) -> None:
    keep_issued_files(db.session(), KEEPER, bulletin_id)
