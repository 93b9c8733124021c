"""`imports run visits` with large files, and how long clerks wait while it runs."""

import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from flask import Flask
from sqlalchemy import select

from benchmarks.people import actor
from benchmarks.saves import save_one
from config import ROOT
from extensions import db
from models.category import Category
from rules.sheets.visits import SPEC

ROWS = {10_000: 15.0, 50_000: 75.0}
"""Rows of a file → seconds it may take."""
WAIT_GOAL = 2.0


@dataclass(frozen=True)
class ImportResult:
    rows: int
    seconds: float
    longest_wait: float
    """Seconds that the slowest save by a clerk took meanwhile."""


def measure_imports(app: Flask, environment: Mapping[str, str], work: Path) -> list[ImportResult]:
    """Raises CalledProcessError when an import is refused."""
    return [_measure(app, environment, work, rows) for rows in ROWS]


def _measure(app: Flask, environment: Mapping[str, str], work: Path, rows: int) -> ImportResult:
    path = work / f"visits-{rows}.xlsx"
    _write_sheet(path, rows)
    stop = threading.Event()
    waits = [0.0]
    clerk = threading.Thread(target=_save_meanwhile, args=(app, stop, waits))
    clerk.start()
    started = time.perf_counter()
    try:
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", "imports", "run", "visits", str(path)],
            cwd=ROOT, env=dict(environment), check=True, capture_output=True,
        )  # fmt: skip
    finally:
        seconds = time.perf_counter() - started
        stop.set()
        clerk.join()
    return ImportResult(rows, seconds, max(waits))


def _save_meanwhile(app: Flask, stop: threading.Event, waits: list[float]) -> None:
    with app.app_context():
        who = actor(db.session(), "clerk2")
        category_id = db.session.scalar(select(Category.id).where(Category.code == "1102"))
    assert category_id is not None
    while not stop.wait(0.1):
        with app.app_context():
            started = time.perf_counter()
            save_one(who, category_id, "导入期间登记")
            waits.append(time.perf_counter() - started)


def _write_sheet(path: Path, rows: int) -> None:
    """Different rows under external numbers that no earlier run used."""
    mark = time.time_ns()
    headings = [column.heading for column in SPEC.columns]
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet(SPEC.title)
    sheet.write_row(0, 0, headings)
    for number in range(1, rows + 1):
        row = _row(number, mark)
        sheet.write_row(number, 0, [row.get(heading, "") for heading in headings])
    book.close()


def _row(number: int, mark: int) -> dict[str, str | int]:
    return {
        "日期": f"2025-{1 + number % 12:02}-{1 + number % 28:02}", "登记单位": f"AL{41 + number % 40}",
        "接访类型": "日常接访", "来访人姓名": f"周大{'山河林海'[number % 4]}", "联系电话": f"154{number:08}",
        "来访人数": 1 + number % 4, "初重访": "初访", "内容分类": "城乡建设/工程质量", "信访目的": "求决",
        "反映内容": f"反映第{number}号楼房屋漏水，多次报修没有结果，要求维修。", "处理结果": "解释引导",
        "外部编号": f"{mark}-{number}",
    }  # fmt: skip
