"""告知、办理、延期、办结、报送、执行、化解、评价、批示 (条例第二十一至二十三、三十一至三十四条)."""

from datetime import date

from sqlalchemy.orm import Session

from actions.petitions.steps import Act, Begun, Line, begin, handler_at, take, waiting_for
from models.petition import PetitionStep
from rules.errors import RuleViolation
from rules.petition_due import reply_due
from rules.petition_rules import (
    check_extension_approval,
    check_extension_request,
    check_handling_class,
    check_text,
)
from rules.petition_states import Stage, Verb
from rules.petition_words import Acceptance, HandlingClass, Rating, Resolution
from rules.taxonomy import Purpose


def notify(
    session: Session, act: Act, acceptance: Acceptance | None, handling_class: HandlingClass | None
) -> None:
    """书面告知: accepted, with the item of art. 31 that decides which clocks run; refused or no longer accepted, with
    the reason and the way to go. Raises RuleViolation on `acceptance`, `handling_class`, `text`."""
    petition = act.petition
    begun = begin(session, act, Verb.NOTIFY, since=petition.unit_received_on, since_words="单位收到日期")
    if begun.done_before:
        return
    if acceptance is None:
        raise RuleViolation("请选择告知结果。", "acceptance")
    if acceptance is not Acceptance.ACCEPTED:
        check_text(act.text, f"{acceptance.label}的理由和依据")
        changes = {"stage": Stage.CLOSED.value, "notified_on": act.on, "acceptance": acceptance.value}
        take(session, act, Verb.NOTIFY, changes, Line(acceptance.value, answers=_dispute(begun)))
        return
    if handling_class is None:
        raise RuleViolation("请选择办理类别（《信访工作条例》第三十一条）。", "handling_class")
    check_handling_class(Purpose(petition.purpose), handling_class, "handling_class")
    changes = {
        "stage": Stage.HANDLING.value,
        "notified_on": act.on,
        "acceptance": acceptance.value,
        "handling_class": handling_class.value,
        "handler_id": petition.handler_id or handler_at(petition.handling_unit_id, act),
    }
    take(session, act, Verb.NOTIFY, changes, Line(acceptance.value, answers=_dispute(begun)))


def _dispute(begun: Begun) -> PetitionStep | None:
    """A unit that tells the petitioner ends the dispute about who must."""
    return next((s for s in begun.around.waiting if s.waits_for == Verb.DECIDE_DISPUTE), None)


def record_progress(session: Session, act: Act) -> None:
    """办理记录: what was done, in the unit's own words."""
    if begin(
        session, act, Verb.RECORD_PROGRESS, since=act.petition.notified_on, since_words="受理日期"
    ).done_before:
        return
    check_text(act.text, "办理情况")
    take(session, act, Verb.RECORD_PROGRESS)


def request_extension(session: Session, act: Act, days: int | None) -> None:
    """申请延期: 情况复杂, with the reason, before the 60 days are over (第三十四条)."""
    if begin(
        session, act, Verb.REQUEST_EXTENSION, since=act.petition.notified_on, since_words="受理日期"
    ).done_before:
        return
    asked = check_extension_request(days, act.on, plain_reply_due(act))
    check_text(act.text, "延期的理由")
    take(session, act, Verb.REQUEST_EXTENSION, {}, Line(days=asked, waits_for=Verb.DECIDE_EXTENSION))


def decide_extension(session: Session, act: Act, *, agreed: bool) -> None:
    """审批延期 by the unit's head: it counts only when approved strictly before the day."""
    begun = begin(session, act, Verb.DECIDE_EXTENSION)
    if begun.done_before:
        return
    asked = waiting_for(act, begun.around, Verb.DECIDE_EXTENSION)
    if not agreed:
        check_text(act.text, "不批准的理由")
        take(session, act, Verb.DECIDE_EXTENSION, {}, Line(outcome="refused", answers=asked))
        return
    check_extension_approval(act.on, plain_reply_due(act))
    changes = {"extension_days": asked.days or 0, "extension_approved_on": act.on}
    take(
        session,
        act,
        Verb.DECIDE_EXTENSION,
        changes,
        Line(outcome="agreed", days=asked.days, answers=asked),
    )


def conclude(session: Session, act: Act, resolution: Resolution | None) -> None:
    """办结: after an approved and served reply where the matter is handled as a petition, else with the result.

    The first conclusion is the one that counts: a matter taken up again after a review keeps its day."""
    petition = act.petition
    since = petition.served_on or petition.notified_on
    words = "答复送达日期" if petition.served_on else "告知日期"
    if begin(session, act, Verb.CONCLUDE, since=since, since_words=words).done_before:
        return
    if petition.handling_class != HandlingClass.PETITION:
        check_text(act.text, "办理结果")
    changes = {"stage": Stage.CONCLUDED.value, "concluded_on": petition.concluded_on or act.on}
    if resolution is not None:
        changes["resolution"] = resolution.value
    take(session, act, Verb.CONCLUDE, changes, Line(outcome=resolution.value if resolution else ""))


def report(session: Session, act: Act) -> None:
    """报送办结报告 of an assigned matter to whom assigned it (第二十二条第一款第三项)."""
    if begin(session, act, Verb.REPORT, since=act.petition.dispatched_on, since_words="交办日期").done_before:
        return
    check_text(act.text, "调查情况和处理结果")
    take(session, act, Verb.REPORT, {"reported_on": act.on})


def execute(session: Session, act: Act) -> None:
    """A supported request is carried out (第三十二条)."""
    if begin(session, act, Verb.EXECUTE, since=act.petition.concluded_on, since_words="办结日期").done_before:
        return
    check_text(act.text, "执行情况")
    take(session, act, Verb.EXECUTE, {"executed_on": act.on})


def resolve(session: Session, act: Act, resolution: Resolution | None) -> None:
    """化解 is its own mark: settled in fact, whatever the stage."""
    if begin(session, act, Verb.RESOLVE).done_before:
        return
    if resolution is None:
        raise RuleViolation("请选择化解状态。", "resolution")
    if resolution.value == act.petition.resolution:
        raise RuleViolation(f"已经是“{resolution.label}”。", "resolution")
    take(session, act, Verb.RESOLVE, {"resolution": resolution.value}, Line(outcome=resolution.value))


def rate(session: Session, act: Act, bureau: Rating | None, unit: Rating | None) -> None:
    """评价 as the provincial system holds it; this site asks nobody."""
    if begin(session, act, Verb.RATE).done_before:
        return
    changes = {
        "bureau_rating": bureau.value if bureau else None,
        "unit_rating": unit.value if unit else None,
    }
    if all(getattr(act.petition, name) == value for name, value in changes.items()):
        raise RuleViolation("没有改动任何内容。")
    take(session, act, Verb.RATE, changes)


def instruct(session: Session, act: Act, until: date | None) -> None:
    """领导批示 on a matter laid before him."""
    if begin(session, act, Verb.INSTRUCT).done_before:
        return
    check_text(act.text, "批示内容")
    if until is not None and until < act.on:
        raise RuleViolation(f"要求期限 {until} 早于批示日期 {act.on}。", "until")
    take(session, act, Verb.INSTRUCT, {}, Line(until=until))


def plain_reply_due(act: Act) -> date:
    """受理 + 60 days, without an extension."""
    petition = act.petition
    due = reply_due(Acceptance.ACCEPTED, HandlingClass.PETITION, petition.notified_on)
    if due is None:
        raise RuleViolation("还没有告知受理，没有办理期限可延。")
    return due
