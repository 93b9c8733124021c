"""The fictional county's words (`data/demonstration/`), read once."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from config import ROOT
from rules.taxonomy import Purpose

_FOLDER = ROOT / "data" / "demonstration"


@dataclass(frozen=True)
class MatterTemplate:
    """A kind of matter people come with. `text` and `demand` are templates of `texts.expand`."""

    category: str
    """Code of `data/categories.csv`."""
    weight: int
    season: str
    purpose: Purpose
    department: str
    """Short name of the department it belongs to, `township`, or empty."""
    accused: str
    """`village`, `township`, `department`, `company`, or empty."""
    group_share: float
    company_kinds: tuple[str, ...]
    text: str
    demand: str


@cache
def matter_templates() -> tuple[MatterTemplate, ...]:
    return tuple(
        MatterTemplate(
            row["category"],
            int(row["weight"]),
            row["season"],
            Purpose(row["purpose"]),
            row["department"],
            row["accused"],
            int(row["group_share"]) / 100,
            tuple(row["company"].split()),
            row["text"],
            row["demand"],
        )
        for row in rows("matters")
    )


@cache
def sentences(use: str) -> tuple[str, ...]:
    """Templates for one use, e.g. `reply_solved`."""
    return _sentences()[use]


@cache
def words(name: str) -> tuple[str, ...]:
    """One list of `words.csv`, e.g. `surnames_common`."""
    return next(tuple(row["words"].split()) for row in rows("words") if row["list"] == name)


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    with (_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _sentences() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows("sentences"):
        found[row["use"]].append(row["text"])
    return {use: tuple(texts) for use, texts in found.items()}
