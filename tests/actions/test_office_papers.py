"""Papers of the office: drafted from a record, edited, issued once with number and seal, given up; on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from actions import paper_effects
from actions.office_papers import draft_paper, issue_paper, save_paper, void_paper
from models.audit_entry import AuditEntry
from models.bulletin import DocumentNumber, DocumentRegister
from models.interview import Interview
from models.office_paper import OfficePaper
from models.seal import Seal, SealUse
from queries.document_numbers import NumberFilter, all_number_lines
from queries.office_papers import load_paper, may_read_paper, paper_offers, papers_about
from queries.paper_drafts import written
from queries.paper_subjects import readable_papers
from queries.seal_uses import UseFilter, all_seal_use_lines
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.letters.issued import from_json
from rules.papers.kinds import PaperKind
from tests import factories, interviews
from tests.people import BAI, LIN, NOW, TODAY, WU, ZHAO, ZHENG, actor, unit

NOTICE = PaperKind.INTERVIEW_NOTICE


@pytest.fixture
def county(both):
    with both.app_context(), factories.plain_session() as plain:
        interviews.interview(plain)
        factories.document_register(plain, "AL01", series="paper", word="安信督", mark="安澜县信访局")
        factories.seal(plain, "AL01")
        plain.commit()


@pytest.fixture
def office(county, session):
    return session


def interview_of(session):
    return session.scalars(select(Interview)).one()


def draft(session, who=WU, kind=NOTICE, key="", **words):
    row = interview_of(session)
    text = written(session, kind, row, unit(session, who.unit))
    given = {"title": text.title, "addressee": text.addressee, "source": text.source} | words
    return draft_paper(
        session, actor=actor(session, who), now=NOW, kind=kind, subject=row, submission_key=key, **given
    )


def issue(session, paper, who=ZHENG, **changes):
    given = {
        "version": paper.version,
        "register": session.scalars(select(DocumentRegister)).one(),
        "seal": session.scalars(select(Seal)).one(),
    }
    issue_paper(session, actor=actor(session, who), now=NOW, today=TODAY, paper=paper, **given | changes)


def test_a_notice_is_written_from_its_interview(office):
    paper = draft(office)
    assert (paper.title, paper.addressee) == ("关于约谈柳溪镇的通知", "柳溪镇人民政府")
    assert "2026年7月10日（星期五）上午9时30分，县信访局三楼会议室。" in paper.source
    assert "镇长、分管副镇长，共2人。" in paper.source
    assert "存在未按期办结情形。根据《信访工作条例》第三十九条规定" in paper.source
    assert "〔请填写" not in paper.source


def about(office, responsible, **values):
    petition = factories.petition(office, "AL01", responsible=responsible, title="反映上河村断水", **values)
    interview_of(office).petition_id = petition.id
    office.flush()
    return petition.number


@pytest.mark.parametrize("kind", [NOTICE, PaperKind.INTERVIEW_RECORD])
def test_the_matter_is_named_to_the_unit_that_has_it(office, kind):
    number = about(office, "AL21")
    assert f"涉及的信访事项：“反映上河村断水”（编号：{number}）。" in draft(office, kind=kind).source


@pytest.mark.parametrize(
    ("responsible", "values"),
    [("AL22", {}), ("AL21", {"sealed": True, "purpose": "accusation"})],
)
def test_the_matter_is_not_named_to_who_has_no_part_in_it_nor_where_it_accuses(office, responsible, values):
    number = about(office, responsible, **values)
    source = written(office, NOTICE, interview_of(office), unit(office, "AL01")).source
    assert number not in source
    assert "断水”" not in source


def test_an_issued_paper_has_number_seal_and_frozen_content_and_stands_in_both_books(office):
    paper = draft(office)
    issue(office, paper)
    office.commit()
    assert (paper.state, paper.number, paper.issued_on) == ("issued", "安信督〔2026〕1号", TODAY)
    frozen = from_json(paper.content)
    assert (frozen.kind, frozen.text.title, frozen.text.signature) == (
        NOTICE,
        "关于约谈柳溪镇的通知",
        "安澜县信访局",
    )
    assert office.scalars(select(DocumentNumber.paper_id)).all() == [paper.id]
    assert office.scalars(select(SealUse.paper_id)).all() == [paper.id]
    who = actor(office, ZHENG)
    line = all_number_lines(office, who, NumberFilter())[0]
    assert (line.paper_id, line.number, line.kind, line.title, line.addressees, line.seal) == (
        paper.id, "安信督〔2026〕1号", "约谈通知书", "关于约谈柳溪镇的通知", "柳溪镇人民政府", "安澜县信访局",
    )  # fmt: skip
    use = all_seal_use_lines(office, who, UseFilter())[0]
    assert (use.paper_id, use.number, use.title) == (paper.id, "安信督〔2026〕1号", "关于约谈柳溪镇的通知")


def test_an_issue_asked_for_twice_is_done_once(office):
    paper = draft(office)
    issue(office, paper)
    issue(office, paper, version=1)
    assert len(office.scalars(select(DocumentNumber)).all()) == 1
    with pytest.raises(RuleViolation, match="不能再改"):
        save_paper(
            office,
            actor=actor(office, WU),
            now=NOW,
            paper=paper,
            version=2,
            title="改",
            addressee="",
            source="",
        )


def test_the_database_keeps_what_was_issued(office):
    paper = draft(office)
    issue(office, paper)
    office.commit()
    paper.title = "改过的标题"
    with pytest.raises(Exception, match="stays as it is|append-only"):
        office.flush()
    office.rollback()


def test_only_the_head_of_the_issuing_office_issues(office):
    paper = draft(office)
    for who in (WU, ZHAO):
        with pytest.raises(RuleViolation, match="由出具单位负责人签发"):
            issue(office, paper, who)


def test_the_unit_interviewed_drafts_nothing_of_it_and_reads_what_was_issued(office):
    with pytest.raises(RuleViolation, match="不由本单位出具"):
        draft(office, LIN)
    assert paper_offers(actor(office, LIN), "interview", interview_of(office), []) == []
    paper = draft(office)
    assert not may_read_paper(actor(office, LIN), paper)
    issue(office, paper)
    assert load_paper(office, actor(office, LIN), paper.id)[0] is paper
    with pytest.raises(NotVisible):
        load_paper(office, actor(office, BAI), paper.id)


def test_a_record_has_one_notice_and_says_why_not_another(office):
    paper = draft(office)
    row, who = interview_of(office), actor(office, WU)
    said = [
        (o.kind.label, o.refusal)
        for o in paper_offers(who, "interview", row, papers_about(office, "interview", row.id))
    ]
    assert said == [("约谈通知书", "已有草稿。"), ("约谈纪要", "")]
    issue(office, paper)
    with pytest.raises(RuleViolation, match="已经印发"):
        draft(office)


def test_a_record_of_what_was_said_takes_neither_number_nor_seal(office):
    paper = draft(office, kind=PaperKind.INTERVIEW_RECORD)
    assert paper.addressee == ""
    with pytest.raises(RuleViolation, match="不编文号"):
        issue(office, paper)
    issue(office, paper, register=None, seal=None)
    assert (paper.state, paper.number) == ("issued", None)


def test_a_draft_saved_over_a_newer_one_is_refused(office):
    paper = draft(office)
    who = actor(office, WU)
    save_paper(
        office,
        actor=who,
        now=NOW,
        paper=paper,
        version=1,
        title="通知",
        addressee="柳溪镇",
        source="一、事由",
    )
    assert (paper.title, paper.version) == ("通知", 2)
    with pytest.raises(StaleVersion):
        save_paper(office, actor=who, now=NOW, paper=paper, version=1, title="", addressee="", source="")


def test_what_is_half_empty_is_not_issued(office):
    paper = draft(office, source="〔请填写事由〕。", title="", addressee="")
    with pytest.raises(RuleViolations) as refused:
        issue(office, paper)
    assert [v.field for v in refused.value.violations] == ["title", "addressee", "source"]


def test_a_draft_is_given_up_with_its_reason(office):
    paper = draft(office)
    void_paper(office, actor=actor(office, WU), now=NOW, paper=paper, version=1, reason="另行发文")
    office.commit()
    assert (paper.state, paper.void_reason) == ("void", "另行发文")
    assert office.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()[-2:] == [
        "paper.draft",
        "paper.void",
    ]
    assert draft(office).state == "draft"


def test_the_same_form_sent_twice_makes_one_draft(office):
    assert draft(office, key="k").id == draft(office, key="k").id
    assert len(office.scalars(select(OfficePaper)).all()) == 1


def test_what_an_issue_does_to_its_record_is_done_in_the_same_transaction(office, monkeypatch):
    def refuses(_session, _paper, _actor, _now, _today):
        raise RuleViolation("督办还没有承办单位。")

    monkeypatch.setitem(paper_effects.EFFECTS, NOTICE, refuses)
    paper = draft(office)
    office.commit()
    with pytest.raises(RuleViolation, match="还没有承办单位"):
        issue(office, paper)
    office.rollback()
    assert office.get(OfficePaper, paper.id).state == "draft"
    assert office.scalars(select(DocumentNumber)).all() == []


@pytest.fixture
def accused(county, both):
    """The interview rests on a sealed accusation of 白石乡."""
    with both.app_context(), factories.plain_session() as plain:
        petition = factories.petition(
            plain, purpose="accusation", sealed=True, accused_unit_id=unit(plain, "AL22").id
        )
        plain.scalars(select(Interview)).one().petition_id = petition.id
        plain.commit()


def test_no_paper_of_an_accusation_goes_to_whom_it_accuses_or_below(accused, session):
    who = actor(session, WU)
    row = interview_of(session)
    for addressee, copies in (("白石乡", ""), ("柳溪镇", "县住建局，白石乡石门村"), ("白石乡党政办", "")):
        with pytest.raises(RuleViolations, match="第三十条"):
            draft_paper(
                session, actor=who, now=NOW, kind=NOTICE, subject=row, title="通知", addressee=addressee,
                source="正文。", copies_to=copies,
            )  # fmt: skip


def test_a_paper_is_named_only_to_who_may_read_its_record(accused, session):
    asked = [(7, "interview", interview_of(session).id)]
    who = actor(session, ZHENG)
    assert readable_papers(session, who, asked) == set()
    assert readable_papers(session, replace(who, reads_sealed=True), asked) == {7}
