"""Walking the audit chain and comparing it with the anchors kept outside the database.

The keyed chain shows an edit, a deletion, a new order and a rewrite under another key; only an anchor shows
that the tail was cut off or that an older database was put back.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audit_entry import AuditEntry
from models.audit_line import GENESIS, PROTECTED, line_of_values
from models.protected import chain_value

BATCH = 5_000


@dataclass(frozen=True)
class Anchor:
    """What was true once: at a moment (naive UTC) the chain had so many entries and this head."""

    at: datetime
    count: int
    head: str


@dataclass(frozen=True)
class ChainReport:
    """`first_broken_id` and `why` are set when `ok` is not; `anchors` is how many were compared."""

    ok: bool
    count: int
    anchors: int
    first_broken_id: int | None = None
    why: str = ""

    def in_words(self) -> str:
        if not self.ok:
            where = f"第 {self.first_broken_id} 条" if self.first_broken_id else "锚点文件"
            return f"审计链断裂：{where}，{self.why}"
        compared = f"，与 {self.anchors} 个外部锚点一致" if self.anchors else "，尚无外部锚点可对照"
        return f"审计链完整：{self.count} 条{compared}"


def chain_head(session: Session) -> tuple[int, str]:
    """How many entries there are, and the chain value of the last: one statement, so that both are of one moment."""
    count = select(func.count()).select_from(AuditEntry).scalar_subquery()
    last = select(count, AuditEntry.chain).order_by(AuditEntry.id.desc()).limit(1)
    found = session.execute(last).first()
    return (found[0], found[1]) if found else (0, GENESIS)


def verify_chain(session: Session, anchors: Sequence[Anchor] = ()) -> ChainReport:
    """Every entry in order, in batches. Ids run from 1 without a gap."""
    expected_at = {anchor.count: anchor.head for anchor in anchors}
    previous, count = GENESIS, 0
    for *values, chain in _rows(session):
        if values[0] != count + 1:
            return ChainReport(False, count, len(anchors), count + 1, "此条缺失，编号不连续")
        previous = chain_value(previous, line_of_values(values))
        if previous != chain:
            return ChainReport(
                False, count, len(anchors), count + 1, "内容或顺序被改动，或不是用本站密钥写的"
            )
        count += 1
        if expected_at.get(count, chain) != chain:
            return ChainReport(
                False, count, len(anchors), count, "与外部锚点不一致，此条或更早的记录被整体改写"
            )
    latest = max(expected_at, default=0)
    if latest > count:
        why = f"外部锚点记有 {latest} 条，现只有 {count} 条：末尾被删，或恢复了旧的数据库"
        return ChainReport(False, count, len(anchors), count + 1, why)
    return ChainReport(True, count, len(anchors))


def _rows(session: Session) -> Iterator[tuple]:
    """Plain rows below the ORM: a large log is walked often, and nothing here needs an object."""
    columns = [AuditEntry.__table__.c[name] for name in (*PROTECTED, "chain")]
    statement = select(*columns).order_by(AuditEntry.__table__.c.id)
    with session.connection().execution_options(yield_per=BATCH).execute(statement) as rows:
        for batch in rows.partitions():
            yield from map(tuple, batch)


_LINE = re.compile(r"(\S+) (\d+) ([0-9a-f]{64}) ([0-9a-f]{64})")


def anchor_line(anchor: Anchor, before: str) -> str:
    """One line of the anchor file; its last word is keyed and chains it to the line before (`""` for the first)."""
    text = f"{anchor.at.isoformat()} {anchor.count} {anchor.head}"
    return f"{text} {chain_value(before or GENESIS, 'anchor ' + text)}"


def anchors_in(lines: Sequence[str]) -> list[Anchor]:
    """Raises ValueError in Chinese, naming the first line that was changed, removed or written by somebody else."""
    found: list[Anchor] = []
    before = ""
    for number, line in enumerate(lines, start=1):
        anchor = _anchor(line)
        if anchor is None or anchor_line(anchor, before) != line:
            raise ValueError(f"锚点文件第 {number} 行被改动或前面有缺行")
        found.append(anchor)
        before = line.rpartition(" ")[2]
    return found


def _anchor(line: str) -> Anchor | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    try:
        return Anchor(datetime.fromisoformat(match[1]), int(match[2]), match[3])
    except ValueError:
        return None
