"""Which form and which address each verb of a lead assignment has, and how a form becomes an act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from actions.leads import closing, proposing, working
from actions.leads.steps import LeadAct
from blueprints.leads import lead_forms as forms
from rules.lead_states import LeadResult, LeadVerb
from rules.roles import Permission


@dataclass(frozen=True)
class LeadDoor:
    """`noun` stands in the address, `hint` above the form, `done` is told afterwards."""

    verb: LeadVerb
    noun: str
    endpoint: str
    permission: Permission
    form: type[forms.LeadStepForm]
    act: Callable[[Session, LeadAct, Any], object]
    done: str
    hint: str = ""
    danger: bool = False

    @property
    def asks_evidence(self) -> bool:
        return self.verb in (LeadVerb.SUBMIT, LeadVerb.CLOSE)


WRITE, ASSIGN = Permission.LEADS_WRITE, Permission.LEADS_ASSIGN
ACCEPT, INSTRUCT = Permission.LEADS_ACCEPT, Permission.LEADS_INSTRUCT

DOORS: tuple[LeadDoor, ...] = (
    LeadDoor(
        LeadVerb.ASSIGN, "assignment", "assign_lead", ASSIGN, forms.ApproveLeadForm,
        lambda s, a, f: proposing.assign_lead(s, a),
        "已批准包案，责任单位从今天起办理、每周报进展。",
        "核对四定：牵头领导、责任单位、责任人、办理时限。",
    ),
    LeadDoor(
        LeadVerb.PROGRESS, "progress", "record_lead_progress", WRITE, forms.ProgressForm,
        lambda s, a, f: working.record_lead_progress(s, a),
        "进展已登记。",
        "每周至少一次：写事项办到哪一步，不写信访人的行踪。",
    ),
    LeadDoor(
        LeadVerb.MEET, "meeting", "record_lead_meeting", WRITE, forms.MeetForm,
        lambda s, a, f: working.meet_people(s, a),
        "会面沟通已登记。",
        "写沟通的内容和结果，不写信访人的行踪。",
    ),
    LeadDoor(
        LeadVerb.MEET, "own-meeting", "note_own_meeting", INSTRUCT, forms.MeetForm,
        lambda s, a, f: working.meet_people(s, a),
        "会面沟通已登记。",
        "写沟通的内容和结果，不写信访人的行踪。",
    ),
    LeadDoor(
        LeadVerb.INSTRUCT, "instruction", "instruct_lead", INSTRUCT, forms.InstructForm,
        lambda s, a, f: working.instruct_lead(s, a, f.until.data),
        "批示已登记。",
    ),
    LeadDoor(
        LeadVerb.ASK_EXTENSION, "extension", "request_lead_extension", WRITE, forms.AskExtensionForm,
        lambda s, a, f: working.ask_extension(s, a, f.until.data),
        "延期申请已提出，等待审批。",
        "要在时限届满以前提出并批准；届满以后照实算超期。",
    ),
    LeadDoor(
        LeadVerb.GRANT, "extension-grant", "grant_lead_extension", ASSIGN, forms.ApproveLeadForm,
        lambda s, a, f: working.decide_extension(s, a, granted=True),
        "已同意延期。",
    ),
    LeadDoor(
        LeadVerb.REFUSE, "extension-refusal", "refuse_lead_extension", ASSIGN, forms.ReasonedForm,
        lambda s, a, f: working.decide_extension(s, a, granted=False),
        "已答复不同意延期。",
        danger=True,
    ),
    LeadDoor(
        LeadVerb.SUBMIT, "result", "submit_lead_result", WRITE, forms.SubmitForm,
        lambda s, a, f: closing.submit_result(s, a, f.word("result", LeadResult), f.evidence.data or ""),
        "结果已报送，等待验收。",
        "问题实际解决了才是“化解”；转入诉讼、复议、仲裁等程序的，选“转法定程序”。销号时要有佐证：先上传协议、履行凭证等附件，或者在这里写明纸质材料存放处。",
    ),
    LeadDoor(
        LeadVerb.ACCEPT, "acceptance", "accept_lead_result", ACCEPT, forms.AcceptForm,
        lambda s, a, f: closing.accept_result(s, a),
        "已验收，可以销号。",
        "验收的不能是报结果的人，也不能是包案领导本人。",
    ),
    LeadDoor(
        LeadVerb.RETURN, "return", "return_lead_result", ACCEPT, forms.ReasonedForm,
        lambda s, a, f: closing.return_result(s, a),
        "已退回，责任单位继续办理，时限不变。",
        danger=True,
    ),
    LeadDoor(
        LeadVerb.CLOSE, "closing", "close_lead", ACCEPT, forms.CloseForm,
        lambda s, a, f: closing.close_lead(s, a),
        "已销号。",
        "要有佐证：协议、履行凭证等附件，或者写明材料存放在哪里。结果是“化解”的，同时登记信访事项的化解状态。",
    ),
    LeadDoor(
        LeadVerb.END, "end", "end_lead", ASSIGN, forms.ReasonedForm,
        lambda s, a, f: closing.end_lead(s, a),
        "已终止包案，记录保留。",
        "例如：并件办理、依法导入其他程序后不再包案。",
        danger=True,
    ),
)  # fmt: skip


def doors_of(verb: LeadVerb) -> list[LeadDoor]:
    return [door for door in DOORS if door.verb is verb]
