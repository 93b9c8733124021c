"""督查, 约谈, 办理倒查 and 三项建议: some ended, some overdue, some still a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.district_teams import TeamData, add_team
from actions.inspections import (
    PlanData,
    ProblemAct,
    VisitData,
    accept_problem,
    plan_inspection,
    record_visit,
    report_inspection,
    report_problem,
)
from actions.interviews import InterviewData, note_correction, register_interview
from actions.look_backs import keep_look_back
from actions.office_papers import draft_paper, issue_paper
from actions.suggestions import ReplyData, SuggestionData, answer_suggestion, draft_suggestion
from commands.demonstration.offices import County
from commands.demonstration.plan import Plan, Say
from models.bulletin import DocumentRegister
from models.deadline import Deadline
from models.inspection import Inspection, InspectionProblem
from models.interview import Interview
from models.organisation import Unit
from models.petition import Petition
from models.suggestion import Suggestion
from queries.paper_drafts import written
from rules.inspection_rules import PlanValues, ProblemLine
from rules.interview_rules import InterviewValues, InterviewVerb
from rules.petition_clocks import NOTICE
from rules.roles import Actor, Role
from rules.suggestion_rules import PAPERS, SuggestionValues
from rules.supervision_words import Adoption, Ground, InspectionKind, SuggestionKind

MOST_TOWNSHIPS = 4


class AccountabilityMaker:
    """`day(n)` is n days before the last day of the plan."""

    def __init__(
        self, session: Session, actor: Actor, plan: Plan, county: County, units: Mapping[int, Unit]
    ) -> None:
        bureau, root = units[county.bureau.id], units[county.root.id]
        head = county.bureau.heads[0] if county.bureau.heads else None
        self._session, self._plan, self._bureau, self._root = session, plan, bureau, root
        self._heads = {o.id: o.heads[0] for o in county.townships if o.heads}
        self._townships = [units[o.id] for o in county.townships[:MOST_TOWNSHIPS]]
        self._host = f"{head[1]}（{head[2]}）" if head else bureau.label
        self._director = replace(
            actor,
            person_id=head[0] if head else None,
            name=head[1] if head else actor.name,
            role=Role.DIRECTOR,
            unit_id=bureau.id,
            unit_path=bureau.path,
            scope_path=root.path,
        )

    def make(self, say: Say) -> None:
        """Inside the caller's unit of work."""
        self._teams()
        self._inspections()
        interviews = self._interviews()
        suggestions = self._suggestions()
        say(f"督查 2 次，约谈 {len(interviews)} 次，三项建议 {len(suggestions)} 条")

    def _of(self, unit: Unit) -> Actor:
        """Who answers for a township."""
        head = self._heads.get(unit.id)
        return replace(
            self._director,
            person_id=head[0] if head else None,
            name=head[1] if head else unit.label,
            role=Role.SUPERVISOR,
            unit_id=unit.id,
            unit_path=unit.path,
            scope_path=unit.path,
        )

    def day(self, back: int) -> date:
        return self._plan.today - timedelta(days=back)

    def _teams(self) -> None:
        for number, units in (("一", self._townships[::2]), ("二", self._townships[1::2])):
            if units:
                ids = tuple(unit.id for unit in units)
                data = TeamData(f"第{number}联乡包片组", self._host, "", self._plan.first_day, None, ids)
                add_team(self._session, actor=self._director, now=self._plan.now, data=data)

    def _inspections(self) -> None:
        """One reported sixty days ago, with a problem mended and one overdue; one for the days to come."""
        past = self._planned("信访工作专项督查", InspectionKind.SPECIAL, 70, 60, self._townships[:2])
        problems = (("接收登记不及时，抽查十件有两件隔日补登", 30), ("三件答复没有送达回证", 30))
        for visit, (words, back) in zip(list(past.visits), problems, strict=False):
            lines = (ProblemLine(0, words, self.day(back)),)
            data = VisitData(self.day(65), "县信访局督查组", "查阅登记簿和案卷，抽查十件，听取情况。", lines)
            record_visit(
                self._session, actor=self._director, now=self._plan.now, today=self._plan.today, visit=visit,
                data=data, version=visit.version,
            )  # fmt: skip
        self._mend(past)
        report_inspection(
            self._session, actor=self._director, now=self._plan.now, today=self.day(60), row=past,
            version=past.version, summary="总体较好，接收登记和送达两个环节要补强。",
        )  # fmt: skip
        self._planned("联乡包片督查", InspectionKind.DISTRICT, -3, -10, self._townships)

    def _planned(
        self, title: str, kind: InspectionKind, first: int, last: int, units: Sequence[Unit]
    ) -> Inspection:
        values = PlanValues(
            title=title,
            kind=kind,
            starts_on=self.day(first),
            ends_on=self.day(last),
            purpose="按期告知、办结、答复和送达情况，村级接访登记情况。",
            lead=self._host,
        )
        data = PlanData(values, tuple(unit.id for unit in units))
        return plan_inspection(self._session, actor=self._director, now=self._plan.now, data=data)

    def _problem_act(self, who: Actor, row: InspectionProblem, text: str = "") -> ProblemAct:
        return ProblemAct(who, self._plan.now, self.day(35), row, row.version, text)

    def _mend(self, row: Inspection) -> None:
        problem = row.visits[0].problems[0]
        text = "已指定专人当天登记，补登两件，见镇信访办台账。"
        report_problem(self._session, self._problem_act(self._of(problem.unit), problem, text))
        accept_problem(self._session, self._problem_act(self._director, problem))

    def _interviews(self) -> list[Interview]:
        """One ended, one overdue, and one that a look back led to, where a late notice is found."""
        ended = self._interview(
            self._townships[0], 90, Ground.NOT_CONCLUDED, "两件事项超过六十日没有办结。", 75
        )
        for who, verb, text in (
            (
                self._of(ended.unit), InterviewVerb.REPORT,
                "两件已办结并送达，查明逾期原因是经办人调离没有移交。",
            ),
            (self._director, InterviewVerb.ACCEPT, ""),
        ):  # fmt: skip
            note_correction(
                self._session, actor=who, now=self._plan.now, today=self.day(78), row=ended,
                version=ended.version, verb=verb, text=text, evidence="镇信访办台账",
            )  # fmt: skip
        overdue = self._interview(
            self._townships[-1], 40, Ground.SHIRKING, "一件事项三次在两个站所之间推来推去。", 20
        )
        return [ended, overdue, *self._from_look_back()]

    def _from_look_back(self) -> list[Interview]:
        petition = self._told_late()
        if petition is None or petition.handling_unit is None:
            return []
        kept = keep_look_back(
            self._session, actor=self._director, now=self._plan.now, today=self._plan.today, petition=petition,
            opinion="告知超过十五日，原因是签收后没有及时分办。",
        )  # fmt: skip
        return [self._interview(petition.handling_unit, 0, Ground.NOT_NOTIFIED, kept.opinion, -15, kept.id)]

    def _told_late(self) -> Petition | None:
        townships = [unit.id for unit in self._townships]
        statement = (
            select(Petition)
            .join(Deadline, Deadline.petition_id == Petition.id)
            .where(Deadline.key == NOTICE, Deadline.met_on > Deadline.due_on, Petition.sealed.is_(False))
            .where(Petition.accused_person_id.is_(None), Petition.responsible_unit_id.in_(townships))
            .order_by(Petition.id.desc())
        )
        return self._session.scalars(statement).first()

    def _interview(
        self, unit: Unit, back: int, ground: Ground, reason: str, due: int, look_back: int | None = None
    ) -> Interview:
        values = InterviewValues(
            interviewed_on=self.day(back),
            starts_at=time(9, 30),
            persons=2,
            reason=reason,
            ground=ground,
            posts="主要负责人、分管负责人",
            host=self._host,
            place="县信访局会议室",
            demands="限期整改，查明原因，举一反三。",
            correct_by=self.day(due),
        )
        return register_interview(
            self._session, actor=self._director, now=self._plan.now, today=self._plan.today,
            data=InterviewData(unit.id, values, look_back_id=look_back),
        )  # fmt: skip

    def _suggestions(self) -> list[Suggestion]:
        """Two issued in the year before (one answered, one not), so that this year's numbers begin at 1; one draft."""
        answered = self._suggestion(
            SuggestionKind.WORK, self._townships[0], "关于规范接收登记的改进工作建议", 400
        )
        self._issue(answered, 398)
        answer_suggestion(
            self._session, actor=self._director, now=self._plan.now, today=self.day(380), row=answered,
            version=answered.version,
            data=ReplyData(self.day(380), Adoption.ADOPTED, "已全部采纳，修订了接收登记制度。", "政函〔2025〕12号"),
        )  # fmt: skip
        overdue = self._suggestion(
            SuggestionKind.POLICY, self._root, "关于完善物业维修资金使用办法的建议", 400
        )
        self._issue(overdue, 397)
        draft = self._suggestion(SuggestionKind.WORK, self._townships[-1], "关于按期告知的改进工作建议", 0)
        return [answered, overdue, draft]

    def _suggestion(self, kind: SuggestionKind, target: Unit, title: str, back: int) -> Suggestion:
        values = SuggestionValues(
            kind=kind,
            title=title,
            reason="近一个季度同类问题反复出现，办理环节有共性的薄弱处。",
            content="一是明确责任人和办理时限；二是建立台账，按月自查；三是对超期的及时补办并说明原因。",
            reply_due_on=self.day(back - 30),
        )
        return draft_suggestion(
            self._session, actor=self._director, now=self._plan.now, today=self.day(back),
            data=SuggestionData(values, target.id),
        )  # fmt: skip

    def _issue(self, row: Suggestion, back: int) -> None:
        kind, now = PAPERS[SuggestionKind(row.kind)], datetime.combine(self.day(back), time(2))
        text = written(self._session, kind, row, self._bureau)
        paper = draft_paper(
            self._session, actor=self._director, now=now, kind=kind, subject=row, title=text.title,
            addressee=text.addressee, source=text.source,
        )  # fmt: skip
        own = select(DocumentRegister).where(
            DocumentRegister.unit_id == self._bureau.id, DocumentRegister.series == kind.rule.series.value
        )
        issue_paper(
            self._session, actor=self._director, now=now, today=self.day(back), paper=paper,
            version=paper.version, register=self._session.scalars(own).first(),
        )  # fmt: skip
