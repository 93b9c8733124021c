"""Which form and which address each verb on a line has, and how a form becomes an act. One row for each verb."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from actions.supervision import answering, judging, urging
from actions.supervision.steps import Act
from blueprints.supervision import step_forms as forms
from rules.roles import Permission
from rules.supervision_states import TaskVerb


@dataclass(frozen=True)
class Door:
    """`noun` stands in the address, `hint` above the form, `done` is told afterwards."""

    verb: TaskVerb
    endpoint: str
    noun: str
    permission: Permission
    form: type[forms.StepForm]
    act: Callable[[Session, Act, Any], None]
    done: str
    hint: str = ""
    danger: bool = False


FILE, ANSWER = Permission.SUPERVISION_FILE, Permission.SUPERVISION_ANSWER
JUDGE, ISSUE = Permission.SUPERVISION_JUDGE, Permission.SUPERVISION_ISSUE
OWN_DAY = "承办单位自己录入的，日期就是录入当天。"

DOORS: tuple[Door, ...] = (
    Door(
        TaskVerb.RECEIVE, "receive_line", "receipt", ANSWER, forms.ReceiveForm,
        lambda s, a, _f: answering.receive(s, a),
        "已签收。请按期反馈进展，办好以后申请销号。",
        OWN_DAY,
    ),
    Door(
        TaskVerb.REPORT, "report_line", "report", ANSWER, forms.ReportForm,
        lambda s, a, _f: answering.report(s, a),
        "已反馈，等待立项单位复核。",
        f"写做了什么、还差什么、下一步何时完成；写事不写人。{OWN_DAY}",
    ),
    Door(
        TaskVerb.ASK_EXTENSION, "request_line_extension", "extension", ANSWER, forms.AskExtensionForm,
        lambda s, a, f: answering.ask_extension(s, a, f.until.data),
        "延期申请已提出，等待审批。",
        "办理期限到来之前提出并批准才有效；逢休息日顺延到下一个工作日。",
    ),
    Door(
        TaskVerb.SUBMIT, "submit_line", "result", ANSWER, forms.SubmitForm,
        lambda s, a, f: answering.submit(s, a, f.evidence.data or ""),
        "已申请销号，等待立项单位审核。",
        f"先在下面“附件材料”上传佐证，或写明纸质材料存放何处。{OWN_DAY}",
    ),
    Door(
        TaskVerb.ACCEPT, "accept_report", "acceptance", JUDGE, forms.AcceptForm,
        lambda s, a, _f: judging.accept(s, a),
        "已认可这次反馈。",
    ),
    Door(
        TaskVerb.RETURN, "return_report", "return", JUDGE, forms.ReturnForm,
        lambda s, a, f: judging.return_report(s, a, f.until.data),
        "已退回，等待承办单位重新反馈。",
    ),
    Door(
        TaskVerb.DECIDE_EXTENSION, "decide_line_extension", "extension-decision", JUDGE,
        forms.DecideExtensionForm,
        lambda s, a, f: judging.decide_extension(s, a, granted=f.is_agreed),
        "延期申请已审批。",
        "期限到来之前批准才有效；不同意的写明理由。",
    ),
    Door(
        TaskVerb.CLOSE, "close_line", "closing", JUDGE, forms.CloseForm,
        lambda s, a, _f: judging.close(s, a),
        "已销号。",
        "核对办理结果和佐证材料；最后一个单位销号以后，这件督办办结。",
    ),
    Door(
        TaskVerb.REFUSE_CLOSING, "refuse_closing", "closing-refusal", JUDGE, forms.RefuseClosingForm,
        lambda s, a, _f: judging.refuse_closing(s, a),
        "未予销号，承办单位继续办理。",
        "办理期限不变；已经超期的仍算超期。",
    ),
    Door(
        TaskVerb.URGE, "urge_line", "reminder", FILE, forms.UrgeForm,
        lambda s, a, _f: urging.urge(s, a),
        "已催办。",
        "工作日发出，每天一次；承办单位的工作台会提示。",
    ),
    Door(
        TaskVerb.WITHDRAW, "withdraw_line", "withdrawal", ISSUE, forms.WithdrawForm,
        lambda s, a, _f: judging.withdraw(s, a),
        "已撤回，这个单位不再办理。",
        "已经办好的用“销号”；撤回用于督办错了单位、领导另有安排等。",
        danger=True,
    ),
)  # fmt: skip
DOOR_OF = {door.verb: door for door in DOORS}
