"""Where a petition stands and what may be done next. One table says it all; the pages and the actions ask it.

Sources: 信访工作条例 art. 22–24 (dispatch, objection, notice, disputes), 31–36 (handling, extension, reply, review), and
the office's own steps (并件, 归档).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from rules.petition_words import Conclusion, HandlingClass
from rules.roles import Role
from rules.taxonomy import Labelled


class Stage(Labelled):
    PENDING = "pending", "待转送"
    SENT = "sent", "待签收"
    OBJECTED = "objected", "异议待定"
    RECEIVED = "received", "待告知"
    HANDLING = "handling", "办理中"
    CONCLUDED = "concluded", "已办结"
    CLOSED = "closed", "不予受理"
    REVIEWING = "reviewing", "复查复核中"
    FINISHED = "finished", "已终结"
    ARCHIVED = "archived", "已归档"
    MERGED = "merged", "已并件"


class Verb(Labelled):
    FORWARD = "forward", "转送"
    ASSIGN = "assign", "交办"
    TAKE = "take", "直接办理"
    RECEIVE = "receive", "签收"
    OBJECT = "object", "提出异议退回"
    DECIDE_OBJECTION = "decide_objection", "答复异议"
    DISPUTE = "dispute", "提请受理争议"
    DECIDE_DISPUTE = "decide_dispute", "指定受理单位"
    HAND_OVER = "hand_over", "移交"
    NOTIFY = "notify", "告知"
    RECORD_PROGRESS = "record_progress", "办理记录"
    ADD_UNIT = "add_unit", "增加协办单位"
    END_UNIT = "end_unit", "结束协办"
    REQUEST_EXTENSION = "request_extension", "申请延期"
    DECIDE_EXTENSION = "decide_extension", "审批延期"
    EXTEND_ON_PAPER = "extend_on_paper", "登记延期的纸质批准"
    DRAFT_REPLY = "draft_reply", "起草答复"
    SUBMIT_REPLY = "submit_reply", "提交答复"
    RETURN_REPLY = "return_reply", "退回答复"
    APPROVE_REPLY = "approve_reply", "批准答复"
    APPROVE_ON_PAPER = "approve_on_paper", "登记答复的纸质批准"
    SERVE = "serve", "登记送达"
    CONCLUDE = "conclude", "办结"
    REPORT = "report", "报送办结报告"
    EXECUTE = "execute", "登记执行"
    APPLY_REVIEW = "apply_review", "申请复查"
    APPLY_RE_REVIEW = "apply_re_review", "申请复核"
    HEAR = "hear", "登记听证"
    DECIDE_REVIEW = "decide_review", "出具复查复核意见"
    WITHDRAW_REVIEW = "withdraw_review", "撤回复查复核申请"
    REFUSE_REVIEW = "refuse_review", "不受理复查复核申请"
    FINISH = "finish", "终结"
    RESOLVE = "resolve", "登记化解"
    RATE = "rate", "登记评价"
    INSTRUCT = "instruct", "领导批示"
    MERGE = "merge", "并件"
    UNMERGE = "unmerge", "撤销并件"
    ARCHIVE = "archive", "归档"

    @property
    def audit_code(self) -> str:
        """What the audit log calls it: `petition.decide-extension`."""
        return f"petition.{self.value.replace('_', '-')}"


DONE_HERE = frozenset({Verb.REQUEST_EXTENSION, Verb.DECIDE_EXTENSION, Verb.APPROVE_REPLY})
"""Acts of this site itself. Whoever asks or approves here does it now: their day is the day on which they are entered,
never one that is typed."""


class By(Labelled):
    """Who may do it."""

    SENDER = "sender", "登记、转送的信访部门"
    UNIT = "unit", "责任单位"
    HEAD = "head", "责任单位负责人"
    REVIEWER = "reviewer", "复查复核机关"
    COUNTY = "county", "县信访局"
    LEADER = "leader", "县领导"


@dataclass(frozen=True)
class Way:
    """One verb: from which stages, to which (None: the stage stays or the act decides it), by whom."""

    verb: Verb
    stages: frozenset[Stage]
    to: Stage | None
    by: frozenset[By]
    for_many: bool = False
    """Whether the same act may be done for many petitions at once: it asks nothing that only one of them can answer."""


def _way(verb: Verb, stages: Iterable[Stage], to: Stage | None, *by: By, for_many: bool = False) -> Way:
    return Way(verb, frozenset(stages), to, frozenset(by), for_many)


RUNNING = (Stage.SENT, Stage.OBJECTED, Stage.RECEIVED, Stage.HANDLING, Stage.REVIEWING)
"""Stages in which the responsible unit still owes something."""
_LIVE = frozenset(Stage) - {Stage.ARCHIVED, Stage.MERGED}
_BEFORE_NOTICE = {Stage.SENT, Stage.RECEIVED}
_ENDED = {Stage.CONCLUDED, Stage.CLOSED, Stage.FINISHED}

WAYS: dict[Verb, Way] = {
    way.verb: way
    for way in (
        _way(Verb.FORWARD, {Stage.PENDING}, Stage.SENT, By.SENDER, for_many=True),
        _way(Verb.ASSIGN, {Stage.PENDING}, Stage.SENT, By.SENDER, for_many=True),
        _way(Verb.TAKE, {Stage.PENDING}, Stage.RECEIVED, By.SENDER, for_many=True),
        _way(Verb.RECEIVE, {Stage.SENT}, Stage.RECEIVED, By.UNIT, for_many=True),
        _way(Verb.OBJECT, _BEFORE_NOTICE, Stage.OBJECTED, By.UNIT),
        _way(Verb.DECIDE_OBJECTION, {Stage.OBJECTED}, None, By.SENDER),
        _way(Verb.DISPUTE, {*_BEFORE_NOTICE, Stage.OBJECTED}, None, By.SENDER, By.UNIT),
        _way(Verb.DECIDE_DISPUTE, {*_BEFORE_NOTICE, Stage.OBJECTED}, None, By.SENDER),
        _way(Verb.HAND_OVER, RUNNING, None, By.COUNTY, for_many=True),
        _way(Verb.NOTIFY, {Stage.RECEIVED}, None, By.UNIT, for_many=True),
        _way(Verb.RECORD_PROGRESS, {Stage.HANDLING, Stage.REVIEWING, Stage.CONCLUDED}, None, By.UNIT),
        _way(Verb.ADD_UNIT, {Stage.SENT, Stage.RECEIVED, Stage.HANDLING}, None, By.SENDER),
        _way(Verb.END_UNIT, _LIVE, None, By.SENDER),
        _way(Verb.REQUEST_EXTENSION, {Stage.HANDLING}, None, By.UNIT),
        _way(Verb.DECIDE_EXTENSION, {Stage.HANDLING}, None, By.HEAD),
        _way(Verb.EXTEND_ON_PAPER, {Stage.HANDLING}, None, By.COUNTY),
        _way(Verb.DRAFT_REPLY, {Stage.HANDLING}, None, By.UNIT),
        _way(Verb.SUBMIT_REPLY, {Stage.HANDLING}, None, By.UNIT),
        _way(Verb.RETURN_REPLY, {Stage.HANDLING}, None, By.HEAD),
        _way(Verb.APPROVE_REPLY, {Stage.HANDLING}, None, By.HEAD),
        _way(Verb.APPROVE_ON_PAPER, {Stage.HANDLING}, None, By.COUNTY),
        _way(Verb.SERVE, {Stage.HANDLING, *_ENDED, Stage.REVIEWING}, None, By.UNIT, By.REVIEWER),
        _way(Verb.CONCLUDE, {Stage.HANDLING}, Stage.CONCLUDED, By.UNIT),
        _way(Verb.REPORT, {Stage.HANDLING, *_ENDED}, None, By.UNIT),
        _way(Verb.EXECUTE, {Stage.CONCLUDED, Stage.FINISHED}, None, By.UNIT),
        _way(Verb.APPLY_REVIEW, {Stage.CONCLUDED}, Stage.REVIEWING, By.SENDER, By.REVIEWER, By.UNIT),
        _way(Verb.APPLY_RE_REVIEW, {Stage.CONCLUDED}, Stage.REVIEWING, By.SENDER, By.REVIEWER, By.UNIT),
        _way(Verb.HEAR, {Stage.REVIEWING}, None, By.SENDER, By.REVIEWER),
        _way(Verb.DECIDE_REVIEW, {Stage.REVIEWING}, None, By.SENDER, By.REVIEWER),
        _way(Verb.WITHDRAW_REVIEW, {Stage.REVIEWING}, Stage.CONCLUDED, By.SENDER, By.REVIEWER),
        _way(Verb.REFUSE_REVIEW, {Stage.REVIEWING}, Stage.CONCLUDED, By.SENDER, By.REVIEWER),
        _way(Verb.FINISH, {Stage.CONCLUDED}, Stage.FINISHED, By.SENDER, for_many=True),
        _way(Verb.RESOLVE, _LIVE, None, By.SENDER, By.UNIT),
        _way(Verb.RATE, _ENDED | {Stage.REVIEWING, Stage.ARCHIVED}, None, By.SENDER, for_many=True),
        _way(Verb.INSTRUCT, _LIVE, None, By.LEADER),
        _way(
            Verb.MERGE, {Stage.PENDING, Stage.SENT, Stage.RECEIVED, Stage.HANDLING}, Stage.MERGED, By.SENDER
        ),
        _way(Verb.UNMERGE, {Stage.MERGED}, None, By.SENDER),
        _way(Verb.ARCHIVE, _ENDED, Stage.ARCHIVED, By.SENDER, By.UNIT, for_many=True),
    )
}


@dataclass(frozen=True)
class Standing:
    """What of a petition decides which verbs are open."""

    stage: Stage
    is_void: bool = False
    handling_class: HandlingClass | None = None
    conclusion: Conclusion | None = None
    is_assigned: bool = False
    """交办: an 办结报告 is owed."""
    is_direct: bool = False
    """直接受理: nobody sent it, so there is nobody to send it back to."""
    reply_state: str = ""
    """Of the latest reply: draft, submitted or approved."""
    waits_for: frozenset[Verb] = frozenset()
    has_joint_units: bool = False
    served_on: date | None = None
    reviewed: bool = False
    """A 复查意见 on the reply in force was given."""
    review_served: bool = False
    reported: bool = False
    executed: bool = False
    extended: bool = False
    has_head: bool = False
    """Somebody has an account by which he approves for the unit, so nothing is entered from paper in his stead."""


@dataclass(frozen=True)
class Hands:
    """In which capacities an actor stands to a petition."""

    by: frozenset[By]
    in_stead: frozenset[By] = frozenset()
    """Those of `by` that are another unit's own: the county's office may enter what that unit did."""

    def are_own(self, verb: "Verb") -> bool:
        """Whether the actor does it as his own office."""
        return bool(WAYS[verb].by & (self.by - self.in_stead))


def hands_of(
    role: Role | None,
    *,
    unit_id: int | None,
    scope_path: str,
    registering_unit_id: int,
    responsible_path: str | None,
    reviewer_paths: Iterable[str] = (),
) -> Hands:
    """The county's 信访部门 sends for the county and may enter what a unit did; only a unit's own head approves."""
    county = role in (Role.BUREAU, Role.DIRECTOR)
    found: set[By] = {By.COUNTY} if county else set()
    staff = role in (Role.CLERK, Role.SUPERVISOR)
    if county or (staff and unit_id == registering_unit_id):
        found.add(By.SENDER)
    inside = responsible_path is not None and bool(scope_path) and responsible_path.startswith(scope_path)
    if county or (staff and inside):
        found.add(By.UNIT)
    reviewer_paths = list(reviewer_paths)
    own = _own([responsible_path or ""], unit_id)
    if (role is Role.SUPERVISOR and inside) or (role is Role.DIRECTOR and own):
        found.add(By.HEAD)
    if county or (staff and any(path.startswith(scope_path) for path in reviewer_paths if scope_path)):
        found.add(By.REVIEWER)
    if role is Role.LEADER:
        found.add(By.LEADER)
    others = {
        By.UNIT: responsible_path is not None and not own,
        By.REVIEWER: not _own(reviewer_paths, unit_id),
    }
    return Hands(frozenset(found), frozenset(by for by, is_so in others.items() if county and is_so))


def _own(paths: Iterable[str], unit_id: int | None) -> bool:
    return any(path.endswith(f"/{unit_id}/") for path in paths)


@dataclass(frozen=True)
class Offer:
    """A verb as the page shows it; `refusal` says in plain words why it may not be done now."""

    verb: Verb
    refusal: str = ""

    @property
    def is_open(self) -> bool:
        return not self.refusal


def refusal(verb: Verb, standing: Standing, hands: Hands) -> str:
    """Why a verb may not be done; "" where it may. What depends on dates is asked by the act itself."""
    way = WAYS[verb]
    if standing.is_void:
        return "这件信访事项已作废。"
    if standing.stage not in way.stages:
        return f"目前是“{standing.stage.label}”，不能{verb.label}。"
    if not way.by & hands.by:
        return f"{verb.label}由{'或'.join(b.label for b in By if b in way.by)}办理。"
    return _CONDITIONS[verb](standing) if verb in _CONDITIONS else ""


def offers(standing: Standing, hands: Hands) -> list[Offer]:
    """The verbs of this stage, in the order of the law: those that are open and those that say why not."""
    here = [verb for verb in Verb if standing.stage in WAYS[verb].stages and WAYS[verb].by & hands.by]
    return [Offer(verb, refusal(verb, standing, hands)) for verb in here]


def own_and_others(found: list[Offer], hands: Hands) -> tuple[list[Offer], list[Offer]]:
    """What the actor does as his own office, and what he may enter in a unit's stead."""
    own = [o for o in found if hands.are_own(o.verb)]
    return own, [o for o in found if o not in own]


def usual_first(found: list[Offer], standing: Standing) -> list[Offer]:
    """What is usually done next comes first; the others keep the order of the law."""
    usual = _usual(standing)
    first = [o for verb in usual for o in found if o.verb is verb and o.is_open][:1]
    return [*first, *(o for o in found if o not in first)]


def _usual(s: Standing) -> tuple[Verb, ...]:
    """The verbs in question, the likeliest first."""
    if s.stage is not Stage.HANDLING:
        return _USUAL.get(s.stage, ())
    decided = (Verb.DECIDE_EXTENSION, Verb.EXTEND_ON_PAPER, Verb.APPROVE_REPLY, Verb.APPROVE_ON_PAPER)
    replied = (Verb.SERVE,) if s.reply_state == "approved" and s.served_on is None else ()
    drafted = (
        Verb.SUBMIT_REPLY,
        Verb.CONCLUDE,
        *replied,
        Verb.DRAFT_REPLY,
        Verb.RECORD_PROGRESS,
        Verb.ADD_UNIT,
    )
    return (*decided, *drafted)


_USUAL: dict[Stage, tuple[Verb, ...]] = {
    Stage.PENDING: (Verb.FORWARD,),
    Stage.SENT: (Verb.RECEIVE, Verb.ADD_UNIT),
    Stage.OBJECTED: (Verb.DECIDE_OBJECTION, Verb.DECIDE_DISPUTE),
    Stage.RECEIVED: (Verb.DECIDE_DISPUTE, Verb.NOTIFY, Verb.ADD_UNIT),
    Stage.CONCLUDED: (Verb.EXECUTE, Verb.REPORT, Verb.RATE, Verb.ARCHIVE),
    Stage.CLOSED: (Verb.REPORT, Verb.ARCHIVE),
    Stage.REVIEWING: (Verb.DECIDE_REVIEW,),
    Stage.FINISHED: (Verb.EXECUTE, Verb.REPORT, Verb.ARCHIVE),
}


Condition = Callable[[Standing], str]


def _waiting(verb: Verb, words: str) -> Condition:
    return lambda s: "" if verb in s.waits_for else words


def _no_reply_waiting(s: Standing) -> str:
    return "答复已提交，等待负责人审批；要改请先退回。" if s.reply_state == "submitted" else ""


def _can_draft(s: Standing) -> str:
    if s.handling_class is not HandlingClass.PETITION:
        return "只有按信访程序（第三十一条第六项）办理的，才出具信访处理意见书。"
    return _no_reply_waiting(s) or ("答复已批准。" if s.reply_state == "approved" else "")


def _approved_here(s: Standing) -> str:
    return "责任单位有负责人账号，由负责人在系统里审批。" if s.has_head else ""


def _can_conclude(s: Standing) -> str:
    if s.handling_class is HandlingClass.PETITION:
        if s.reply_state != "approved":
            return "还没有经负责人批准的答复。"
        if s.served_on is None:
            return "答复还没有送达；送达后才能办结。"
    if s.waits_for & {Verb.DECIDE_EXTENSION}:
        return "延期申请还在等待审批。"
    return ""


def _can_request_extension(s: Standing) -> str:
    if s.handling_class is not HandlingClass.PETITION:
        return "只有按信访程序办理、有 60 日期限的，才能延期。"
    if s.extended:
        return "已经延期过一次。"
    return "延期申请已提出，等待审批。" if Verb.DECIDE_EXTENSION in s.waits_for else ""


def _can_apply_review(s: Standing) -> str:
    if s.handling_class is not HandlingClass.PETITION:
        return "只有信访处理意见可以申请复查。"
    if s.served_on is None:
        return "答复还没有送达，复查期限还没有开始。"
    return "已经复查过；对复查意见不服的，申请复核。" if s.reviewed else ""


def _can_apply_re_review(s: Standing) -> str:
    if not s.reviewed:
        return "还没有复查意见。"
    return "" if s.review_served else "复查意见还没有送达，复核期限还没有开始。"


def _can_report(s: Standing) -> str:
    if not s.is_assigned:
        return "不是交办件，不需要办结报告。"
    return "已报送。" if s.reported else ""


def _can_execute(s: Standing) -> str:
    if s.conclusion is not Conclusion.SUPPORTED:
        return "处理结论不是“支持”，没有需要执行的。"
    return "已登记执行。" if s.executed else ""


_NO_REQUEST, _NO_REPLY = "没有等待审批的延期申请。", "没有等待审批的答复。"
_CONDITIONS: dict[Verb, Condition] = {
    Verb.DECIDE_EXTENSION: _waiting(Verb.DECIDE_EXTENSION, _NO_REQUEST),
    Verb.EXTEND_ON_PAPER: lambda s: (
        (Verb.DECIDE_EXTENSION not in s.waits_for and _NO_REQUEST) or _approved_here(s)
    ),
    Verb.APPROVE_ON_PAPER: lambda s: (s.reply_state != "submitted" and _NO_REPLY) or _approved_here(s),
    Verb.DECIDE_OBJECTION: _waiting(Verb.DECIDE_OBJECTION, "没有等待答复的异议。"),
    Verb.DECIDE_DISPUTE: _waiting(Verb.DECIDE_DISPUTE, "没有提请裁定的受理争议。"),
    Verb.OBJECT: lambda s: (
        "这件事项是直接收到的，没有转送单位可退；不属本单位职权的，告知不予受理。" if s.is_direct else ""
    ),
    Verb.DISPUTE: lambda s: "争议已提请裁定。" if Verb.DECIDE_DISPUTE in s.waits_for else "",
    Verb.REQUEST_EXTENSION: _can_request_extension,
    Verb.DRAFT_REPLY: _can_draft,
    Verb.SUBMIT_REPLY: lambda s: "" if s.reply_state == "draft" else "没有可提交的答复草稿。",
    Verb.RETURN_REPLY: lambda s: "" if s.reply_state == "submitted" else _NO_REPLY,
    Verb.APPROVE_REPLY: lambda s: "" if s.reply_state == "submitted" else _NO_REPLY,
    Verb.CONCLUDE: _can_conclude,
    Verb.REPORT: _can_report,
    Verb.EXECUTE: _can_execute,
    Verb.END_UNIT: lambda s: "" if s.has_joint_units else "没有协办单位。",
    Verb.APPLY_REVIEW: _can_apply_review,
    Verb.APPLY_RE_REVIEW: _can_apply_re_review,
    Verb.FINISH: lambda s: (
        "" if s.handling_class is not HandlingClass.PETITION or s.served_on else "答复还没有送达。"
    ),
    Verb.ARCHIVE: lambda s: (
        "交办件还没有报送办结报告，报送后才能归档。" if s.is_assigned and not s.reported else ""
    ),
}
