"""Petitions by the hundred thousand, for measuring: plausible facts, written straight into the tables.

`python -m benchmarks.petition_rows WORK KIND` fills the large county of `benchmarks.sites` (KIND is SQLite or
PostgreSQL) where it holds none.
"""

import random
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from actions.search_rows import insert_rows
from benchmarks.sites import POSTGRESQL, Site, open_site
from extensions import db
from models.category import Category
from models.organisation import Unit
from models.petition import Petition, PetitionContact, PetitionReply, PetitionStep, PetitionUnit
from models.planner import refresh_planner_statistics
from models.staff import Person
from rules.petition_states import Stage
from rules.taxonomy import UnitCategory
from web import clock

COUNT = 200_000
_LOT = 2_000
_YEARS = 4
_OPEN_DAYS = 90
"""Younger ones are still on their way."""
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "建国秀英大山小河桂花志强丽华明芳春梅海涛"
_MATTERS = (
    "拖欠工资",
    "小区漏水",
    "宅基地纠纷",
    "低保待遇",
    "楼盘烂尾",
    "河道污染",
    "征地补偿",
    "道路停工",
    "学位不足",
    "电梯故障",
)
_PLACES = ("柳溪镇上河村", "白石乡石门村", "城关镇东街", "开发区二期", "柳园社区三号楼", "县一中片区")
_COLUMNS = tuple(column.key for column in Petition.__table__.columns)
_CLOCK = {
    "pending": "xfbm_dispatch",
    "sent": "xfr_notice",
    "received": "xfr_notice",
    "objected": "xfr_notice",
    "handling": "handle",
}
_ENDED = (Stage.CONCLUDED, Stage.CLOSED, Stage.FINISHED, Stage.ARCHIVED, Stage.REVIEWING)


class Facts:
    """What petitions are drawn from; one seed gives the same petitions again."""

    def __init__(self, session: Session, today: date, seed: int = 7) -> None:
        self.random, self.today = random.Random(seed), today
        units = session.execute(select(Unit.id, Unit.category, Unit.code).where(Unit.path != "")).all()
        self.bureau = next(u.id for u in units if u.category == UnitCategory.BUREAU.value)
        self.codes = {u.id: u.code for u in units}
        township = (UnitCategory.TOWNSHIP.value, UnitCategory.DEPARTMENT.value)
        self.units = [u.id for u in units if u.category in township]
        self.categories = list(session.scalars(select(Category.id)))
        self.people = list(session.scalars(select(Person.id)))

    def petition(self, row_id: int) -> dict[str, Any]:
        r = self.random
        age = r.randrange(_YEARS * 365)
        registered_on = self.today - timedelta(days=age)
        stage = self._stage(age)
        unit = self.bureau if r.random() < 0.6 else r.choice(self.units)
        row: dict[str, Any] = dict.fromkeys(_COLUMNS)
        row |= {
            "id": row_id, "uid": uuid.UUID(int=r.getrandbits(128)).hex, "number": f"XF-{self.codes[unit]}-{registered_on.year}-{row_id:06d}",
            "external_number": f"HN{row_id:09d}" if r.random() < 0.8 else None, "unit_id": unit, "registered_on": registered_on,
            "received_on": registered_on, "registered_at": datetime.combine(registered_on, datetime.min.time()),
            "channel": r.choice(("letter", "visit", "online", "telephone")), "representatives": 1, "oral": False, "source_number": "",
            "source_level": r.choices(("county", "township", "city", "province", "national"), (60, 20, 8, 8, 4))[0], "instruction": "",
            "persons": r.choices((1, 2, 3, 5, 12), (80, 8, 6, 4, 2))[0], "item_kind": "repeat" if r.random() < 0.2 else "first",
            "title": f"反映{r.choice(_MATTERS)}问题", "content": self._content(), "request": "请依法处理。",
            "category_id": r.choice(self.categories), "purpose": r.choices(("request", "appeal", "suggestion", "accusation"), (70, 15, 12, 3))[0],
            "accused_text": "", "other_procedure": "", "included": r.random() < 0.9, "judicial": r.random() < 0.05,
            "confidential": r.random() < 0.02, "anonymous": False, "stage": stage.value, "extension_days": 0, "version": 1,
            "handler_id": r.choice(self.people), "campaign": "2026年第一批" if r.random() < 0.01 else None,
            "dispatch_due_on": registered_on + timedelta(days=15),
        }  # fmt: skip
        row["sealed"] = row["purpose"] == "accusation"
        if r.random() < 0.01:
            row |= {"voided_at": row["registered_at"], "void_reason": "登记重复"}
        self._go_on(row, stage)
        return row

    def _stage(self, age: int) -> Stage:
        if age < _OPEN_DAYS:
            young = (
                Stage.PENDING,
                Stage.SENT,
                Stage.OBJECTED,
                Stage.RECEIVED,
                Stage.HANDLING,
                Stage.CONCLUDED,
            )
            return self.random.choices(young, (15, 10, 1, 10, 50, 14))[0]
        if age < 2 * _OPEN_DAYS:
            return self.random.choices((*_ENDED, Stage.HANDLING), (70, 8, 2, 10, 2, 8))[0]
        return self.random.choices(_ENDED, (6, 1, 2, 90.8, 0.2))[0]

    def _go_on(self, row: dict[str, Any], stage: Stage) -> None:
        r, first = self.random, row["registered_on"]
        if stage is not Stage.PENDING:
            sent, received = (
                first + timedelta(days=r.randrange(1, 16)),
                first + timedelta(days=r.randrange(2, 20)),
            )
            row |= {
                "dispatch_kind": r.choice(("forward", "forward", "assign")),
                "dispatched_on": sent,
                "responsible_unit_id": r.choice(self.units),
            }
            row |= {"unit_received_on": received, "notice_due_on": received + timedelta(days=15)}
        if stage in (Stage.HANDLING, *_ENDED):
            told = first + timedelta(days=r.randrange(5, 30))
            row |= {"notified_on": told, "acceptance": "refused" if stage is Stage.CLOSED else "accepted"}
            row |= {
                "handling_class": r.choices(("petition", "statutory_duty", "litigation"), (70, 20, 10))[0],
                "reply_due_on": told + timedelta(days=60),
            }
        if stage in _ENDED and stage is not Stage.CLOSED:
            ended = row["notified_on"] + timedelta(days=r.randrange(10, 65))
            row |= {
                "concluded_on": ended,
                "served_on": ended,
                "conclusion": r.choice(("supported", "explained", "unsupported")),
            }
            row |= {
                "resolution": r.choice(("resolved", "unresolved")),
                "executed_on": ended if r.random() < 0.9 else None,
                "reported_on": ended,
            }
            rated = r.random() < 0.93
            row |= dict.fromkeys(
                ("bureau_rating", "unit_rating"),
                r.choice(("satisfied", "fairly", "dissatisfied")) if rated else None,
            )
        if stage is Stage.ARCHIVED:
            row["archived_on"] = row["concluded_on"]
        if stage.value in _CLOCK:
            due = (
                row["dispatch_due_on"]
                if stage is Stage.PENDING
                else row["notice_due_on"]
                if stage is not Stage.HANDLING
                else row["reply_due_on"]
            )
            row |= {"next_due_on": due, "next_due_key": _CLOCK[stage.value]}

    def _content(self) -> str:
        r = self.random
        return f"反映{r.choice(_PLACES)}{r.choice(_MATTERS)}，已{r.randrange(2, 40)}个月，多次找有关单位没有结果。{r.choice(_MATTERS)}也未解决。"

    def name(self) -> str:
        return self.random.choice(_SURNAMES) + "".join(self.random.choices(_GIVEN, k=2))


def fill_petitions(session: Session, today: date, count: int = COUNT) -> float:
    """Seconds taken. The caller commits."""
    started, facts = time.perf_counter(), Facts(session, today)
    first = (session.scalar(select(func.max(Petition.id))) or 0) + 1
    for lot in _lots(first, count):
        rows = [facts.petition(row_id) for row_id in lot]
        session.execute(insert(Petition), rows)
        names = {row["id"]: facts.name() for row in rows}
        session.execute(insert(PetitionContact), [_contact(row, names[row["id"]]) for row in rows])
        _insert_around(session, rows)
        insert_rows(
            session, "petition_search", [(row["id"], _searched(row), [names[row["id"]]]) for row in rows]
        )
    if session.get_bind().dialect.name == "postgresql":
        for table in ("petition", "petition_contact", "petition_unit", "petition_reply", "petition_step"):
            session.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))  # noqa: S608
    return round(time.perf_counter() - started, 1)


def _lots(first: int, count: int) -> Iterator[range]:
    for start in range(first, first + count, _LOT):
        yield range(start, min(start + _LOT, first + count))


def _contact(row: dict[str, Any], name: str) -> dict[str, Any]:
    telephone = f"{row['id']:032x}"
    return {
        "uid": row["uid"], "petition_id": row["id"], "position": 1, "name": name, "address": "",
        "telephone_digest": telephone, "telephone_tail_digest": f"{row['id'] % 10_000:032x}",
    }  # fmt: skip


def _insert_around(session: Session, rows: list[dict[str, Any]]) -> None:
    """Parts of units, replies, and requests for extension that wait."""
    sent = [row for row in rows if row["responsible_unit_id"] is not None]
    parts = [
        {
            "petition_id": r["id"],
            "unit_id": r["responsible_unit_id"],
            "part": "responsible",
            "since": r["dispatched_on"],
            "task": "",
        }
        for r in sent
    ]
    parts += [
        {
            "petition_id": r["id"],
            "unit_id": rows[0]["unit_id"],
            "part": "joint",
            "since": r["dispatched_on"],
            "task": "",
        }
        for r in sent
        if r["id"] % 25 == 0
    ]
    session.execute(insert(PetitionUnit), parts)
    replied = [r for r in sent if r["served_on"] or (r["stage"] == "handling" and r["id"] % 5 == 0)]
    states = ("submitted", "approved", "draft")
    session.execute(
        insert(PetitionReply),
        [
            {
                "petition_id": r["id"], "unit_id": r["responsible_unit_id"], "conclusion": "explained", "requests": "", "facts": "",
                "opinion": "", "legal_basis": "", "returned_reason": "", "drafted_at": r["registered_at"], "version": 1,
                "state": "approved" if r["served_on"] else states[r["id"] // 5 % 3],
            }
            for r in replied
        ],
    )  # fmt: skip
    waiting = [r for r in sent if r["stage"] == "handling" and r["id"] % 20 == 1]
    steps = [
        {
            "petition_id": r["id"], "verb": "request_extension", "happened_on": r["notified_on"], "recorded_at": r["registered_at"],
            "from_stage": "handling", "outcome": "", "text": "", "undo_reason": "", "before": "", "waits_for": "decide_extension",
        }
        for r in waiting
    ]  # fmt: skip
    if steps:
        session.execute(insert(PetitionStep), steps)


def _searched(row: dict[str, Any]) -> str:
    return " ".join((row["number"], row["external_number"] or "", row["title"], row["content"]))


def fill_site(site: Site) -> None:
    """Once in a working directory."""
    with site.app.app_context(), Session(db.engine) as session, session.begin():
        if not session.scalar(select(func.count()).select_from(Petition)):
            print(f"{site.kind}: {COUNT:,} petitions in {fill_petitions(session, clock.today())} s")
        refresh_planner_statistics(session)
    if site.kind == POSTGRESQL:
        with site.app.app_context(), db.engine.connect() as plain:
            plain.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


if __name__ == "__main__":
    fill_site(open_site(sys.argv[2], Path(sys.argv[1])))
