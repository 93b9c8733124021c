"""Which form and which address each verb has, and how a form becomes an act. One row for each verb."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from actions.petitions import (
    dispatching,
    ending,
    handing_over,
    handling,
    joining,
    on_paper,
    replying,
    reviewing,
    serving,
)
from actions.petitions.steps import Act
from blueprints.petitions import step_forms as forms
from extensions import db
from queries.choices import unit_choices
from queries.petition_scope import petition_numbered
from queries.register_filter import number_of
from rules.errors import RuleViolation
from rules.petition_rules import PAPER_DAYS
from rules.petition_states import Verb
from rules.petition_words import (
    Acceptance,
    ArchiveTerm,
    DeliveryMethod,
    HandlingClass,
    Rating,
    Resolution,
    ReviewKind,
    ReviewOpinion,
    ServedPaper,
)
from rules.roles import Permission
from web import clock
from web.matter_forms import chosen, id_of
from web.session import actor


@dataclass(frozen=True)
class Door:
    """`noun` stands in the address, `hint` above the form, `done` is told afterwards."""

    verb: Verb
    noun: str
    permission: Permission
    form: type[forms.StepForm]
    act: Callable[[Session, Act, forms.StepForm], None]
    done: str
    hint: str = ""
    danger: bool = False

    @property
    def endpoint(self) -> str:
        return self.verb.value if "_" in self.verb else f"{self.verb.value}_petition"


def _unit(form: forms.StepForm) -> int | None:
    """The unit that `to_unit` names; an unknown text is refused at its field."""
    if form.unit_id is None and form.text_of("to_unit") and not form.errors:
        choices = unit_choices(db.session(), actor().account_id, clock.today())
        form.unit_id = id_of(chosen(form, "to_unit", choices))
    if form.errors:
        raise RuleViolation(str(form.errors["to_unit"][0]), "to_unit")
    return form.unit_id


def _paper(form: forms.StepForm) -> on_paper.Paper:
    return on_paper.Paper(
        form["decision"].data == "agreed",
        form.text_of("approver"),
        form.text_of("post"),
        number_of(form["attachment"].data or ""),
    )


WRITE, SEND = Permission.PETITIONS_WRITE, Permission.PETITIONS_SEND
APPROVE, INSTRUCT = Permission.PETITIONS_APPROVE, Permission.PETITIONS_INSTRUCT

DOORS: tuple[Door, ...] = (
    Door(
        Verb.FORWARD, "forwarding", SEND, forms.SendForm,
        lambda s, a, f: dispatching.forward(s, a, _unit(f)),
        "已转送，等待责任单位签收。",
        "转送给有权处理的单位（《信访工作条例》第二十二条）。",
    ),
    Door(
        Verb.ASSIGN, "assignment", SEND, forms.AssignForm,
        lambda s, a, f: dispatching.assign(s, a, _unit(f), f.until.data),
        "已交办，等待责任单位签收。",
        "交办要写明反馈期限，责任单位须报送办结报告（第二十二条）。",
    ),
    Door(
        Verb.TAKE, "own-handling", SEND, forms.TakeForm,
        lambda s, a, f: dispatching.take_directly(s, a),
        "已转为本单位直接办理。",
    ),
    Door(
        Verb.RECEIVE, "receipt", WRITE, forms.ReceiveForm,
        lambda s, a, f: dispatching.receive(s, a),
        "已签收。15 日内要书面告知信访人。",
        "签收之日起，15 日内书面告知；不属本单位职权的，5 个工作日内提出异议（第二十三条）。",
    ),
    Door(
        Verb.OBJECT, "objection", WRITE, forms.ObjectForm,
        lambda s, a, f: dispatching.object_to(s, a, _unit(f)),
        "异议已提出，等待转送单位答复。",
        "不属本单位职权的，收到之日起 5 个工作日内提出，详细说明理由（第二十三条）。",
    ),
    Door(
        Verb.DECIDE_OBJECTION, "objection-decision", SEND, forms.DecideObjectionForm,
        lambda s, a, f: dispatching.decide_objection(s, a, agreed=f.is_agreed),
        "异议已答复。",
        "同意的，退回重新转送；不同意的，责任单位继续办理，期限不重新计算。",
    ),
    Door(
        Verb.DISPUTE, "dispute", WRITE, forms.DisputeForm,
        lambda s, a, f: dispatching.dispute(s, a),
        "已提请裁定。",
        "几个单位对由谁受理有争议的，提请共同的上一级机关决定（第二十四条）。",
    ),
    Door(
        Verb.DECIDE_DISPUTE, "dispute-decision", SEND, forms.DesignateForm,
        lambda s, a, f: dispatching.decide_dispute(s, a, _unit(f)),
        "已指定受理单位。",
    ),
    Door(
        Verb.HAND_OVER, "handing-over", SEND, forms.HandOverForm,
        lambda s, a, f: handing_over.hand_over(s, a, _unit(f), f.text_of("paper_number")),
        "已移交，期限照旧。",
        "机构撤销、合并或职责调整的，移交给承接的单位接着办。所有期限照原来的日子，不重新计算。",
    ),
    Door(
        Verb.NOTIFY, "notice", WRITE, forms.NotifyForm,
        lambda s, a, f: handling.notify(
            s, a, f.word("acceptance", Acceptance), f.word("handling_class", HandlingClass)
        ),
        "告知已登记。",
        "受理的，选第三十一条的哪一项：只有“信访处理”有 60 日办结和复查、复核。不予、不再受理的，写明理由、依据和途径。",
    ),
    Door(
        Verb.RECORD_PROGRESS, "progress", WRITE, forms.TextForm,
        lambda s, a, f: handling.record_progress(s, a),
        "办理情况已登记。",
    ),
    Door(
        Verb.ADD_UNIT, "joint-unit", SEND, forms.UnitForm,
        lambda s, a, f: joining.add_unit(s, a, _unit(f)),
        "已增加协办单位。",
        "责任单位牵头，期限只对责任单位计算；协办单位可以看到这件事项。",
    ),
    Door(
        Verb.END_UNIT, "joint-unit-end", SEND, forms.EndUnitForm,
        lambda s, a, f: joining.end_unit(s, a, number_of(f.to_unit.data)),
        "协办已结束，该单位不再看到这件事项。",
        "结束以后，该单位不再看到这件事项。",
    ),
    Door(
        Verb.REQUEST_EXTENSION, "extension", WRITE, forms.ExtensionForm,
        lambda s, a, f: handling.request_extension(s, a, f.days.data),
        "延期申请已提出，等待负责人审批。",
        "情况复杂的，经负责人批准，可以延长不超过 30 日，并告知信访人理由（第三十四条）。要在限办日期之前批准。",
    ),
    Door(
        Verb.DECIDE_EXTENSION, "extension-decision", APPROVE, forms.DecideForm,
        lambda s, a, f: handling.decide_extension(s, a, agreed=f.is_agreed),
        "延期申请已审批。",
    ),
    Door(
        Verb.EXTEND_ON_PAPER, "extension-on-paper", SEND, forms.PaperForm,
        lambda s, a, f: on_paper.decide_extension_on_paper(s, a, _paper(f)),
        "延期的纸质批准已登记。",
        f"责任单位没有负责人账号的，登记它在纸上的批准。日期填批件上的日期；{PAPER_DAYS} 个工作日内登记的从那天算，"
        "再晚的从登记当天算。不早于限办日期的，不算延期。",
    ),
    Door(
        Verb.SUBMIT_REPLY, "reply-submission", WRITE, forms.ReceiveForm,
        lambda s, a, f: replying.submit_reply(s, a),
        "答复已提交，等待负责人审批。",
    ),
    Door(
        Verb.RETURN_REPLY, "reply-return", APPROVE, forms.TextForm,
        lambda s, a, f: replying.return_reply(s, a),
        "答复已退回修改。",
        danger=True,
    ),
    Door(
        Verb.APPROVE_REPLY, "reply-approval", APPROVE, forms.ApproveForm,
        lambda s, a, f: replying.approve_reply(s, a, f.reply_version.data),
        "答复已批准，可以打印、送达。",
    ),
    Door(
        Verb.APPROVE_ON_PAPER, "reply-on-paper", SEND, forms.PaperReplyForm,
        lambda s, a, f: on_paper.approve_reply_on_paper(s, a, _paper(f), f.reply_version.data),
        "答复的纸质批准已登记。",
        "责任单位没有负责人账号的，登记它在纸上的批准或退回，附批件扫描件。",
    ),
    Door(
        Verb.SERVE, "service", WRITE, forms.ServeForm,
        lambda s, a, f: serving.serve(
            s,
            a,
            serving.DeliveryData(
                f.word("paper", ServedPaper),
                f.word("method", DeliveryMethod),
                *(f.text_of(n) for n in ("document_number", "place", "received_by", "refusal", "served_by")),
            ),
        ),
        "送达已登记。",
        "按送达回证登记；答复送达之日起，信访人有 30 日申请复查（第三十五条）。",
    ),
    Door(
        Verb.CONCLUDE, "conclusion", WRITE, forms.ConcludeForm,
        lambda s, a, f: handling.conclude(s, a, f.word("resolution", Resolution)),
        "已办结。",
    ),
    Door(
        Verb.REPORT, "report", WRITE, forms.TextForm,
        lambda s, a, f: handling.report(s, a),
        "办结报告已报送。",
    ),
    Door(
        Verb.EXECUTE, "execution", WRITE, forms.TextForm,
        lambda s, a, f: handling.execute(s, a),
        "执行情况已登记。",
    ),
    Door(
        Verb.APPLY_REVIEW, "review", WRITE, forms.ApplyForm,
        lambda s, a, f: reviewing.apply_for_review(
            s, a, reviewing.ApplicationData(ReviewKind.REVIEW, _unit(f), f.text_of("late_reason"))
        ),
        "复查申请已登记。",
        "向作出处理意见的机关的上一级机关申请；日期填复查机关收到申请之日（第三十五条）。",
    ),
    Door(
        Verb.APPLY_RE_REVIEW, "re-review", WRITE, forms.ApplyForm,
        lambda s, a, f: reviewing.apply_for_review(
            s, a, reviewing.ApplicationData(ReviewKind.RE_REVIEW, _unit(f), f.text_of("late_reason"))
        ),
        "复核申请已登记。",
        "向复查机关的上一级机关申请；日期填复核机关收到申请之日（第三十六条）。",
    ),
    Door(
        Verb.HEAR, "hearing", WRITE, forms.HearForm,
        lambda s, a, f: reviewing.hear(s, a, f.until.data),
        "听证已登记。",
        "复核中的听证时间不计入 30 日（第三十六条）。",
    ),
    Door(
        Verb.DECIDE_REVIEW, "review-opinion", WRITE, forms.OpinionForm,
        lambda s, a, f: reviewing.decide_review(
            s, a, f.word("opinion", ReviewOpinion), f.text_of("legal_basis")
        ),
        "意见已登记。",
    ),
    Door(
        Verb.WITHDRAW_REVIEW, "review-withdrawal", WRITE, forms.TextForm,
        lambda s, a, f: reviewing.withdraw_review(s, a),
        "撤回已登记。",
        "信访人撤回申请的，原意见有效；期限没有届满的，还可以再申请。",
    ),
    Door(
        Verb.REFUSE_REVIEW, "review-refusal", WRITE, forms.TextForm,
        lambda s, a, f: reviewing.refuse_review(s, a),
        "不予受理已登记。",
        "复查、复核机关不予受理的，写明理由和依据。",
    ),
    Door(
        Verb.FINISH, "finish", SEND, forms.TakeForm,
        lambda s, a, f: ending.finish(s, a),
        "已终结。",
    ),
    Door(
        Verb.RESOLVE, "resolution", WRITE, forms.ResolveForm,
        lambda s, a, f: handling.resolve(s, a, f.word("resolution", Resolution)),
        "化解状态已登记。",
        "化解与办结是两回事：问题实际解决了才是化解。",
    ),
    Door(
        Verb.RATE, "rating", SEND, forms.RateForm,
        lambda s, a, f: handling.rate(
            s, a, f.word("bureau_rating", Rating), f.word("unit_rating", Rating)
        ),
        "评价已登记。",
        "按省信访信息系统中的评价填写；本系统不向信访人征求评价。",
    ),
    Door(
        Verb.INSTRUCT, "instruction", INSTRUCT, forms.InstructForm,
        lambda s, a, f: handling.instruct(s, a, f.until.data),
        "批示已登记。",
    ),
    Door(
        Verb.MERGE, "merging", SEND, forms.MergeForm,
        lambda s, a, f: ending.merge(
            s, a, petition_numbered(s, actor(), f.text_of("into")) if f.text_of("into") else None
        ),
        "已并件。",
        "同一事项重复提出的，并入先登记的一件办理，期限不重新计算；可以撤销。",
    ),
    Door(
        Verb.UNMERGE, "merging-end", SEND, forms.UndoForm,
        lambda s, a, f: ending.unmerge(s, a),
        "已撤销并件。",
        danger=True,
    ),
    Door(
        Verb.ARCHIVE, "archive", WRITE, forms.ArchiveForm,
        lambda s, a, f: ending.archive(s, a, f.word("term", ArchiveTerm)),
        "已归档。",
    ),
)  # fmt: skip

DOOR_OF = {door.verb: door for door in DOORS}
