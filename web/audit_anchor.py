"""The anchors of the audit chain: a file beside the database, appended to, never rewritten.

Print its last line, send it to another machine or keep it with each backup: what stands outside cannot be cut off.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlalchemy.orm import Session

from queries.audit_chain import Anchor, ChainReport, anchor_line, anchors_in, chain_head, verify_chain
from web import clock

ANCHOR_FILE = "audit-anchor.log"


def write_anchor(instance_dir: Path | str, session: Session) -> str:
    """Append how many entries there are now and their head; returns the line.

    Where nothing was written since the last anchor, that one stays the last. The worker calls it daily and a
    backup before it copies.
    """
    count, head = chain_head(session)
    path = Path(instance_dir) / ANCHOR_FILE
    with _one_at_a_time(path) as file:
        last = (_lines(path) or [""])[-1]
        if last.split(" ")[1:3] == [str(count), head]:
            return last
        anchor = Anchor(clock.now().replace(microsecond=0), count, head)
        line = anchor_line(anchor, before=last.rpartition(" ")[2])
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    return line


def verify_site(instance_dir: Path | str, session: Session) -> ChainReport:
    """The chain against its anchors; a damaged anchor file is a broken chain too."""
    try:
        anchors = anchors_in(_lines(Path(instance_dir) / ANCHOR_FILE))
    except ValueError as error:
        return ChainReport(False, 0, 0, None, str(error))
    return verify_chain(session, anchors)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii", errors="replace").splitlines() if path.exists() else []


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[TextIO]:
    """Each line builds on the one before, so that two processes must not write at once."""
    descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as file:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield file
