"""Interviews, suggestions, look backs and inspections on both databases: scope, seals, two people, what stays frozen."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from actions.district_teams import TeamData, add_team
from actions.inspections import (
    PlanData,
    ProblemAct,
    VisitData,
    accept_problem,
    plan_inspection,
    record_visit,
    report_problem,
    return_problem,
)
from actions.interviews import InterviewData, correct_interview, note_correction, register_interview
from actions.look_backs import keep_look_back
from actions.suggestions import ReplyData, SuggestionData, answer_suggestion, draft_suggestion
from models.interview import Interview, LookBack
from models.petition import Petition
from queries.accountability_filter import list_page, list_totals
from queries.inspections import InspectionFilter, notes_of_problems, visits_of_inspection
from queries.interviews import InterviewFilter
from queries.look_backs import findings_of
from queries.suggestions import SuggestionFilter, visible_suggestions
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.inspection_rules import PlanValues, ProblemLine
from rules.interview_rules import InterviewValues, InterviewVerb
from rules.own_entries import was_entered_late
from rules.suggestion_rules import SuggestionValues
from rules.supervision_words import Adoption, Ground, InspectionKind, SuggestionKind
from tests import factories, supervision
from tests.people import BAI, HAN, LIN, NOW, TODAY, WU, ZHENG, actor, unit

SPOKEN = InterviewValues(
    interviewed_on=date(2026, 7, 10), persons=2, reason="上河村断水一事超过六十日未办结。", ground=Ground.NOT_CONCLUDED,
    demands="十五日内办结。", correct_by=date(2026, 7, 14),
)  # fmt: skip


@pytest.fixture
def office(both, session):
    return session


def interview(session, who=WU, code="AL21", key="", **more):
    data = InterviewData(unit(session, code).id, SPOKEN, **more)
    return register_interview(
        session, actor=actor(session, who), now=NOW, today=TODAY, data=data, submission_key=key
    )


def note(
    session,
    row,
    who,
    verb,
    day=TODAY,
    text="渠道已清淤，供水恢复。",
    version=None,
    evidence="镇信访办 3 号卷",
):
    return note_correction(
        session, actor=actor(session, who), now=NOW, today=day, row=row, verb=verb, text=text,
        version=row.version if version is None else version, evidence=evidence,
    )  # fmt: skip


def shown(session, who, kind, **args):
    chosen = kind.from_args(args)
    page = list_page(session, actor(session, who), chosen, TODAY)
    assert len(page.rows) == list_totals(session, actor(session, who), chosen, TODAY).rows
    return [row.number for row in page.rows]


def test_an_interview_is_seen_by_the_county_and_the_unit_only(office):
    row = interview(office)
    for who in (WU, ZHENG, HAN, LIN):
        assert shown(office, who, InterviewFilter) == [row.number]
    assert shown(office, BAI, InterviewFilter) == []
    assert shown(office, WU, InterviewFilter, state="overdue") == [row.number]
    assert shown(office, WU, InterviewFilter, state="done") == []


def test_the_same_form_sent_twice_is_one_interview(office):
    assert interview(office, key="k").id == interview(office, key="k").id


def test_demands_are_struck_off_by_the_day_of_the_report(office):
    row = interview(office)
    note(office, row, LIN, InterviewVerb.REPORT, date(2026, 7, 13))
    note(office, row, WU, InterviewVerb.ACCEPT, date(2026, 7, 15))
    assert row.corrected_on == date(2026, 7, 13)
    with pytest.raises(RuleViolation, match="没有待整改"):
        note(office, row, LIN, InterviewVerb.REPORT)


def test_of_two_who_judge_at_once_the_second_is_told(office):
    row = interview(office)
    note(office, row, LIN, InterviewVerb.REPORT)
    note(office, row, WU, InterviewVerb.RETURN, version=2, text="没有查明原因。")
    with pytest.raises(StaleVersion):
        note(office, row, ZHENG, InterviewVerb.ACCEPT, version=2)


@pytest.fixture
def accusing(both):
    with both.app_context(), factories.plain_session() as plain:
        petition = factories.petition(
            plain, number="XF-AL01-2026-00018", purpose="accusation", sealed=True,
            accused_unit_id=unit(plain, "AL21").id,
        )  # fmt: skip
        plain.commit()
        return petition.number


def sealed_reader(session):
    return replace(actor(session, WU), reads_sealed=True)


def test_nobody_below_the_accused_is_spoken_to_about_the_accusation(accusing, session):
    for code in ("AL21", "AL2101"):
        data = InterviewData(unit(session, code).id, SPOKEN, petition=accusing)
        with pytest.raises(RuleViolations, match="第三十条"):
            register_interview(session, actor=sealed_reader(session), now=NOW, today=TODAY, data=data)
    data = InterviewData(unit(session, "AL11").id, SPOKEN, petition=accusing)
    register_interview(session, actor=sealed_reader(session), now=NOW, today=TODAY, data=data)
    assert shown(session, WU, InterviewFilter) == []


def suggest(session, code="AL21", who=None, petitions=""):
    values = SuggestionValues(
        SuggestionKind.WORK,
        "改进登记的建议",
        "三件没有当天登记。",
        "当天登记。",
        reply_due_on=date(2026, 8, 14),
    )
    return draft_suggestion(
        session, actor=who or actor(session, WU), now=NOW, today=TODAY,
        data=SuggestionData(values, unit(session, code).id, petitions),
    )  # fmt: skip


def reply(session, row, who=LIN, on=TODAY):
    data = ReplyData(on, Adoption.ADOPTED, "已采纳。")
    answer_suggestion(
        session, actor=actor(session, who), now=NOW, today=TODAY, row=row, version=row.version, data=data
    )


def test_the_answer_is_owed_from_issuing_and_given_once(office):
    row = suggest(office)
    assert shown(office, LIN, SuggestionFilter) == []
    with pytest.raises(RuleViolation, match="还没有印发"):
        reply(office, row)
    row.issued_on = TODAY
    office.flush()
    assert shown(office, LIN, SuggestionFilter, state="waiting") == [row.number]
    assert shown(office, BAI, SuggestionFilter) == []
    reply(office, row)
    with pytest.raises(RuleViolation, match="已经反馈"):
        reply(office, row)


def test_one_that_rests_on_a_sealed_matter_is_hidden_and_never_goes_to_the_accused(accusing, session):
    with pytest.raises(RuleViolations, match="第三十条"):
        suggest(session, who=sealed_reader(session), petitions=accusing)
    row = suggest(session, "AL11", sealed_reader(session), accusing)
    assert shown(session, WU, SuggestionFilter) == []
    assert session.scalars(visible_suggestions(sealed_reader(session))).all() == [row]


@pytest.fixture
def matter(both):
    with both.app_context(), factories.plain_session() as plain:
        factories.petition(plain, "AL01", number="XF-AL01-2026-00077", responsible="AL21")
        plain.commit()


def test_a_look_back_stays_as_it_stood(matter, session):
    petition = session.scalars(select(Petition)).one()
    kept = keep_look_back(
        session, actor=actor(session, WU), now=NOW, today=TODAY, petition=petition, opinion="办理规范。"
    )
    session.flush()
    row = session.get_one(LookBack, kept.id)
    assert [f.step for f in findings_of(row)][:2] == ["收到", "登记（第二十二条）"]
    assert not row.fell_short
    with pytest.raises(RuleViolations, match="不能据此约谈"):
        interview(session, look_back_id=row.id)
    assert session.scalars(select(Interview)).all() == []


def problem_act(session, problem, who, text="", on=TODAY):
    return ProblemAct(actor(session, who), NOW, on, problem, problem.version, text)


def found_problem(session):
    """Of a round of the county's office at 柳溪镇."""
    who = actor(session, WU)
    values = PlanValues("专项督查", InspectionKind.SPECIAL, date(2026, 7, 13), date(2026, 7, 17))
    plan = PlanData(values, (unit(session, "AL21").id,))
    row = plan_inspection(session, actor=who, now=NOW, data=plan)
    (visit,) = visits_of_inspection(session, who, row.id)
    data = VisitData(TODAY, "吴芳", "抽查十件。", (ProblemLine(0, "两件超期告知", date(2026, 7, 31)),))
    record_visit(session, actor=who, now=NOW, today=TODAY, visit=visit, data=data, version=1)
    return visit.problems[0]


def test_who_entered_that_a_problem_is_mended_does_not_strike_it_off(office):
    problem = found_problem(office)
    report_problem(office, problem_act(office, problem, WU, "镇里来函：已补告知。"))
    with pytest.raises(RuleViolation, match="请由他人复核"):
        accept_problem(office, problem_act(office, problem, WU))
    accept_problem(office, problem_act(office, problem, ZHENG))
    assert problem.corrected_on == TODAY


def test_a_problem_that_is_supervised_ends_there(office):
    problem = found_problem(office)
    task = supervision.issued(office, filed_on=TODAY, on=TODAY)
    task.source_type, task.source_id = "inspection_problem", problem.id
    office.flush()
    with pytest.raises(RuleViolation, match=f"已转为督办 {task.number}"):
        report_problem(office, problem_act(office, problem, LIN, "已补告知两件。"))


def test_a_round_of_inspection_from_team_to_mended_problem(office):
    who, own = actor(office, WU), unit(office, "AL21")
    add_team(
        office, actor=who, now=NOW, data=TeamData("第一组", "郑重", "", date(2026, 1, 1), None, (own.id,))
    )
    values = PlanValues("专项督查", InspectionKind.SPECIAL, date(2026, 7, 13), date(2026, 7, 17))
    ids = (own.id, unit(office, "AL22").id)
    row = plan_inspection(office, actor=who, now=NOW, data=PlanData(values, ids))
    first, second = visits_of_inspection(office, who, row.id)
    assert (first.team.name, second.team) == ("第一组", None)
    data = VisitData(TODAY, "吴芳", "抽查十件。", (ProblemLine(0, "两件超期告知", date(2026, 7, 31)),))
    record_visit(office, actor=who, now=NOW, today=TODAY, visit=first, data=data, version=1)
    assert row.state == "running"
    (problem,) = first.problems
    report_problem(office, problem_act(office, problem, LIN, "已补告知两件。"))
    with pytest.raises(RuleViolation, match="由督查单位复核"):
        accept_problem(office, problem_act(office, problem, LIN))
    return_problem(office, problem_act(office, problem, WU, "缺送达回证。"))
    report_problem(office, problem_act(office, problem, LIN, "送达回证已补。"))
    accept_problem(office, problem_act(office, problem, WU, on=date(2026, 8, 20)))
    assert problem.corrected_on == TODAY
    assert [(n.verb, n.text) for n in notes_of_problems(office, [problem])[problem.id]] == [
        ("report", "已补告知两件。"), ("return", "缺送达回证。"), ("report", "送达回证已补。"), ("accept", ""),
    ]  # fmt: skip
    assert shown(office, BAI, InspectionFilter) == [row.number]
    assert [visit.unit_id for visit in visits_of_inspection(office, actor(office, BAI), row.id)] == [ids[1]]


def test_who_answers_himself_answers_on_the_day_of_entry_an_earlier_one_is_entered_for_him(office):
    row = suggest(office)
    row.issued_on = date(2026, 7, 1)
    with pytest.raises(RuleViolations, match="日期就是登记当天 2026-07-15"):
        reply(office, row, on=date(2026, 7, 3))
    reply(office, row, WU, on=date(2026, 7, 3))
    assert (row.replied_on, row.recorded_at) == (date(2026, 7, 3), NOW)
    assert was_entered_late(row.replied_on, row.recorded_at)
    office.commit()


def test_who_entered_the_report_does_not_strike_the_demands_off_and_it_is_proved(office):
    row = interview(office)
    with pytest.raises(RuleViolation, match="佐证") as refused:
        note(office, row, WU, InterviewVerb.REPORT, evidence="")
    assert refused.value.field == "evidence"
    written = note(office, row, WU, InterviewVerb.REPORT)
    assert written.text.splitlines() == [
        "渠道已清淤，供水恢复。",
        "佐证材料：镇信访办 3 号卷",
        "单位书面报送，由县信访局吴芳代为录入。",
    ]
    with pytest.raises(RuleViolation, match="请由他人复核"):
        note(office, row, WU, InterviewVerb.ACCEPT)
    note(office, row, ZHENG, InterviewVerb.ACCEPT)
    assert row.corrected_on == TODAY


def report(session, row, who, on):
    note_correction(
        session, actor=actor(session, who), now=NOW, today=TODAY, row=row, verb=InterviewVerb.REPORT, on=on,
        text="渠道已清淤，供水恢复。", version=row.version, evidence="镇信访办 3 号卷",
    )  # fmt: skip


def test_what_a_unit_without_account_reported_on_paper_counts_by_the_day_it_came(office):
    row = interview(office)
    with pytest.raises(RuleViolation, match="日期就是登记当天") as refused:
        report(office, row, LIN, date(2026, 7, 13))
    assert refused.value.field == "on"
    with pytest.raises(RuleViolation, match="早于约谈日期 2026-07-10"):
        report(office, row, WU, date(2026, 7, 9))
    report(office, row, WU, date(2026, 7, 13))
    note(office, row, ZHENG, InterviewVerb.ACCEPT)
    assert row.corrected_on == date(2026, 7, 13)
    assert row.correction.endswith("由县信访局吴芳代为录入。")


def correct(session, row, on, **changes):
    correct_interview(
        session, actor=actor(session, WU), now=NOW, today=on, row=row, version=row.version,
        values=replace(SPOKEN, **changes), reason="期限写错。",
    )  # fmt: skip


def test_what_was_demanded_is_not_moved_once_it_is_due_or_reported_on(office):
    row, later = interview(office), date(2026, 7, 31)
    with pytest.raises(RuleViolation, match="整改期限 2026-07-14 已过"):
        correct(office, row, TODAY, correct_by=later)
    correct(office, row, TODAY, persons=3)
    correct(office, row, date(2026, 7, 14), correct_by=later)
    assert (row.persons, row.correct_by) == (2, later)
    note(office, row, LIN, InterviewVerb.REPORT)
    with pytest.raises(RuleViolation, match="等待复核"):
        correct(office, row, TODAY, correct_by=date(2026, 8, 31))
