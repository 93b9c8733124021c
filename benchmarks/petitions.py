"""`python -m benchmarks.petitions [--work DIR] [--only sqlite|postgresql] [--no-report]`

Work lists, searches and records over 200,000 petitions; the nightly sweep and the preview of a calendar over 20,000 open
ones. Writes docs/benchmarks-petitions.md. PostgreSQL needs TEST_POSTGRESQL_URL.
"""

import argparse
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from benchmarks.machine import database, machine
from benchmarks.pages import LONGER_WORDS, NO_GOAL, PAGE_GOAL, ROUNDS, Journey, Result, run_journey
from benchmarks.petition_deadlines import measure_deadlines
from benchmarks.petition_rows import COUNT, fill_site
from benchmarks.plans import slowest_statement
from benchmarks.report import pages_table
from benchmarks.sites import POSTGRESQL, SQLITE, open_site
from config import ROOT
from extensions import db
from models.organisation import Unit
from models.petition import Petition
from queries.petition_work import TABS
from queries.scope import within
from rules.roles import Role
from web.serving import settle

REPORT = ROOT / "docs" / "benchmarks-petitions.md"
_HEAD = f"""# Benchmarks of petitions

Written by `python -m benchmarks.petitions`; do not edit. The county of `docs/benchmarks.md` with {COUNT:,} petitions.
"""
_WORDS = ("电梯", "工资", "漏水", "宅基", "低保", "烂尾", "污染", "征地", "停工", "学位")
_INITIALS = ("zjg", "lxy", "wdh", "czh", "zgh", "ycm", "lzq", "hjg", "sxy", "qmh")


def main() -> None:
    options = _options()
    work = Path(options.work)
    parts = [_HEAD, "\n".join(f"* {line}" for line in machine())]
    for kind in (SQLITE, POSTGRESQL):
        if options.only in ("", kind.lower()):
            lines = [f"## {kind}", "", *_pages(kind, work), "", "### Clocks", ""]
            lines += measure_deadlines(kind.lower(), work)
            print("\n".join(lines), flush=True)
            parts.append("\n".join(lines))
    if not options.no_report:
        REPORT.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


def _pages(kind: str, work: Path) -> list[str]:
    site = open_site(kind, work)
    fill_site(site)
    app = site.app
    settle()
    results = [_measured(app, journey) for journey in _journeys(app)]
    return [f"{database(app)}.", "", "### Pages", "", *pages_table(results)]


def _measured(app: Flask, journey: Journey) -> Result:
    result = run_journey(app, journey)
    if not result.met_anew:
        print(slowest_statement(app, journey))
    return result


def _journeys(app: Flask) -> list[Journey]:
    return [
        *_for_account(app, "bureau1", TABS[Role.BUREAU]),
        *_for_account(app, "clerk1", TABS[Role.CLERK]),
    ]


def _for_account(app: Flask, username: str, tabs: tuple[str, ...]) -> list[Journey]:
    records = random.Random(5).choices(_own(app) if username == "clerk1" else _any(app), k=ROUNDS)

    def each(values: list[int] | tuple[str, ...]) -> Callable[[int], object]:
        return lambda i: values[i % len(values)]

    word, longer, initials, record = each(_WORDS), each(LONGER_WORDS), each(_INITIALS), each(records)
    lists = [(f"清单：{tab}", lambda _i, tab=tab: f"/petitions?state={tab}") for tab in tabs]
    pages = [
        ("事项列表，第一页", lambda _i: "/petitions"),
        *lists,
        ("筛选：年份", lambda _i: "/petitions?from=2025-01-01&to=2025-12-31"),
        ("搜索：两个汉字", lambda i: f"/petitions?q={word(i)}"),
        ("搜索：三四个汉字", lambda i: f"/petitions?q={longer(i)}"),
        ("搜索：姓名拼音首字母", lambda i: f"/petitions?q={initials(i)}"),
    ]
    beside = [
        ("一件事项", lambda i: f"/petitions/{record(i)}"),
        ("统计页，一年", lambda _i: "/statistics?period=2025"),
    ]
    return [
        *(Journey(name, username, PAGE_GOAL, address) for name, address in pages),
        *(Journey(name, username, NO_GOAL, address) for name, address in beside),
    ]


def _any(app: Flask) -> list[int]:
    with app.app_context():
        return list(
            db.session().scalars(
                select(Petition.id).where(Petition.sealed.is_(False), Petition.id % 997 == 5)
            )
        )


def _own(app: Flask) -> list[int]:
    """Petitions that the first township's clerk may open."""
    with app.app_context():
        session = db.session()
        path = session.scalar(
            select(Unit.path).where(Unit.category == "township").order_by(Unit.code).limit(1)
        )
        own = within(Petition.responsible_unit_id, path or "")
        return list(session.scalars(select(Petition.id).where(own, Petition.sealed.is_(False)).limit(500)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.petitions")
    parser.add_argument("--work", default=str(Path(tempfile.gettempdir()) / "xinfang-benchmarks"))
    parser.add_argument("--only", default="", choices=["", "sqlite", "postgresql"])
    parser.add_argument("--no-report", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
