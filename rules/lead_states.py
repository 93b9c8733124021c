"""包案 (四定一包): where a lead assignment stands and what may be done next. One table says it all.

Sources: 信访工作条例 art. 18, second paragraph (leaders answer for difficult matters); the office's own practice of
proposing, approving, reporting, accepting by another, and striking off with evidence.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rules.roles import Role
from rules.taxonomy import Labelled


class LeadState(Labelled):
    PROPOSED = "proposed", "待批准"
    WORKING = "working", "办理中"
    SUBMITTED = "submitted", "待验收"
    CLOSED = "closed", "已销号"
    ENDED = "ended", "已终止"


class LeadResult(Labelled):
    """包案结果: of the matter, never of a person."""

    RESOLVED = "resolved", "化解"
    PARTLY = "partly", "部分化解"
    UNRESOLVED = "unresolved", "未化解"
    PROCEDURE = "procedure", "转法定程序"


class LeadVerb(Labelled):
    PROPOSE = "propose", "提出包案"
    ASSIGN = "assign", "批准包案"
    ADJUST = "adjust", "调整四定"
    PROGRESS = "progress", "记进展"
    MEET = "meet", "会面沟通"
    INSTRUCT = "instruct", "包案领导批示"
    ASK_EXTENSION = "ask_extension", "申请延期"
    GRANT = "grant", "同意延期"
    REFUSE = "refuse", "不同意延期"
    SUBMIT = "submit", "报结果"
    ACCEPT = "accept", "验收"
    RETURN = "return", "退回"
    CLOSE = "close", "销号"
    END = "end", "终止包案"

    @property
    def audit_code(self) -> str:
        """What the audit log calls it: `lead_assignment.ask-extension`."""
        return f"lead_assignment.{self.value.replace('_', '-')}"


class LeadBy(Labelled):
    """Who may do it."""

    PROPOSER = "proposer", "提出单位、县信访局"
    UNIT = "unit", "责任单位"
    HEAD = "head", "提出单位负责人、县信访局负责人"
    COUNTY_HEAD = "county_head", "县信访局负责人"
    LEADER = "leader", "包案领导本人"
    JUDGE = "judge", "提出单位负责人、县信访局（不是责任单位，也不是报结果的人）"


@dataclass(frozen=True)
class LeadWay:
    """One verb: from which states, to which (None: it stays), by whom. `on_day`: it happened on a day that is filled in;
    all others are acts of this site, done today."""

    verb: LeadVerb
    states: frozenset[LeadState]
    to: LeadState | None
    by: frozenset[LeadBy]
    on_day: bool = False


def _way(
    verb: LeadVerb, states: set[LeadState], to: LeadState | None, *by: LeadBy, on_day: bool = False
) -> LeadWay:
    return LeadWay(verb, frozenset(states), to, frozenset(by), on_day)


_S, _V, _B = LeadState, LeadVerb, LeadBy
RUNNING = frozenset({_S.PROPOSED, _S.WORKING, _S.SUBMITTED})

WAYS: dict[LeadVerb, LeadWay] = {
    way.verb: way
    for way in (
        _way(_V.ASSIGN, {_S.PROPOSED}, _S.WORKING, _B.HEAD),
        _way(_V.ADJUST, {_S.PROPOSED, _S.WORKING}, None, _B.PROPOSER),
        _way(_V.PROGRESS, {_S.WORKING}, None, _B.UNIT, _B.PROPOSER, on_day=True),
        _way(_V.MEET, {_S.WORKING}, None, _B.UNIT, _B.PROPOSER, _B.LEADER, on_day=True),
        _way(_V.INSTRUCT, {_S.PROPOSED, _S.WORKING, _S.SUBMITTED}, None, _B.LEADER),
        _way(_V.ASK_EXTENSION, {_S.WORKING}, None, _B.UNIT),
        _way(_V.GRANT, {_S.WORKING}, None, _B.HEAD),
        _way(_V.REFUSE, {_S.WORKING}, None, _B.HEAD),
        _way(_V.SUBMIT, {_S.WORKING}, _S.SUBMITTED, _B.UNIT, on_day=True),
        _way(_V.ACCEPT, {_S.SUBMITTED}, None, _B.JUDGE),
        _way(_V.RETURN, {_S.SUBMITTED}, _S.WORKING, _B.JUDGE),
        _way(_V.CLOSE, {_S.SUBMITTED}, _S.CLOSED, _B.JUDGE),
        _way(_V.END, {_S.PROPOSED, _S.WORKING}, _S.ENDED, _B.HEAD),
    )
}

UNDOABLE = frozenset(
    {_V.ASSIGN, _V.PROGRESS, _V.MEET, _V.INSTRUCT, _V.ASK_EXTENSION, _V.SUBMIT, _V.ACCEPT, _V.RETURN}
)
"""Entered by mistake, it is taken back while it is the latest step. What was decided on a limit, adjusted, struck off or
ended stays: a new act puts it right."""


@dataclass(frozen=True)
class LeadStanding:
    """What of an assignment decides which verbs are open."""

    state: LeadState
    is_void: bool = False
    is_accepted: bool = False
    asks_extension: bool = False
    led_by_county: bool = False
    """Its leader serves in 县委县政府."""


@dataclass(frozen=True)
class LeadPlaces:
    """What of an assignment decides in which capacities somebody acts on it. Paths are those of units."""

    unit_path: str
    responsible_unit_id: int
    responsible_path: str
    leader_id: int | None
    submitted_by_id: int | None


def lead_hands(
    role: Role | None, *, person_id: int | None, unit_id: int | None, scope_path: str, places: LeadPlaces
) -> frozenset[LeadBy]:
    """The county's office acts for the county; nobody accepts what his own unit had to do, what he led, or what he
    himself reported."""
    found: set[LeadBy] = set()
    office = role in (Role.BUREAU, Role.DIRECTOR)
    staff = role in (Role.CLERK, Role.SUPERVISOR)
    proposed_here = staff and _below(places.unit_path, scope_path)
    if office or proposed_here:
        found.add(LeadBy.PROPOSER)
    if office or (staff and _below(places.responsible_path, scope_path)):
        found.add(LeadBy.UNIT)
    if role is Role.DIRECTOR or (role is Role.SUPERVISOR and proposed_here):
        found.add(LeadBy.HEAD)
    if role is Role.DIRECTOR:
        found.add(LeadBy.COUNTY_HEAD)
    if person_id is not None and person_id == places.leader_id:
        found.add(LeadBy.LEADER)
    outside = unit_id != places.responsible_unit_id
    himself = person_id is not None and person_id in (places.leader_id, places.submitted_by_id)
    if (office or (role is Role.SUPERVISOR and proposed_here)) and outside and not himself:
        found.add(LeadBy.JUDGE)
    return frozenset(found)


def _below(path: str, scope_path: str) -> bool:
    return bool(scope_path) and path.startswith(scope_path)


@dataclass(frozen=True)
class LeadOffer:
    """A verb as the page shows it; `refusal` says in plain words why it may not be done now."""

    verb: LeadVerb
    refusal: str = ""

    @property
    def is_open(self) -> bool:
        return not self.refusal


def lead_refusal(verb: LeadVerb, standing: LeadStanding, hands: frozenset[LeadBy]) -> str:
    """Why a verb may not be done; "" where it may. What depends on dates is asked by the act itself."""
    way = WAYS[verb]
    if standing.is_void:
        return "这件包案已作废。"
    if standing.state not in way.states:
        return f"目前是“{standing.state.label}”，不能{verb.label}。"
    if not way.by & hands:
        return f"{verb.label}由{'或'.join(b.label for b in LeadBy if b in way.by)}办理。"
    if verb is LeadVerb.ASSIGN:
        return approval_refusal(hands, led_by_county=standing.led_by_county)
    return _CONDITIONS[verb](standing) if verb in _CONDITIONS else ""


def approval_refusal(hands: frozenset[LeadBy], *, led_by_county: bool) -> str:
    """A township does not decide what a leader of the county answers for; "" where these hands may approve."""
    if led_by_county and LeadBy.COUNTY_HEAD not in hands:
        return "县领导包案由县信访局负责人批准。"
    return "" if LeadBy.HEAD in hands else f"批准包案由{LeadBy.HEAD.label}办理。"


def replacement_refusal(state: LeadState, hands: frozenset[LeadBy], *, led_by_county: bool) -> str:
    """Why leader or responsible unit may not be replaced: what was approved is changed by who may approve it.
    `led_by_county`: before the change or after it."""
    if state is LeadState.PROPOSED or not approval_refusal(hands, led_by_county=led_by_county):
        return ""
    who = LeadBy.COUNTY_HEAD.label if led_by_county else LeadBy.HEAD.label
    return f"包案已批准，换包案领导、责任单位由{who}办理；责任人、专班和化解方案照常调整。"


def lead_offers(standing: LeadStanding, hands: frozenset[LeadBy]) -> list[LeadOffer]:
    """The verbs of this state for these hands: those that are open and those that say why not."""
    here = [verb for verb, way in WAYS.items() if standing.state in way.states and way.by & hands]
    return [LeadOffer(verb, lead_refusal(verb, standing, hands)) for verb in here]


def _asked(standing: LeadStanding) -> str:
    return "" if standing.asks_extension else "没有等待审批的延期申请。"


_CONDITIONS: dict[LeadVerb, Callable[[LeadStanding], str]] = {
    LeadVerb.ASK_EXTENSION: lambda s: "延期申请已提出，等待审批。" if s.asks_extension else "",
    LeadVerb.GRANT: _asked,
    LeadVerb.REFUSE: _asked,
    LeadVerb.SUBMIT: lambda s: "延期申请还在等待审批。" if s.asks_extension else "",
    LeadVerb.ACCEPT: lambda s: "已经验收。" if s.is_accepted else "",
    LeadVerb.CLOSE: lambda s: "" if s.is_accepted else "还没有验收，验收后才能销号。",
}
