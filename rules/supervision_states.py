"""Where a supervision task and each of its lines stand, and what may be done next. One table says it all.

Sources: 信访工作条例 art. 14, 38 and 40 (督办, with a suggestion how to do better), and the office's own steps (阶段反馈, 复核,
销号).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from rules.roles import Role
from rules.taxonomy import Labelled


class TaskState(Labelled):
    DRAFT = "draft", "待签发"
    ISSUED = "issued", "督办中"
    CLOSED = "closed", "已办结"


class LineState(Labelled):
    """承办单位的一项: each unit's by itself."""

    DRAFT = "draft", "待签发"
    SENT = "sent", "待签收"
    WORKING = "working", "办理中"
    SUBMITTED = "submitted", "待销号"
    CLOSED = "closed", "已销号"
    WITHDRAWN = "withdrawn", "已撤回"


RUNNING = frozenset({LineState.SENT, LineState.WORKING, LineState.SUBMITTED})
"""The unit, or who examines it, still owes something."""
ENDED = frozenset({LineState.CLOSED, LineState.WITHDRAWN})


class TaskVerb(Labelled):
    FILE = "file", "立项"
    ISSUE = "issue", "签发"
    RECEIVE = "receive", "签收"
    REPORT = "report", "阶段反馈"
    ACCEPT = "accept", "认可反馈"
    RETURN = "return", "退回反馈"
    ASK_EXTENSION = "ask_extension", "申请延期"
    DECIDE_EXTENSION = "decide_extension", "审批延期"
    SUBMIT = "submit", "申请销号"
    CLOSE = "close", "销号"
    REFUSE_CLOSING = "refuse_closing", "不予销号"
    URGE = "urge", "催办"
    WITHDRAW = "withdraw", "撤回"

    @property
    def audit_code(self) -> str:
        """What the audit log calls it: `supervision_task.ask-extension`."""
        return f"supervision_task.{self.value.replace('_', '-')}"


class By(Labelled):
    """Who may do it."""

    FILER = "filer", "立项单位"
    ISSUER = "issuer", "立项单位负责人"
    JUDGE = "judge", "立项单位复核人员"
    UNIT = "unit", "承办单位"


DONE_HERE = frozenset(
    {
        *(TaskVerb.ISSUE, TaskVerb.ASK_EXTENSION, TaskVerb.DECIDE_EXTENSION),
        *(TaskVerb.CLOSE, TaskVerb.URGE, TaskVerb.WITHDRAW),
    }
)
"""Acts of this site itself: their day is the day on which they are entered."""

UNDOABLE = frozenset(
    {
        *(TaskVerb.RECEIVE, TaskVerb.REPORT, TaskVerb.ACCEPT, TaskVerb.RETURN, TaskVerb.ASK_EXTENSION),
        *(TaskVerb.SUBMIT, TaskVerb.CLOSE, TaskVerb.REFUSE_CLOSING, TaskVerb.URGE),
    }
)
"""What was entered by mistake may be taken back while nothing stands on it. What was issued, granted or withdrawn is in
force."""


@dataclass(frozen=True)
class Way:
    """One verb on a line: in which states, to which (None: it stays), by whom."""

    verb: TaskVerb
    states: frozenset[LineState]
    to: LineState | None
    by: By
    answers: TaskVerb | None = None
    """The verb of the step that it answers, which waits for it."""


def _way(
    verb: TaskVerb,
    states: Iterable[LineState],
    to: LineState | None,
    by: By,
    answers: TaskVerb | None = None,
) -> Way:
    return Way(verb, frozenset(states), to, by, answers)


_WORKING, _SUBMITTED = LineState.WORKING, LineState.SUBMITTED

WAYS: dict[TaskVerb, Way] = {
    way.verb: way
    for way in (
        _way(TaskVerb.RECEIVE, {LineState.SENT}, _WORKING, By.UNIT),
        _way(TaskVerb.REPORT, {_WORKING}, None, By.UNIT),
        _way(TaskVerb.ASK_EXTENSION, {_WORKING}, None, By.UNIT),
        _way(TaskVerb.SUBMIT, {_WORKING}, _SUBMITTED, By.UNIT),
        _way(TaskVerb.ACCEPT, {_WORKING, _SUBMITTED}, None, By.JUDGE, TaskVerb.REPORT),
        _way(TaskVerb.RETURN, {_WORKING}, None, By.JUDGE, TaskVerb.REPORT),
        _way(TaskVerb.DECIDE_EXTENSION, {_WORKING, _SUBMITTED}, None, By.JUDGE, TaskVerb.ASK_EXTENSION),
        _way(TaskVerb.CLOSE, {_SUBMITTED}, LineState.CLOSED, By.JUDGE, TaskVerb.SUBMIT),
        _way(TaskVerb.REFUSE_CLOSING, {_SUBMITTED}, _WORKING, By.JUDGE, TaskVerb.SUBMIT),
        _way(TaskVerb.URGE, {LineState.SENT, _WORKING}, None, By.FILER),
        _way(TaskVerb.WITHDRAW, RUNNING, LineState.WITHDRAWN, By.ISSUER),
    )
}
"""The verbs on one line, in the order in which a page shows them. 立项 and 签发 are of the whole task."""

WAITS_FOR = {
    TaskVerb.REPORT: TaskVerb.ACCEPT,
    TaskVerb.ASK_EXTENSION: TaskVerb.DECIDE_EXTENSION,
    TaskVerb.SUBMIT: TaskVerb.CLOSE,
}
"""What is asked → by which verb it is answered; 退回 answers it as well."""
WAITING = {
    TaskVerb.ACCEPT: "立项单位复核",
    TaskVerb.DECIDE_EXTENSION: "立项单位审批",
    TaskVerb.CLOSE: "立项单位审核销号",
}
"""What a step waits for, in words."""


def waiting_words(verb: TaskVerb, *, on_itself: bool) -> str:
    """Of what a unit filed on itself another examines (`may_judge`)."""
    return WAITING[verb].replace("立项单位", "县信访局负责人") if on_itself else WAITING[verb]


@dataclass(frozen=True)
class Standing:
    """What of a line decides which verbs are open."""

    state: LineState
    due_on: date
    waits_for: frozenset[TaskVerb] = frozenset()
    is_void: bool = False


@dataclass(frozen=True)
class Hands:
    """In which capacities an actor stands to a task, and to one of its lines."""

    by: frozenset[By]


def hands_of(
    role: Role | None,
    *,
    unit_id: int | None,
    scope_path: str,
    filing_unit_id: int,
    line_path: str | None,
) -> Hands:
    """Only the unit that filed a task examines it, and nobody what his own unit owes (`may_judge`). The county's 信访局 may
    enter what a unit told it on paper, of its own tasks; `line_path` is None where the whole task is meant."""
    found: set[By] = set()
    own = unit_id == filing_unit_id
    office = role in (Role.CLERK, Role.SUPERVISOR, Role.BUREAU, Role.DIRECTOR)
    if own and office:
        found.add(By.FILER)
    if own and role in (Role.SUPERVISOR, Role.DIRECTOR):
        found.add(By.ISSUER)
    if may_judge(
        role, own=own, owes=_ends_at(line_path, unit_id), on_itself=_ends_at(line_path, filing_unit_id)
    ):
        found.add(By.JUDGE)
    if line_path is not None and office:
        county = role in (Role.BUREAU, Role.DIRECTOR)
        inside = bool(scope_path) and line_path.startswith(scope_path)
        if (county and (own or _ends_at(line_path, unit_id))) or (not county and inside):
            found.add(By.UNIT)
    return Hands(frozenset(found))


def may_judge(role: Role | None, *, own: bool, owes: bool, on_itself: bool) -> bool:
    """Who examines a line. What a unit filed on itself (`on_itself`) the county's 信访局 examines, which stands above it; what
    that office filed on itself its director, since no other office stands above: never a colleague of who answered."""
    if on_itself:
        return role is Role.DIRECTOR or (role is Role.BUREAU and not owes)
    return own and not owes and role in (Role.SUPERVISOR, Role.BUREAU, Role.DIRECTOR)


def _ends_at(path: str | None, unit_id: int | None) -> bool:
    return path is not None and unit_id is not None and path.endswith(f"/{unit_id}/")


@dataclass(frozen=True)
class Offer:
    """A verb as the page shows it; `refusal` says in plain words why it may not be done now."""

    verb: TaskVerb
    refusal: str = ""

    @property
    def is_open(self) -> bool:
        return not self.refusal


def refusal(verb: TaskVerb, standing: Standing, hands: Hands, today: date) -> str:
    """Why a verb may not be done on a line; "" where it may."""
    way = WAYS[verb]
    if standing.is_void:
        return "这件督办已作废。"
    if standing.state not in way.states:
        return f"目前是“{standing.state.label}”，不能{verb.label}。"
    if way.by not in hands.by:
        return f"{verb.label}由{way.by.label}办理。"
    if way.answers is not None and WAITS_FOR[way.answers] not in standing.waits_for:
        return f"没有等待处理的“{way.answers.label}”。"
    return _CONDITIONS[verb](standing, today) if verb in _CONDITIONS else ""


def offers(standing: Standing, hands: Hands, today: date) -> list[Offer]:
    """The verbs of this state for these hands: those that are open and those that say why not. Nothing is said of an
    answer that nobody waits for."""
    here = [way for way in WAYS.values() if standing.state in way.states and way.by in hands.by]
    asked = [w for w in here if w.answers is None or WAITS_FOR[w.answers] in standing.waits_for]
    return [Offer(way.verb, refusal(way.verb, standing, hands, today)) for way in asked]


def _can_ask_extension(standing: Standing, today: date) -> str:
    if TaskVerb.DECIDE_EXTENSION in standing.waits_for:
        return "延期申请已提出，等待审批。"
    if today >= standing.due_on:
        return f"办理期限是 {standing.due_on}，延期要在此前提出并批准；到了当天就不能再延。"
    return ""


def _can_submit(standing: Standing, _today: date) -> str:
    return "延期申请还在等待审批。" if TaskVerb.DECIDE_EXTENSION in standing.waits_for else ""


def _can_close(standing: Standing, _today: date) -> str:
    return "还有阶段反馈没有复核，复核后才能销号。" if TaskVerb.ACCEPT in standing.waits_for else ""


_CONDITIONS: dict[TaskVerb, Callable[[Standing, date], str]] = {
    TaskVerb.ASK_EXTENSION: _can_ask_extension,
    TaskVerb.SUBMIT: _can_submit,
    TaskVerb.CLOSE: _can_close,
}
