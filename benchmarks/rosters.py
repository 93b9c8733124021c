"""How long planning takes and how fair it is, beside two ways without a solver; writes docs/benchmarks-rosters.md."""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from benchmarks.machine import machine
from benchmarks.report import MET, MISSED
from benchmarks.roster_peers import Order, greedy, longest_since, round_robin
from benchmarks.roster_samples import MONTHS, POSTS, duty_month, reception_weeks, reception_year
from rostering.planner import answer_for, plan
from rules.roster import Engagement, PersonAccount, RosterAnswer, RosterProblem
from rules.roster_accounts import gap
from rules.roster_words import DayClass, RosterRule, Severity

REPORT = Path(__file__).parents[1] / "docs" / "benchmarks-rosters.md"
GOAL = 10.0
_COUNTED = (DayClass.WORKDAY, DayClass.WEEKEND, DayClass.HOLIDAY, DayClass.SPRING_FESTIVAL)
_HEAD = """# Benchmarks of rosters

Written by `python -m benchmarks.rosters`; do not edit. The same people, days and rules for all three:

* *ours*: `rostering.planner.plan`, one thread. Seconds are those of the whole call: model, search, accounts, reasons; the goal
  is for the processor's, as other work on the machine lengthens the clock's.
* *round robin*: the published order, the next whom no rule forbids.
* *longest since*: the rule of linkedin/oncall, whose last duty lies furthest back comes first.
* A gap is the greatest difference between two people who could be asked for the same posts, in duties for a full share,
  what was carried over included: by class of day, and over all. Less is fairer; it cannot always be nought.
* *broken* counts rules (rest, leave, pairs), *wishes* the wished-off days that were not kept, *empty* the seats left over.
* *proven*: no roster keeps more seats filled, has smaller gaps in that order, or breaks fewer wishes.
"""
Maker = Callable[[RosterProblem], RosterAnswer]


@dataclass(frozen=True)
class Result:
    name: str
    wall: float
    processor: float
    answer: RosterAnswer


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.rosters")
    options.add_argument("--no-report", action="store_true")
    plan(reception_year())  # the solver is loaded before the clock starts
    parts = [_HEAD, "\n".join(f"* {line}" for line in (*machine(), f"OR-Tools {version('ortools')}"))]
    for title, problem in _samples().items():
        parts.append(
            _section(title, _table([_timed(name, make, problem) for name, make in _makers().items()]))
        )
    parts.append(_section(*_half_a_year()))
    if not options.parse_args().no_report:
        REPORT.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


def _samples() -> dict[str, RosterProblem]:
    return {
        "A month of 24-hour duty: 60 people, 4 posts, 31 days with a holiday": duty_month(),
        "A year of reception days: 30 leaders, the 8th of each month": reception_year(),
        "A year of three reception days a week: 30 leaders": reception_weeks(),
    }


def _makers() -> dict[str, Maker]:
    return {"ours": plan, "round robin": _peer(round_robin), "longest since": _peer(longest_since)}


def _peer(order: Order) -> Maker:
    """One that remembers, from one period to the next, when everybody served last."""
    last: dict[int, int] = {}

    def make(problem: RosterProblem) -> RosterAnswer:
        for moment, person_id in enumerate(problem.turn_after):
            last.setdefault(person_id, moment)
        return answer_for(problem, greedy(problem, order, last))

    return make


def _timed(name: str, make: Maker, problem: RosterProblem) -> Result:
    wall, processor = time.perf_counter(), time.process_time()
    answer = make(problem)
    return Result(name, time.perf_counter() - wall, time.process_time() - processor, answer)


def _half_a_year() -> tuple[str, list[str]]:
    """Each month carries on from the one before: accounts, the last days' duties, the turn."""
    results = [_months(name, make) for name, make in _makers().items()]
    return "Half a year of such months, October 2025 to March 2026, accounts carried over", _table(results)


def _months(name: str, make: Maker) -> Result:
    """How it stands after the last month, with all broken rules and empty seats, and the longest month's time."""
    found: list[Result] = []
    for first in MONTHS:
        problem = duty_month(first, *(_carried(found[-1].answer) if found else ()))
        found.append(_timed(name, make, problem))
    answers = [result.answer for result in found]
    held = _over_all_months(answers)
    total = replace(
        answers[-1],
        gaps={c: gap(answers[-1].problem, held, c) for c in _COUNTED},
        overall_gap=gap(answers[-1].problem, held),
        conflicts=tuple(c for answer in answers for c in answer.conflicts),
        empty=tuple(left for answer in answers for left in answer.empty),
        proven=all(answer.proven for answer in answers),
    )
    return Result(name, max(r.wall for r in found), max(r.processor for r in found), total)


def _over_all_months(answers: list[RosterAnswer]) -> list[PersonAccount]:
    """The accounts at the end; compared in a class are all who could be asked in it in any month."""
    dues = zip(*([account.due for account in answer.accounts] for answer in answers), strict=True)
    summed = [{c: sum(due[c] for due in each) for c in _COUNTED} for each in dues]
    return [replace(a, due=due) for a, due in zip(answers[-1].accounts, summed, strict=True)]


def _carried(answer: RosterAnswer) -> tuple:
    balances = [account.balance for account in answer.accounts]
    posts = {post.id: post for post in POSTS}
    late = [
        Engagement(
            person_id,
            slot.day,
            posts[slot.post_id].starts,
            posts[slot.post_id].ends,
            posts[slot.post_id].name,
        )
        for slot, person_id in answer.assigned.items()
        if slot.day.day > 26
    ]
    return balances, late, [person_id for _, person_id in sorted(answer.assigned.items())][-4:]


def _table(results: list[Result]) -> list[str]:
    return [
        "| roster by | seconds | processor s | goal | met | proven | "
        + " | ".join(f"gap {c.label}" for c in _COUNTED)
        + " | gap over all | empty | broken | wishes |",
        "|---|---:|---:|---|---|---|" + "---:|" * (len(_COUNTED) + 4),
        *(_row(result) for result in results),
    ]


def _row(r: Result) -> str:
    is_ours = r.name == "ours"
    goal, met = (f"≤ {GOAL:.0f} s", MET if r.processor <= GOAL else MISSED) if is_ours else ("", "")
    proven = ("yes" if r.answer.proven else "no") if is_ours else ""
    gaps = " | ".join(f"{float(r.answer.gaps[c]):.2f}" for c in _COUNTED)
    broken = sum(c.severity is Severity.HARD for c in r.answer.conflicts)
    wishes = sum(c.rule is RosterRule.WISH for c in r.answer.conflicts)
    return (
        f"| {r.name} | {r.wall:.2f} | {r.processor:.2f} | {goal} | {met} | {proven} | {gaps} | "
        f"{float(r.answer.overall_gap):.2f} | {len(r.answer.empty)} | {broken} | {wishes} |"
    )


def _section(title: str, lines: list[str]) -> str:
    text = "\n".join((f"## {title}", "", *lines))
    print(text, flush=True)
    return text


if __name__ == "__main__":
    main()
