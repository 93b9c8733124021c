"""办理倒查: how a matter was handled, step by step, from its clocks and facts; what fell short, and on which ground.

The articles are those of 信访工作条例 (2022). Nothing is judged but the handling: not who complained, how often or where.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from rules.petition_clocks import (
    ASK_RE_REVIEW,
    ASK_REVIEW,
    DECIDE_RE_REVIEW,
    DECIDE_REVIEW,
    DIRECT_NOTICE,
    DISPATCH,
    FEEDBACK,
    HANDLE,
    NOTICE,
    OBJECTION,
)
from rules.supervision_words import Ground
from rules.taxonomy import Labelled


class Timeliness(Labelled):
    """How a step stands. What is done late and what is not done by its day are two things."""

    ON_TIME = "on_time", "按期"
    LATE = "late", "逾期完成"
    MISSING = "missing", "逾期未完成"
    RUNNING = "running", "未到期"
    DONE = "done", "已办"


FELL_SHORT = frozenset({Timeliness.LATE, Timeliness.MISSING})


@dataclass(frozen=True)
class ClockFact:
    """One clock of the matter; `office` must act. One that fell away (`ended_on`) without being met judges nobody."""

    key: str
    office: str
    due_on: date
    met_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class MatterFacts:
    """`done` are acts without a clock of their own: (step, office, day), in their order."""

    received_on: date
    registered_on: date
    registered_by: str
    clocks: Sequence[ClockFact]
    done: Sequence[tuple[str, str, date]] = ()
    handled_by: str = ""
    signed_on: date | None = None
    must_be_served: bool = False
    served_on: date | None = None
    must_be_executed: bool = False
    executed_on: date | None = None


@dataclass(frozen=True)
class Finding:
    """One line. `due_on` and `day` are ISO days, "" where there is none; `ground` a code of `Ground`, "" where nothing
    fell short."""

    step: str
    office: str
    due_on: str
    day: str
    timeliness: str
    ground: str = ""

    @property
    def label(self) -> str:
        """What has no day of its own is done or not, never late."""
        found = Timeliness(self.timeliness)
        is_dayless = not self.due_on and found in (Timeliness.MISSING, Timeliness.RUNNING)
        return "未办" if is_dayless else found.label

    @property
    def fell_short(self) -> bool:
        return Timeliness(self.timeliness) in FELL_SHORT


_STEPS = {
    DISPATCH: ("转送、交办（第二十二条）", Ground.NOT_FORWARDED),
    DIRECT_NOTICE: ("告知（第二十三条第二款）", Ground.NOT_NOTIFIED),
    NOTICE: ("告知（第二十三条第三款）", Ground.NOT_NOTIFIED),
    OBJECTION: ("提出异议（第二十三条第三款）", Ground.LATE_OBJECTION),
    HANDLE: ("办结（第三十四条）", Ground.NOT_CONCLUDED),
    FEEDBACK: ("交办反馈（第二十二条第一款第三项）", Ground.NOT_REPORTED),
    DECIDE_REVIEW: ("复查意见（第三十五条）", Ground.NOT_CONCLUDED),
    DECIDE_RE_REVIEW: ("复核意见（第三十六条）", Ground.NOT_CONCLUDED),
}
"""Clock → the step's name and the ground where it falls short. 申请复查、复核 are rights of the petitioner: no step."""
_RIGHTS = frozenset({ASK_REVIEW, ASK_RE_REVIEW})


def look_back(facts: MatterFacts, today: date) -> list[Finding]:
    """In the order of the days on which they were due or done."""
    begun = [
        _plain("收到", facts.registered_by, facts.received_on),
        _plain("登记（第二十二条）", facts.registered_by, facts.registered_on),
    ]
    signed = [_plain("签收", facts.handled_by, facts.signed_on)] if facts.signed_on else []
    later = [*_of_clocks(facts.clocks, today), *signed, *(_plain(*line) for line in facts.done)]
    return [*begun, *sorted(later, key=lambda f: f.day or f.due_on), *_after_the_answer(facts)]


def fell_short(findings: Iterable[Finding]) -> bool:
    return any(finding.fell_short for finding in findings)


def grounds_of(findings: Iterable[Finding]) -> list[Ground]:
    """What may be held against the offices, each once."""
    return list(dict.fromkeys(Ground(f.ground) for f in findings if f.ground))


def as_rows(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Plain JSON values."""
    return [asdict(finding) for finding in findings]


def from_rows(rows: Iterable[dict[str, str]]) -> list[Finding]:
    return [Finding(**row) for row in rows]


def _of_clocks(clocks: Iterable[ClockFact], today: date) -> list[Finding]:
    return [_of_clock(clock, today) for clock in clocks if _says_something(clock)]


def _says_something(clock: ClockFact) -> bool:
    """What fell away judges nobody; an objection is a right, judged only where it was raised."""
    if clock.key in _RIGHTS or clock.key not in _STEPS:
        return False
    return clock.met_on is not None or (clock.ended_on is None and clock.key != OBJECTION)


def _of_clock(clock: ClockFact, today: date) -> Finding:
    step, ground = _STEPS[clock.key]
    found = _timeliness(clock.due_on, clock.met_on, today)
    return Finding(
        step,
        clock.office,
        clock.due_on.isoformat(),
        clock.met_on.isoformat() if clock.met_on else "",
        found.value,
        ground.value if found in FELL_SHORT else "",
    )


def _timeliness(due_on: date, met_on: date | None, today: date) -> Timeliness:
    if met_on is not None:
        return Timeliness.ON_TIME if met_on <= due_on else Timeliness.LATE
    return Timeliness.MISSING if due_on < today else Timeliness.RUNNING


def _after_the_answer(facts: MatterFacts) -> list[Finding]:
    """Serving (第三十四条) and executing (第三十二条) have no days of their own."""
    found = []
    if facts.must_be_served or facts.served_on:
        found.append(_owed("送达答复", facts.handled_by, facts.served_on, Ground.NOT_SERVED))
    if facts.must_be_executed or facts.executed_on:
        running = Timeliness.RUNNING
        found.append(
            _plain("执行处理意见（第三十二条）", facts.handled_by, facts.executed_on)
            if facts.executed_on
            else Finding("执行处理意见（第三十二条）", facts.handled_by, "", "", running.value)
        )
    return found


def _owed(step: str, office: str, day: date | None, ground: Ground) -> Finding:
    if day is not None:
        return _plain(step, office, day)
    return Finding(step, office, "", "", Timeliness.MISSING.value, ground.value)


def _plain(step: str, office: str, day: date | None) -> Finding:
    return Finding(step, office, "", day.isoformat() if day else "", Timeliness.DONE.value)
