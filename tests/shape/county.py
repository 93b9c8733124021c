"""The tests' county with one row of everything that an address can name, for walking all routes.

Its numbers are those of the year before, so that what a test registers begins at 1.

`own_value` fills an address with a row the member may reach, `foreign_values` with rows nobody of his kind may.
A new route whose parameter is not known here fails with a message that says where to add it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from models.attachment import Attachment
from models.base import new_uid
from models.bulletin import BulletinIssue, BulletinRecipient
from models.deadline import TimeLimitRow
from models.import_batch import ImportBatch
from models.inspection import DistrictTeam, Inspection, InspectionProblem, InspectionVisit
from models.interview import LookBack
from models.lead_assignment import LeadStep
from models.leader_reception import LeaderPromise
from models.office import PaperPage, Phrase
from models.office_paper import OfficePaper
from models.petition import PetitionStep
from models.petition_letter import PetitionLetter
from models.print_order import PrintOrder
from models.roster import Duty, Roster, RosterEdition, RosterPost, RosterScheme
from models.roster_order import RosterOrder
from models.staff import Account, Person
from models.suggestion import Suggestion
from models.supervision import SupervisionLine, SupervisionTask
from queries.office_rules import GROUP_VISIT_PERSONS
from rules.roles import GRANTS, Permission, Role
from tests import desk, factories, interviews, leads, meetings, office_registers, people
from tests.people import Member
from tests.shape.duties import seed_duties

FORCED = Member("forced", "秦新", Role.CLERK, "AL21", "信访专干")
"""A clerk who must change the one-time password first."""

OWN_UNIT = "AL2101"
"""A village that every registering role of the cast has in scope."""

MISSING = 999_999
TOWNSHIP_STAFF = (people.CHEN, people.LIN, people.ZHAO, FORCED)
COUNTY_STAFF = (people.WU, people.ZHENG, people.HAN)
MEMBERS = (*people.CAST, FORCED)
UNITS = ("AL", "AL01", "AL11", "AL12", "AL21", "AL2101", "AL22")


@dataclass
class Rows:
    """Ids by unit code or username, as seeded."""

    visit: dict[str, int] = field(default_factory=dict)
    session: dict[str, int] = field(default_factory=dict)
    reception: dict[str, int] = field(default_factory=dict)
    promise: dict[str, int] = field(default_factory=dict)
    schedule: dict[str, int] = field(default_factory=dict)
    petition: dict[str, int] = field(default_factory=dict)
    """Registered by each unit, and handled by it."""
    meeting: dict[str, int] = field(default_factory=dict)
    """Final ones of each unit."""
    item: dict[str, int] = field(default_factory=dict)
    """Of those, sent up."""
    decision: dict[str, int] = field(default_factory=dict)
    """Of those, given to the unit itself."""
    step: dict[str, int] = field(default_factory=dict)
    attachment: dict[str, int] = field(default_factory=dict)
    letter: dict[str, int] = field(default_factory=dict)
    """Drafts of each unit, of its own petition."""
    lead: dict[str, int] = field(default_factory=dict)
    """Proposed by each unit, of its own petition, and to do by it."""
    campaign: dict[str, int] = field(default_factory=dict)
    """Kept by each unit, without cases."""
    publication: dict[str, int] = field(default_factory=dict)
    figure: dict[str, int] = field(default_factory=dict)
    """Reported by each unit."""
    scheme: dict[str, int] = field(default_factory=dict)
    roster: dict[str, int] = field(default_factory=dict)
    """Published ones of each unit."""
    page: dict[str, int] = field(default_factory=dict)
    phrase: dict[str, int] = field(default_factory=dict)
    bulletin: dict[str, int] = field(default_factory=dict)
    """Drafts of each unit."""
    issued: int = 0
    """A bulletin of the county's office that was sent to every unit."""
    register: dict[str, int] = field(default_factory=dict)
    seal: dict[str, int] = field(default_factory=dict)
    template: dict[str, int] = field(default_factory=dict)
    line: dict[str, int] = field(default_factory=dict)
    """Lines of each unit's duty desk."""
    task: dict[str, int] = field(default_factory=dict)
    """Supervision tasks to each unit, issued by the county's office and not signed for."""
    task_line: dict[str, int] = field(default_factory=dict)
    dispatch: dict[str, int] = field(default_factory=dict)
    """To each unit, sent by the county's desk and not received; to the county's desk, by a township."""
    handover: dict[str, int] = field(default_factory=dict)
    unit: dict[str, int] = field(default_factory=dict)
    batch: dict[str, int] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    plan: dict[str, int] = field(default_factory=dict)
    """Plans of rosters under way, of each unit."""
    account: dict[str, int] = field(default_factory=dict)
    person: dict[str, int] = field(default_factory=dict)
    accusing: dict[str, int] = field(default_factory=dict)
    """Visits registered in the own village that accuse a unit, by its code, or a member, by username."""
    duty: dict[str, int] = field(default_factory=dict)
    """Of each member, in a rota of his unit."""
    swap: dict[str, int] = field(default_factory=dict)
    """Asked by each member, of a new colleague in his unit."""
    absence: dict[str, int] = field(default_factory=dict)
    feed: dict[str, str] = field(default_factory=dict)
    """Secrets of calendar addresses."""
    interview: dict[str, int] = field(default_factory=dict)
    """Of each unit, held by itself: nobody above it knows."""
    suggestion: dict[str, int] = field(default_factory=dict)
    """Issued to each unit by itself."""
    look_back: dict[str, int] = field(default_factory=dict)
    """Of each unit's petition, kept by it."""
    inspection: dict[str, int] = field(default_factory=dict)
    """Held by each unit, of itself; with its visit and problem."""
    inspection_visit: dict[str, int] = field(default_factory=dict)
    problem: dict[str, int] = field(default_factory=dict)
    team: dict[str, int] = field(default_factory=dict)
    paper: dict[str, int] = field(default_factory=dict)
    """Drafts of each unit, of its own interview."""
    period: dict[str, int] = field(default_factory=dict)
    """Special periods that each unit declared."""
    limit: int = 0
    """A limit that the office set for itself."""
    entry: int = 0
    """An entry of the audit log."""
    sealed: int = 0
    """A sealed matter of the own village that somebody else took down."""


def seed(session: Session, password_hash: str) -> Rows:
    """One row of each kind for each unit, straight into a county that `people.build_world` has made."""
    people._add_member(session, FORCED, people.unit(session, FORCED.unit), password_hash)
    session.flush()
    rows = Rows()
    for code in UNITS:
        _seed_unit(session, rows, code)
        _seed_roster(session, rows, code)
        _seed_accountability(session, rows, code)
    for code in UNITS:
        _seed_desk(session, rows, code)
        _seed_supervision(session, rows, code)
    for member in MEMBERS:
        _seed_member(session, rows, member)
    _seed_accusations(session, rows)
    _seed_issued(session, rows)
    for code in UNITS:
        _seed_plan(session, rows, code)
    seed_duties(session, rows.duty, rows.swap, rows.absence, rows.feed, MEMBERS)
    rows.limit = _seed_limit(session)
    rows.entry = audit.record(
        session, actor=people.SYSTEM, now=people.NOW, action="unit.open", subject=("unit", rows.unit["AL21"])
    ).id
    return rows


def _seed_plan(session: Session, rows: Rows, code: str) -> None:
    order = RosterOrder(
        account_id=rows.account["lin"], unit_id=rows.unit[code], scheme_id=rows.scheme[code], scheme_version=1,
        verb="new", first_day=date(2027, 3, 1), last_day=date(2027, 3, 31), state="waiting", made_at=people.NOW,
    )  # fmt: skip
    session.add(order)
    session.flush()
    rows.plan[code] = order.id


def _seed_unit(session: Session, rows: Rows, code: str) -> None:
    unit = people.unit(session, code)
    rows.unit[code] = unit.id
    rows.visit[code] = factories.visit(session, code, number=f"LF-{code}-2025-00001").id
    rows.session[code] = factories.village_session(session, code, number=f"CJ-{code}-2025-00001").id
    rows.reception[code] = factories.leader_reception(session, code, number=f"LD-{code}-2025-00001").id
    rows.schedule[code] = factories.scheduled_day(session, code).id
    petition = factories.petition(
        session,
        code,
        number=f"XF-{code}-2025-00001",
        responsible=code,
        stage="received",
        unit_received_on=date(2026, 7, 15),
    )
    step = PetitionStep(
        petition_id=petition.id, verb="record_progress", happened_on=date(2026, 7, 15), recorded_at=people.NOW,
        unit_id=unit.id, text="已实地查看。",
    )  # fmt: skip
    session.add(step)
    attachment = Attachment(
        subject_type="petition", subject_id=petition.id, position=1, file_name="来信.txt", media_type="text/plain",
        size=9, digest="0" * 64, sent_digest="0" * 64, sealed_key="", uploaded_at=people.NOW, unit_id=unit.id,
    )  # fmt: skip
    letter = PetitionLetter(
        petition_id=petition.id, kind="acceptance", unit_id=unit.id, source="已收到。", drafted_at=people.NOW,
    )  # fmt: skip
    session.add_all((attachment, letter))
    meeting = meetings.meeting(session, code, state="minuted")
    sent_up = {"outcome": "escalated", "escalated_to": "joint", "escalated_on": meeting.held_on}
    rows.meeting[code] = meeting.id
    rows.item[code] = meetings.item(session, meeting, **sent_up).id
    rows.decision[code] = meetings.decision(session, meeting, code).id
    promise = LeaderPromise(
        reception_id=rows.reception[code], position=1, summary="修好村口的路灯", responsible_unit_id=unit.id,
        due_date=date(2026, 7, 31),
    )  # fmt: skip
    page = PaperPage(number=f"KB-{code}-2026-0001", unit_id=unit.id, lines=12, printed_at=people.NOW)
    phrase = Phrase(unit_id=unit.id, field="content", text="反映道路损坏。")
    session.add_all((promise, page, phrase))
    session.flush()
    rows.bulletin[code] = factories.bulletin(session, code).id
    rows.register[code] = factories.document_register(session, code).id
    rows.seal[code] = factories.seal(session, code).id
    rows.template[code] = factories.bulletin_template(session, code).id
    rows.petition[code], rows.step[code], rows.attachment[code] = petition.id, step.id, attachment.id
    rows.letter[code] = letter.id
    lead = leads.lead(
        session, code, code, petition_id=petition.id, number=f"BA-{code}-2025-00001", **_led_by(session, code)
    )
    session.add(
        LeadStep(
            assignment_id=lead.id,
            verb="progress",
            happened_on=date(2026, 7, 15),
            recorded_at=people.NOW,
            unit_id=unit.id,
            text="已实地查看。",
        )  # fmt: skip
    )
    session.flush()
    rows.lead[code] = lead.id
    rows.campaign[code] = leads.campaign(session, code, name=f"{code}积案").id
    rows.publication[code] = office_registers.publication(session, code).id
    rows.figure[code] = office_registers.figure(session, code).id
    rows.period[code] = factories.special_period(session, code).id
    rows.promise[code], rows.page[code], rows.phrase[code] = promise.id, page.id, phrase.id


def _seed_accountability(session: Session, rows: Rows, code: str) -> None:
    unit_id = rows.unit[code]
    rows.interview[code] = interviews.interview(session, code, code, number=f"YT-{code}-2025-00001").id
    suggestion = Suggestion(
        number=f"JY-{code}-2025-00001", unit_id=unit_id, kind="work", target_unit_id=unit_id, title="改进登记的建议",
        reason="登记不全。", content="当天登记。", issued_on=date(2026, 7, 1), reply_due_on=date(2026, 7, 31),
        registered_at=people.NOW,
    )  # fmt: skip
    kept = LookBack(
        petition_id=rows.petition[code], unit_id=unit_id, made_on=date(2026, 7, 15), findings="[]", fell_short=False,
        opinion="办理规范。", registered_at=people.NOW,
    )  # fmt: skip
    inspection = Inspection(
        number=f"DC-{code}-2025-00001", unit_id=unit_id, title="专项督查", kind="special", starts_on=date(2026, 7, 1),
        ends_on=date(2026, 7, 31), registered_at=people.NOW,
    )  # fmt: skip
    team = DistrictTeam(unit_id=unit_id, name="第一组", from_date=date(2026, 1, 1))
    paper = OfficePaper(
        kind="interview_record", subject_type="interview", subject_id=rows.interview[code], unit_id=unit_id,
        title="约谈纪要", source="一、约谈事由", drafted_at=people.NOW,
    )  # fmt: skip
    session.add_all((suggestion, kept, inspection, team, paper))
    session.flush()
    visit = InspectionVisit(inspection_id=inspection.id, unit_id=unit_id)
    session.add(visit)
    session.flush()
    problem = InspectionProblem(visit_id=visit.id, unit_id=unit_id, position=1, summary="两件超期告知")
    session.add(problem)
    session.flush()
    rows.suggestion[code], rows.look_back[code], rows.team[code] = suggestion.id, kept.id, team.id
    rows.inspection[code], rows.inspection_visit[code] = inspection.id, visit.id
    rows.problem[code], rows.paper[code] = problem.id, paper.id


def _led_by(session: Session, code: str) -> dict[str, int | None]:
    """The county's own is led by its leader, who sees no other."""
    han = session.scalars(select(Person).where(Person.name == people.HAN.name)).one()
    return {"leader_id": han.id if code == "AL" else None}


def _seed_roster(session: Session, rows: Rows, code: str) -> None:
    """A day of one post that nobody stands in, published."""
    unit_id, day = rows.unit[code], date(2026, 7, 15)
    scheme = RosterScheme(uid=new_uid(), unit_id=unit_id, kind="duty", name="24小时值班", pattern="daily")
    session.add(scheme)
    session.flush()
    post = RosterPost(
        scheme_id=scheme.id, position=1, name="值班员", starts_at=time(8, 30), ends_at=time(8, 30)
    )
    roster = Roster(
        uid=new_uid(), scheme_id=scheme.id, unit_id=unit_id, first_day=day, last_day=day, planned_at=people.NOW,
        edition=1, published_at=people.NOW,
    )  # fmt: skip
    session.add_all((post, roster))
    session.flush()
    duty = Duty(
        roster_id=roster.id, unit_id=unit_id, post_id=post.id, day=day, seat=1, starts_at=datetime(2026, 7, 15, 0, 30),
        ends_at=datetime(2026, 7, 16, 0, 30), assigned="planned",
    )  # fmt: skip
    edition = RosterEdition(roster_id=roster.id, number=1, published_at=people.NOW, rows="[]")
    session.add_all((duty, edition))
    session.flush()
    rows.scheme[code], rows.roster[code] = scheme.id, roster.id


def _seed_desk(session: Session, rows: Rows, code: str) -> None:
    rows.line[code] = desk.line(session, code, number=f"ZZ-{code}-2025-00001").id
    sender = desk.line(session, "AL22" if code == "AL01" else "AL01", number=f"ZZ-TO-{code}-2025-00001")
    rows.dispatch[code] = desk.dispatch(session, sender, code).id
    rows.handover[code] = desk.handover(session, code, shift="2026-07-10 08:30", on=None).id


def _seed_supervision(session: Session, rows: Rows, code: str) -> None:
    task = SupervisionTask(
        uid=new_uid(), number=f"DB-{code}-2025-00001", unit_id=rows.unit["AL01"], filed_on=date(2026, 7, 10),
        title="督促落实批示", source="other", content="没有按期落实。", cycle="none", due_on=date(2026, 8, 31),
        state="issued", issued_on=date(2026, 7, 10), registered_at=people.NOW,
    )  # fmt: skip
    session.add(task)
    session.flush()
    line = SupervisionLine(
        task_id=task.id, unit_id=rows.unit[code], due_on=date(2026, 8, 31), state="sent",
        next_due_on=date(2026, 7, 15), next_due_key="receive",
    )  # fmt: skip
    session.add(line)
    session.flush()
    rows.task[code], rows.task_line[code] = task.id, line.id


def _seed_limit(session: Session) -> int:
    own = TimeLimitRow(
        key="handle",
        days=45,
        counted_in="day",
        valid_from=date(2026, 8, 1),
        basis="安信联办〔2026〕3号",
        set_at=people.NOW,
    )
    session.add(own)
    session.flush()
    return own.id


def _seed_issued(session: Session, rows: Rows) -> None:
    sent = factories.bulletin(
        session,
        "AL01",
        state="issued",
        number="澜信通〔2025〕1号",
        issued_on=date(2025, 7, 15),
        issued_at=people.NOW,
    )
    session.add_all(BulletinRecipient(bulletin_id=sent.id, unit_id=unit_id) for unit_id in rows.unit.values())
    written = {
        "format": 1, "unit_code": "AL", "unit_label": "安澜县", "period": "2025-07-15", "as_of": "2025-07-15",
        "definitions": {}, "lines": [{"number": 1, "text": [{"text": "当日无来访。"}]}],
    }  # fmt: skip
    document = {
        "kind": "daily", "format": "document", "title": sent.title, "number": sent.number, "organs": ["安澜县信访局"],
        "grid": "strict", "addressees": "", "copies_to": "", "urgency": "", "note": "", "signature": "安澜县信访局",
        "seal": None, "day": "2025-07-15", "printed_by": "安澜县信访局", "printed_on": "2025-07-15",
    }  # fmt: skip
    session.add(
        BulletinIssue(
            bulletin_id=sent.id, content=json.dumps({"format": 1, "document": document, "written": written}),
            content_digest="0" * 64, record_ids="{}", records_digest="0" * 64, frozen_at=people.NOW,
        )
    )  # fmt: skip
    session.flush()
    rows.issued = sent.id


def _seed_member(session: Session, rows: Rows, member: Member) -> None:
    account = session.scalars(select(Account).where(Account.username == member.username)).one()
    if member is FORCED:
        account.must_change_password = True
    rows.account[member.username], rows.person[member.username] = account.id, account.person_id
    batch = ImportBatch(
        kind="organisations" if member.role is Role.SYSADMIN else "visits", file_name="来访.xlsx",
        stored_name=f"{member.username}-none", file_digest="0" * 64, state="undone", unit_id=account.unit_id,
        account_id=account.id, created_at=people.NOW,
    )  # fmt: skip
    order = PrintOrder(
        account_id=account.id, reach="", kind="visits", arguments="{}", title="来访登记册", sentence="全部有效登记",
        state="cancelled", pieces=1, made_at=people.NOW,
    )  # fmt: skip
    session.add_all((batch, order))
    session.flush()
    rows.batch[member.username], rows.order[member.username] = batch.id, order.id


def _seed_accusations(session: Session, rows: Rows) -> None:
    somebody = session.scalars(select(Person).where(Person.name == "白云")).one()
    for code in ("AL", "AL01", "AL21", "AL2101", "AL11"):
        visit = factories.visit(
            session, OWN_UNIT, sealed=True, accused_unit_id=rows.unit[code], registered_by_id=somebody.id
        )
        rows.accusing[code] = visit.id
    for member in MEMBERS:
        visit = factories.visit(session, OWN_UNIT, accused_person_id=rows.person[member.username])
        rows.accusing[member.username] = visit.id
    rows.sealed = factories.visit(session, OWN_UNIT, sealed=True, registered_by_id=somebody.id).id


def _gathering(member: Member) -> str:
    """The office whose special period the member declares, reports to or reads."""
    return "AL" if member in COUNTY_STAFF else "AL21"


Filler = Callable[[Rows, Member], object]


def _bulletin(rows: Rows, member: Member) -> int:
    """Who drafts sees the drafts of the own office; who only reads, what was issued."""
    drafts = member.role in GRANTS[Permission.BULLETINS_WRITE]
    return rows.bulletin[member.unit] if drafts else rows.issued


OWN: dict[str, Filler] = {
    "bulletin_id": _bulletin,
    "register_id": lambda rows, m: rows.register[m.unit],
    "seal_id": lambda rows, m: rows.seal[m.unit],
    "template_id": lambda rows, m: rows.template[m.unit],
    "petition_id": lambda rows, m: rows.petition[m.unit],
    "meeting_id": lambda rows, m: rows.meeting[m.unit],
    "item_id": lambda rows, m: rows.item[m.unit],
    "decision_id": lambda rows, m: rows.decision[m.unit],
    "step_id": lambda rows, m: rows.step[m.unit],
    "attachment_id": lambda rows, m: rows.attachment[m.unit],
    "letter_id": lambda rows, m: rows.letter[m.unit],
    "interview_id": lambda rows, m: rows.interview[m.unit],
    "suggestion_id": lambda rows, m: rows.suggestion[m.unit],
    "look_back_id": lambda rows, m: rows.look_back[m.unit],
    "inspection_id": lambda rows, m: rows.inspection[m.unit],
    "inspection_visit_id": lambda rows, m: rows.inspection_visit[m.unit],
    "problem_id": lambda rows, m: rows.problem[m.unit],
    "team_id": lambda rows, m: rows.team[m.unit],
    "paper_id": lambda rows, m: rows.paper[m.unit],
    "register": lambda _rows, _m: "interviews",
    "record_id": lambda rows, m: rows.interview[m.unit],
    "assignment_id": lambda rows, m: rows.lead[m.unit],
    "campaign_id": lambda rows, m: rows.campaign[m.unit],
    "publication_id": lambda rows, m: rows.publication[m.unit],
    "figure_id": lambda rows, m: rows.figure[m.unit],
    "page": lambda _rows, _m: 1,
    "code": lambda _rows, _m: "reception_batches",
    "visit_id": lambda rows, _m: rows.visit[OWN_UNIT],
    "session_id": lambda rows, _m: rows.session[OWN_UNIT],
    "reception_id": lambda rows, _m: rows.reception[OWN_UNIT],
    "promise_id": lambda rows, _m: rows.promise[OWN_UNIT],
    "schedule_id": lambda rows, _m: rows.schedule[OWN_UNIT],
    "scheme_id": lambda rows, _m: rows.scheme[OWN_UNIT],
    "roster_id": lambda rows, _m: rows.roster[OWN_UNIT],
    "plan_id": lambda rows, _m: rows.plan[OWN_UNIT],
    "page_id": lambda rows, _m: rows.page[OWN_UNIT],
    "period_id": lambda rows, m: rows.period[_gathering(m)],
    "reporter_id": lambda rows, m: rows.unit["AL21" if _gathering(m) == "AL" else OWN_UNIT],
    "phrase_id": lambda rows, m: rows.phrase[m.unit],
    "line_id": lambda rows, m: rows.line[m.unit],
    "task_id": lambda rows, m: rows.task[m.unit],
    "task_line_id": lambda rows, m: rows.task_line[m.unit],
    "dispatch_id": lambda rows, m: rows.dispatch[m.unit],
    "handover_id": lambda rows, m: rows.handover[m.unit],
    "batch_id": lambda rows, m: rows.batch[m.username],
    "order_id": lambda rows, m: rows.order[m.username],
    "unit_id": lambda rows, _m: rows.unit[OWN_UNIT],
    "office_id": lambda rows, m: rows.unit[m.unit],
    "account_id": lambda rows, _m: rows.account["bai"],
    "person_id": lambda rows, _m: rows.person["bai"],
    "entry_id": lambda rows, _m: rows.entry,
    "duty_id": lambda rows, m: rows.duty[m.username],
    "swap_id": lambda rows, m: rows.swap[m.username],
    "absence_id": lambda rows, m: rows.absence[m.username],
    "secret": lambda rows, m: rows.feed[m.username],
    "limit_id": lambda rows, _m: rows.limit,
    "year": lambda _rows, _m: 2027,
    "shipped": lambda _rows, _m: "daily",
    "key": lambda _rows, _m: GROUP_VISIT_PERSONS.key,
    "kind": lambda _rows, m: "staff" if m.role is Role.SYSADMIN else "visits",
}
"""Path parameter → a value within the member's reach."""

Foreign = Callable[[Rows, Member], dict[str, object]]


def _register(name: str) -> Foreign:
    """Rows of a register outside the member's scope; county roles have none."""

    def rows_of(rows: Rows, member: Member) -> dict[str, object]:
        held: dict[str, int] = getattr(rows, name)
        if member in COUNTY_STAFF:
            return {}
        return {f"{name} of {code}": held[code] for code in _elsewhere(member)}

    return rows_of


def _elsewhere(member: Member) -> tuple[str, ...]:
    """Another township, another department, the county above."""
    township = "AL21" if member.unit.startswith("AL22") else "AL22"
    department = "AL12" if member.unit == "AL11" else "AL11"
    return township, department, "AL"


def _visits(rows: Rows, member: Member) -> dict[str, object]:
    line = {"AL", member.unit} | ({"AL21"} if member.unit.startswith("AL21") else set())
    accusing = {f"visit accusing {code}": rows.accusing[code] for code in line if code in rows.accusing}
    own = {"visit accusing oneself": rows.accusing[member.username], "sealed visit": rows.sealed}
    return _register("visit")(rows, member) | accusing | own


def _of_other_offices(name: str) -> Foreign:
    """Rows that an office has for itself: nobody else reaches them, whatever stands above."""

    def rows_of(rows: Rows, member: Member) -> dict[str, object]:
        held: dict[str, int] = getattr(rows, name)
        return {f"{name} of {code}": i for code, i in held.items() if code != member.unit}

    return rows_of


def _leads(rows: Rows, member: Member) -> dict[str, object]:
    """A leader reaches his own alone."""
    if member is people.HAN:
        return {f"lead of {code}": i for code, i in rows.lead.items() if code != "AL"}
    return _register("lead")(rows, member)


def _schedules(rows: Rows, member: Member) -> dict[str, object]:
    """Without the county's, which every office reads."""
    return {what: i for what, i in _register("schedule")(rows, member).items() if what != "schedule of AL"}


def _rosters(rows: Rows, member: Member) -> dict[str, object]:
    """Without the county's, which every office reads, and which nobody below changes."""
    return {what: i for what, i in _register("roster")(rows, member).items() if what != "roster of AL"}


def _periods(rows: Rows, member: Member) -> dict[str, object]:
    """Without the county's, which every unit below reads."""
    return {what: i for what, i in _register("period")(rows, member).items() if what != "period of AL"}


def _batches(rows: Rows, member: Member) -> dict[str, object]:
    if member in COUNTY_STAFF:
        return {"batch of organisations": rows.batch["sun"]}
    if member.role is Role.SYSADMIN:
        return {"batch of visits": rows.batch["lin"]}
    other = "lin" if member is people.BAI else "bai"
    return {"batch of another township": rows.batch[other], "batch of organisations": rows.batch["sun"]}


def _bulletins(rows: Rows, member: Member) -> dict[str, object]:
    return {f"draft of {code}": i for code, i in rows.bulletin.items() if code != member.unit} | (
        {"draft of the own office": rows.bulletin[member.unit]}
        if member.role not in GRANTS[Permission.BULLETINS_WRITE]
        else {}
    )


def _of_strangers(name: str) -> Foreign:
    """Of members of another township; county roles reach all."""

    def rows_of(rows: Rows, member: Member) -> dict[str, object]:
        held: dict[str, int] = getattr(rows, name)
        other = people.LIN if member.unit.startswith("AL22") else people.BAI
        return {} if member in COUNTY_STAFF else {f"{name} of {other.username}": held[other.username]}

    return rows_of


def _orders(rows: Rows, member: Member) -> dict[str, object]:
    return {f"order of {name}": i for name, i in rows.order.items() if name != member.username}


FOREIGN: dict[str, Foreign] = {
    "bulletin_id": _bulletins,
    "register_id": _of_other_offices("register"),
    "seal_id": _of_other_offices("seal"),
    "template_id": _of_other_offices("template"),
    "petition_id": _register("petition"),
    "meeting_id": _register("meeting"),
    "item_id": _register("item"),
    "decision_id": _register("decision"),
    "step_id": lambda _rows, _m: {},
    "attachment_id": _of_other_offices("attachment"),
    "letter_id": _of_other_offices("letter"),
    "interview_id": _register("interview"),
    "suggestion_id": _register("suggestion"),
    "look_back_id": _of_other_offices("look_back"),
    "inspection_id": _register("inspection"),
    "inspection_visit_id": _register("inspection_visit"),
    "problem_id": _register("problem"),
    "team_id": _of_other_offices("team"),
    "paper_id": _of_other_offices("paper"),
    "register": lambda _rows, _m: {},
    "record_id": _register("interview"),
    "assignment_id": _leads,
    "campaign_id": _register("campaign"),
    "publication_id": _register("publication"),
    "figure_id": _register("figure"),
    "page": lambda _rows, _m: {},
    "code": lambda _rows, _m: {},
    "visit_id": _visits,
    "session_id": _register("session"),
    "reception_id": _register("reception"),
    "promise_id": _register("promise"),
    "schedule_id": _schedules,
    "scheme_id": _register("scheme"),
    "roster_id": _rosters,
    "plan_id": _register("plan"),
    "page_id": _register("page"),
    "period_id": _periods,
    "reporter_id": lambda rows, m: {
        "unit of another office": rows.unit["AL2101" if _gathering(m) == "AL" else "AL22"]
    },
    "phrase_id": _of_other_offices("phrase"),
    "line_id": _register("line"),
    "task_id": _register("task"),
    "task_line_id": _register("task_line"),
    "dispatch_id": _register("dispatch"),
    "handover_id": _register("handover"),
    "batch_id": _batches,
    "order_id": _orders,
    "unit_id": lambda _rows, _m: {},
    "office_id": _register("unit"),
    "account_id": lambda _rows, _m: {},
    "person_id": lambda _rows, _m: {},
    "entry_id": lambda _rows, _m: {},
    "duty_id": _of_strangers("duty"),
    "swap_id": _of_strangers("swap"),
    "absence_id": _of_strangers("absence"),
    "secret": lambda _rows, _m: {"withdrawn": "x" * 32},
    "limit_id": lambda _rows, _m: {},
    "year": lambda _rows, _m: {"year that no calendar holds": 1900},
    "shipped": lambda _rows, _m: {},
    "key": lambda _rows, _m: {},
    "kind": lambda _rows, m: {"sheet of others": "visits" if m.role is Role.SYSADMIN else "staff"},
}
"""Path parameter → what stands out of the member's reach. Units, people, accounts and audit entries have no
scope: only the three administrators reach them by id, and those serve the whole tree."""


def own_value(rows: Rows, member: Member | None, parameter: str) -> object:
    """Raises AssertionError for a parameter that nobody has described."""
    assert parameter in OWN, f"add <{parameter}> to OWN and FOREIGN in tests/shape/county.py"
    return OWN[parameter](rows, member or people.LIN)


def foreign_values(rows: Rows, member: Member, parameter: str) -> dict[str, object]:
    assert parameter in FOREIGN, f"add <{parameter}> to OWN and FOREIGN in tests/shape/county.py"
    numbered = parameter.endswith("_id") or parameter in ("page", "year")
    missing: dict[str, object] = {"missing": MISSING if numbered else "nothing"}
    return FOREIGN[parameter](rows, member) | missing
