"""Undoing a whole batch while nothing depends on it. Nothing is deleted: rows are voided, units closed, accounts disabled."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from actions import audit
from actions.accounts import disable_account
from actions.imports import batches
from actions.organisation import close_unit
from actions.petition_updates import take_back_updates, worked_on_since
from models.attachment import Attachment
from models.deadline import Deadline
from models.duty_desk import DeskDispatch, DeskEntry, DeskHandoverMatter
from models.import_batch import ImportBatch
from models.interview import Interview, InterviewNote
from models.lead_assignment import LeadAssignment
from models.leader_reception import LeaderPromise, LeaderReception, LeaderReceptionVisit
from models.meeting import Meeting, MeetingAttendee, MeetingDecision, MeetingItem
from models.office_paper import OfficePaper
from models.office_register import Publication, ReportedFigure
from models.organisation import Unit
from models.petition import Petition, PetitionReply, PetitionVisit
from models.petition_letter import PetitionLetter
from models.sign_in import SignInSession
from models.staff import Account, Posting
from models.village_session import SessionMatter, VillageSession, VillageSessionVisit
from models.visit import Visit
from queries.imports import made_by_batch
from rules.errors import RuleViolation
from rules.roles import Actor

MOST_NAMED = 5


def undo_batch(
    session: Session, *, actor: Actor, now: datetime, today: date, batch: ImportBatch, kind: Any, reason: str
) -> int:
    """How many rows were taken back. Raises RuleViolation saying what depends on them."""
    if batch.state != batches.DONE:
        raise RuleViolation(f"这一批{batches.STATE_LABELS[batch.state]}，不能撤销。")
    if kind.staged:
        count = _void_rows(session, actor, now, batch, kind.model, reason)
        if kind.model is Petition:
            _end_clocks(session, batch, today)
            count += take_back_updates(
                session, actor=actor, now=now, today=today, batch_id=batch.id, reason=reason
            )
    elif batch.kind == "organisations":
        count = _close_units(session, actor, now, today, batch, reason)
    else:
        count = _disable_accounts(session, actor, now, today, batch, reason)
    tables: list[str] = [kind.model.__tablename__] if kind.staged else []
    tables += ["deadline"] if kind.staged and kind.model is Petition else []
    batches.mark_undone(session, actor=actor, now=now, batch=batch, reason=reason, tables=tables)
    return count


def in_the_way(session: Session, batch: ImportBatch, model: Any) -> list[str]:
    """What was built upon the batch's rows, in words, with the first numbers."""
    return [
        f"{words}（{numbers}）"
        for words, statement in _dependents(batch.id, model)
        if (numbers := _named(session, statement))
    ]


def _void_rows(
    session: Session, actor: Actor, now: datetime, batch: ImportBatch, model: Any, reason: str
) -> int:
    _refuse(in_the_way(session, batch, model))
    live = (model.import_batch_id == batch.id, model.voided_at.is_(None))
    count = session.scalar(select(func.count(model.id)).where(*live)) or 0
    session.execute(
        update(model)
        .where(*live)
        .values(
            voided_at=now, voided_by_id=actor.account_id, void_reason=f"撤销导入：{reason}"[:200],
            version=model.version + 1,
        ),
        execution_options={"synchronize_session": False},
    )  # fmt: skip
    return count


def _end_clocks(session: Session, batch: ImportBatch, today: date) -> None:
    """As for a single void petition: what still ran falls away."""
    mine = select(Petition.id).where(Petition.import_batch_id == batch.id)
    running = (Deadline.petition_id.in_(mine), Deadline.met_on.is_(None), Deadline.ended_on.is_(None))
    at_once = {"synchronize_session": False}
    session.execute(update(Deadline).where(*running).values(ended_on=today), execution_options=at_once)
    nothing_due = {"next_due_on": None, "next_due_key": None}
    session.execute(
        update(Petition).where(Petition.import_batch_id == batch.id).values(**nothing_due),
        execution_options=at_once,
    )


def _dependents(batch_id: int, model: Any) -> Iterator[tuple[str, Select[Any]]]:
    mine = select(model.number).where(model.import_batch_id == batch_id, model.voided_at.is_(None))
    yield "已被更正、办结或移交", mine.where(model.version > 1)
    if model is Visit:
        in_session = exists().where(
            VillageSessionVisit.visit_id == Visit.id, VillageSessionVisit.session_id == VillageSession.id,
            VillageSession.voided_at.is_(None),
        )  # fmt: skip
        with_leader = exists().where(
            LeaderReceptionVisit.visit_id == Visit.id, LeaderReceptionVisit.reception_id == LeaderReception.id,
            LeaderReception.voided_at.is_(None),
        )  # fmt: skip
        yield "已关联到村级接访", mine.where(in_session)
        yield "已关联到领导接访", mine.where(with_leader)
    elif model is Petition:
        told_at_visit = exists().where(PetitionVisit.petition_id == Petition.id)
        later = aliased(Petition)
        named_by = exists().where(
            or_(later.earlier_id == Petition.id, later.merged_into_id == Petition.id),
            later.voided_at.is_(None),
        )
        letter = exists().where(PetitionLetter.petition_id == Petition.id, PetitionLetter.state != "void")
        reply = exists().where(PetitionReply.petition_id == Petition.id)
        attached = exists().where(
            Attachment.subject_type == "petition", Attachment.subject_id == Petition.id,
            Attachment.voided_at.is_(None),
        )  # fmt: skip
        yield "已关联来访", mine.where(told_at_visit)
        yield "已起草或印发文书", mine.where(letter)
        yield "已起草答复", mine.where(reply)
        led = exists().where(LeadAssignment.petition_id == Petition.id, LeadAssignment.voided_at.is_(None))
        yield "已有附件", mine.where(attached)
        yield "已提出包案", mine.where(led)
        yield "已被别的信访事项引为原件或并入", mine.where(named_by)
        yield "更新以后又办理、起草文书或更正", worked_on_since(batch_id)
    elif model is VillageSession:
        linked = exists().where(VillageSessionVisit.session_id == VillageSession.id)
        matters = exists().where(SessionMatter.session_id == VillageSession.id)
        yield "已补登事项或关联来访", mine.where(or_(linked, matters))
    elif model is Interview:
        noted = exists().where(InterviewNote.interview_id == Interview.id)
        of_it = (OfficePaper.subject_type == "interview", OfficePaper.subject_id == Interview.id)
        yield "已报送整改情况", mine.where(noted)
        yield "已起草公函", mine.where(exists().where(*of_it, OfficePaper.state != "void"))
    elif model is DeskEntry:
        yield from _of_the_desk(mine)
    elif model is Meeting:
        below = (MeetingItem, MeetingDecision, MeetingAttendee)
        added = (exists().where(child.meeting_id == Meeting.id) for child in below)
        yield "已补登议题、议定事项或参会单位", mine.where(or_(*added))
    elif model is LeaderReception:
        linked = exists().where(LeaderReceptionVisit.reception_id == LeaderReception.id)
        promises = exists().where(LeaderPromise.reception_id == LeaderReception.id)
        yield "已补登批示事项或关联来访", mine.where(or_(linked, promises))


def _of_the_desk(mine: Select[Any]) -> Iterator[tuple[str, Select[Any]]]:
    """What was built upon lines of a desk's log."""
    later = aliased(DeskEntry)
    followed = exists().where(later.first_id == DeskEntry.id, later.voided_at.is_(None))
    sent = exists().where(
        or_(DeskDispatch.entry_id == DeskEntry.id, DeskDispatch.received_entry_id == DeskEntry.id),
        DeskDispatch.voided_at.is_(None),
    )
    handed_over = exists().where(DeskHandoverMatter.entry_id == DeskEntry.id)
    yield "已有续报、终报", mine.where(followed)
    yield "已转办", mine.where(sent)
    yield "已列入交接班", mine.where(handed_over)


def _close_units(
    session: Session, actor: Actor, now: datetime, today: date, batch: ImportBatch, reason: str
) -> int:
    ids = made_by_batch(session, batch.id, "unit")
    units = list(session.scalars(select(Unit).where(Unit.id.in_(ids), Unit.valid_to.is_(None))))
    if not units:
        raise RuleViolation("这一批没有新增机构（只改了名称或排序），请在机构页改回。")
    _refuse(
        [f"{words}（{codes}）" for words, statement in _uses(ids) if (codes := _named(session, statement))]
    )
    for unit in sorted(units, key=lambda u: u.path.count("/"), reverse=True):
        close_unit(
            session, actor=actor, now=now, today=today, unit=unit, version=unit.version,
            last_day=today - timedelta(days=1), successor=None, reason=f"撤销导入：{reason}"[:200],
        )  # fmt: skip
    return len(units)


def _uses(ids: list[int]) -> Iterator[tuple[str, Select[Any]]]:
    """What names one of these units."""
    units = select(Unit.code).where(Unit.id.in_(ids)).distinct()
    visit_columns = (
        Visit.unit_id,
        Visit.location_unit_id,
        Visit.accused_unit_id,
        Visit.responsible_unit_id,
    )
    for column in visit_columns:
        yield "已有来访登记", units.join(Visit, column == Unit.id).where(Visit.voided_at.is_(None))
    for place in (
        Petition.unit_id,
        Petition.location_unit_id,
        Petition.accused_unit_id,
        Petition.responsible_unit_id,
    ):
        yield "已有信访事项", units.join(Petition, place == Unit.id).where(Petition.voided_at.is_(None))
    for column in (DeskEntry.unit_id, DeskEntry.source_unit_id, DeskEntry.responsible_unit_id):
        yield "已有值班日志", units.join(DeskEntry, column == Unit.id).where(DeskEntry.voided_at.is_(None))
    for column in (Interview.unit_id, Interview.by_unit_id):
        yield "已有约谈登记", units.join(Interview, column == Unit.id).where(Interview.voided_at.is_(None))
    for words, model in (
        ("已有村级接访登记", VillageSession),
        ("已有领导接访登记", LeaderReception),
        ("已有信息稿件", Publication),
        ("已有自报数据", ReportedFigure),
        ("已有会议登记", Meeting),
    ):
        yield words, units.join(model, model.unit_id == Unit.id).where(model.voided_at.is_(None))


def _disable_accounts(
    session: Session, actor: Actor, now: datetime, today: date, batch: ImportBatch, reason: str
) -> int:
    ids = made_by_batch(session, batch.id, "account")
    accounts = list(
        session.scalars(select(Account).where(Account.id.in_(ids), Account.disabled_at.is_(None)))
    )
    used = select(Account.username).where(
        Account.id.in_(ids),
        Account.disabled_at.is_(None),
        or_(Account.must_change_password.is_(False), exists().where(SignInSession.account_id == Account.id)),
    )
    _refuse([f"已登录过的账号（{names}）" for names in [_named(session, used)] if names])
    for account in accounts:
        disable_account(
            session,
            actor=actor,
            now=now,
            account=account,
            version=account.version,
            reason=f"撤销导入：{reason}"[:200],
        )
        _end_postings(session, actor, now, today, account)
    return len(accounts)


def _end_postings(session: Session, actor: Actor, now: datetime, today: date, account: Account) -> None:
    for posting in session.scalars(
        select(Posting).where(Posting.person_id == account.person_id, Posting.to_date.is_(None))
    ):
        posting.to_date = today
        audit.record(
            session, actor=actor, now=now, action="person.leave", subject=posting, label=account.username,
            before={"to_date": None}, after={"to_date": today.isoformat()},
        )  # fmt: skip


def _named(session: Session, statement: Select[Any]) -> str:
    found = list(session.scalars(statement.limit(MOST_NAMED + 1)))
    return "、".join(found[:MOST_NAMED]) + ("等" if len(found) > MOST_NAMED else "")


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise RuleViolation(f"这一批不能整批撤销：{'；'.join(reasons)}。请先处理这些，或逐条作废。")
