"""The figures of official documents as tables."""

from collections.abc import Mapping, Sequence

from benchmarks.document_checks import DOCUMENTS, EVERY
from benchmarks.document_race import OURS, Result
from benchmarks.report import MET, MISSED

WARM_GOALS = {"notice": 0.12, "bulletin": 0.35, "annual": 4.0}
MANY_GOAL, MANY_MEMORY = 25.0, 300.0
_GROWTH = 1.05
"""Memory counts as flat that grows by no more than this from the first hundred documents to the last."""


def race_table(results: Sequence[Result], sample: str) -> list[str]:
    return [
        "| engine | process | median s | min | max | processor s | peak MB | pages | KB | goal | met |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---|---|",
        *(_row(result, *_goal(result, sample)) for result in results),
    ]


def _row(r: Result, goal: str, met: str) -> str:
    return (
        f"| {r.name} | {'kept' if r.is_warm else 'new'} | {_seconds(r.wall)} | {_seconds(r.fastest)} | {_seconds(r.slowest)} | "
        f"{_seconds(r.processor)} | {r.peak:.0f} | {r.pages or ''} | {r.size / 1024:.0f} | {goal} | {met} |"
    )


def _goal(result: Result, sample: str) -> tuple[str, str]:
    if result.name != OURS:
        return "", ""
    if sample in WARM_GOALS:
        goal = WARM_GOALS[sample]
        return (f"≤ {goal} s", _met(result.wall <= goal)) if result.is_warm else ("", "")
    is_met = result.wall <= MANY_GOAL and result.peak <= MANY_MEMORY
    return f"≤ {MANY_GOAL:.0f} s, ≤ {MANY_MEMORY:.0f} MB", _met(is_met)


def memory_table(held: Mapping[str, list[float]]) -> list[str]:
    places = range(EVERY, DOCUMENTS + 1, EVERY)
    return [
        f"| after | {' | '.join(map(str, places))} | goal | met |",
        f"|---|{'---:|' * len(places)}---|---|",
        *(
            f"| {name}, MB | {' | '.join(f'{megabytes:.0f}' for megabytes in each)} | flat (within 5 %) | "
            f"{_met(each[-1] <= each[0] * _GROWTH)} |"
            for name, each in held.items()
        ),
    ]


def bytes_table(same: Mapping[tuple[str, str], bool]) -> list[str]:
    return [
        "| file | sample | same bytes from two processes |",
        "|---|---|---|",
        *(f"| {name} | {sample} | {_met(is_same)} |" for (name, sample), is_same in same.items()),
    ]


def _met(is_met: bool) -> str:
    return MET if is_met else MISSED


def _seconds(value: float) -> str:
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"
