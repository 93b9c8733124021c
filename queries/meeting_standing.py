"""What was built upon a meeting's final record: from then on it is not taken up again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meeting import Meeting, MeetingDecision
from models.office_paper import OfficePaper
from models.supervision import SupervisionTask
from queries.meeting_escalations import taken_up_above
from rules.papers.kinds import PaperKind


def reopening_refusal(session: Session, meeting: Meeting) -> str:
    """Why a final record stays as it is; "" where it may be taken up again. At most three statements."""
    if _minutes_are_issued(session, meeting):
        return "会议纪要已经印发，不能再退回修改；有变动的，请在下次会议上另行议定。"
    if any(decision.done_on is not None for decision in meeting.decisions):
        return "已有议定事项登记落实，不能退回修改。"
    if taken_up_above(session, meeting.items):
        return "已有提请上级研究的议题列入上级会议或者得到答复，不能退回修改。"
    number = _task_number(session, meeting)
    return f"已有议定事项转为督办 {number}，不能退回修改。" if number else ""


def _minutes_are_issued(session: Session, meeting: Meeting) -> bool:
    issued = select(OfficePaper.id).where(
        OfficePaper.subject_type == "meeting",
        OfficePaper.subject_id == meeting.id,
        OfficePaper.kind == PaperKind.MINUTES.value,
        OfficePaper.state == "issued",
    )
    return session.scalar(issued.limit(1)) is not None


def _task_number(session: Session, meeting: Meeting) -> str | None:
    tasks = select(SupervisionTask.number).where(
        SupervisionTask.source_type == MeetingDecision.__tablename__,
        SupervisionTask.source_id.in_([decision.id for decision in meeting.decisions]),
        SupervisionTask.voided_at.is_(None),
    )
    return session.scalar(tasks.limit(1))
