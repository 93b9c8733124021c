"""What the record knows for a letter: one named matter, its letters word by word, and which may be drafted when."""

from dataclasses import replace
from datetime import date

import pytest

from queries.letter_facts import letter_facts
from queries.petition_letters import desk_of, letter_offers
from rules.errors import RuleViolation
from rules.letters.entered import kept_entries, with_entered
from rules.letters.facts import EarlierOpinion, LetterFacts
from rules.letters.kinds import LetterKind
from rules.letters.texts import letter_text
from tests import letters
from tests.factories import plain_session
from tests.people import BAI, HAN, LIN, WU, actor, unit


@pytest.fixture
def plain(both):
    with both.app_context(), plain_session() as session:
        yield session


def facts(session, petition, kind, who, **more):
    desk = desk_of(session, actor(session, who), petition)
    return replace(letter_facts(session, desk, kind, unit(session, who.unit)), **more)


def offered(session, petition, who):
    desk = desk_of(session, actor(session, who), petition)
    return {offer.kind: offer.refusal for offer in letter_offers(desk)}


def test_the_forward_letter_of_a_matter(plain):
    known = facts(plain, letters.forwarded(plain), LetterKind.FORWARD, WU)
    text = letter_text(LetterKind.FORWARD, known)
    assert text.title == "关于转送反映上河村灌溉渠断水问题信访事项的函"
    assert (text.addressee, text.signature) == ("柳溪镇人民政府", "安澜县信访局")
    assert text.source.splitlines() == [
        "我局于2026年7月1日收到周大山来访提出的“反映上河村灌溉渠断水的问题”信访事项（编号：XF-AL01-2026-00017）。"
        "根据《信访工作条例》第二十二条第一款规定，现转送你单位，请依规依法处理。",
        "一、信访事项",
        "主要内容：上河村西灌溉渠断水两月，麦田无法浇水。",
        "投诉请求：恢复供水。",
        "二、有关要求",
        "1.属于你单位职权范围的，请自收到之日起15日内书面告知信访人接收情况以及处理途径和程序。",
        "2.不属于你单位或者本系统职权范围的，请自收到之日起5个工作日内向我局提出异议，并详细说明理由；经我局核实同意后，"
        "交还相关材料。",
        "3.请妥善保管信访材料，保护信访人的个人信息。",
    ]


def test_the_reply_of_the_same_matter(plain):
    petition = letters.accepted(plain)
    letters.with_reply(plain, petition)
    letters.issued(plain, petition, "forward", "AL01", number="安信转〔2026〕8号")
    text = letter_text(LetterKind.REPLY, facts(plain, petition, LetterKind.REPLY, LIN))
    assert text.addressee == "周大山"
    assert text.source.splitlines() == [
        "您来访提出的“反映上河村灌溉渠断水的问题”信访事项（编号：XF-AL01-2026-00017），由安澜县信访局于2026年7月3日转送，"
        "我单位于2026年7月4日收到。我单位于2026年7月6日受理，现已办理完毕。根据《信访工作条例》第三十一条第六项、"
        "第三十二条规定，提出以下处理意见：",
        "一、投诉请求",
        "恢复供水。",
        "二、事实和理由",
        "渠道淤塞属实。",
        "三、处理意见",
        "根据《信访工作条例》第三十二条第一款第一项规定，您的请求事实清楚，符合法律、法规、规章或者其他有关规定，予以支持。",
        "七月底前清淤。",
        "四、法律法规依据",
        "《农田水利条例》第十八条。",
        "五、申请复查的权利",
        "您如对本处理意见不服，可以根据《信访工作条例》第三十五条规定，自收到本意见书之日起30日内，请求安澜县人民政府复查。",
    ]


def test_the_name_is_masked_where_secrecy_was_asked_for(plain):
    petition = letters.forwarded(plain, confidential=True, names=("周大山", "李四"), persons=5)
    known = facts(plain, petition, LetterKind.FORWARD, WU)
    assert known.petition.petitioner == "周某某、李某等5人"


def test_the_office_that_does_not_handle_a_matter_writes_no_name(plain):
    petition = letters.forwarded(plain, unit_id=unit(plain, "AL22").id)
    assert facts(plain, petition, LetterKind.FORWARD, WU).petition.petitioner == "周某某"


def test_the_accused_are_the_unit_all_below_it_and_the_person(plain):
    petition = letters.forwarded(plain, purpose="accusation", accused_unit_id=unit(plain, "AL22").id)
    known = facts(plain, petition, LetterKind.FORWARD, WU)
    assert known.petition.accused == ("白石乡", "石门村")
    assert known.passing.unit_line == ("安澜县",)


def test_an_extension_counts_from_the_sixty_days(plain):
    petition = letters.accepted(
        plain,
        extension_days=20,
        extension_approved_on=date(2026, 8, 20),
        reply_due_on=date(2026, 9, 24),
    )
    letters.step(plain, petition, "request_extension", days=20, text="须等待清淤验收。")
    known = facts(plain, petition, LetterKind.EXTENSION_NOTICE, LIN)
    assert (known.due.accepted_on, known.due.due_on) == (date(2026, 7, 6), date(2026, 9, 4))
    assert (known.extension.days, known.extension.new_due_on) == (20, date(2026, 9, 24))
    assert known.extension.approved_on == date(2026, 8, 20)


def test_an_extension_that_came_too_late_leaves_the_sixty_days_as_they_were(plain):
    """Accepted on 6 July, to be concluded by 4 September; an old register holds an approval of that very day."""
    petition = letters.accepted(
        plain,
        extension_days=20,
        extension_approved_on=date(2026, 9, 4),
        reply_due_on=date(2026, 9, 4),
    )
    assert facts(plain, petition, LetterKind.REPLY, LIN).due.due_on == date(2026, 9, 4)


def test_an_objection_tells_who_objected_and_what_was_decided(plain):
    petition = letters.forwarded(plain, responsible_unit_id=None, stage="pending")
    letters.step(
        plain,
        petition,
        "object",
        unit_id=unit(plain, "AL21").id,
        to_unit_id=unit(plain, "AL11").id,
        text="属于住建部门职权。",
    )
    letters.step(plain, petition, "decide_objection", outcome="agreed", text="同意。")
    letters.issued(plain, petition, "objection", "AL21", number="柳信〔2026〕3号")
    known = facts(plain, petition, LetterKind.OBJECTION_DECISION, WU)
    assert known.passing.unit == "柳溪镇人民政府"
    assert (known.objection.number, known.objection.is_agreed) == ("柳信〔2026〕3号", True)
    assert known.objection.suggested_unit == "安澜县住房和城乡建设局"


def test_what_is_served_is_the_latest_letter_to_the_petitioner(plain):
    petition = letters.accepted(plain)
    letters.issued(plain, petition, "acceptance", "AL21", number="柳信〔2026〕4号")
    letters.issued(plain, petition, "reply", "AL21", number="柳信〔2026〕5号")
    letters.issued(plain, petition, "conclusion_report", "AL21", number="柳信〔2026〕6号")
    served = facts(plain, petition, LetterKind.SERVICE_RETURN, LIN).service
    assert (served.document, served.number, served.recipient) == (
        "信访处理意见书",
        "柳信〔2026〕5号",
        "周大山",
    )


def test_opinions_given_before_carry_the_numbers_they_were_issued_with(plain):
    petition = letters.accepted(plain)
    letters.with_reply(plain, petition)
    letters.issued(plain, petition, "reply", "AL21", number="柳信〔2026〕5号")
    assert facts(plain, petition, LetterKind.NO_LONGER, LIN).earlier == (
        EarlierOpinion("柳溪镇", "信访处理意见书", "柳信〔2026〕5号", date(2026, 7, 10)),
    )


def test_the_county_office_drafts_what_it_sent(plain):
    found = offered(plain, letters.forwarded(plain), WU)
    assert found[LetterKind.FORWARD] == found[LetterKind.DISPATCH_NOTICE] == ""
    assert found[LetterKind.ASSIGN] == "还没有登记交办。"
    assert found[LetterKind.OBJECTION_DECISION] == "还没有登记对异议的答复。"
    assert LetterKind.REPLY not in found


def test_the_unit_drafts_what_it_told_and_decided(plain):
    petition = letters.accepted(plain)
    found = offered(plain, petition, LIN)
    assert found[LetterKind.ACCEPTANCE] == ""
    assert found[LetterKind.REFUSAL] == "没有登记告知“不予受理”。"
    assert found[LetterKind.REPLY] == "答复还没有经负责人批准。"
    assert found[LetterKind.CONCLUSION_REPORT] == "不是交办件，不需要办结报告。"
    letters.with_reply(plain, petition)
    assert offered(plain, petition, LIN)[LetterKind.REPLY] == ""


def test_an_open_draft_is_finished_before_another_of_its_kind(plain):
    petition = letters.forwarded(plain)
    letters.issued(
        plain, petition, "forward", "AL01", state="draft", issued_on=None, content=None, content_digest=None
    )
    assert offered(plain, petition, WU)[LetterKind.FORWARD] == "已有草稿。"


def test_nobody_writes_to_who_gave_no_name(plain):
    found = offered(plain, letters.forwarded(plain, anonymous=True), WU)
    assert found[LetterKind.DISPATCH_NOTICE] == "匿名信访，没有可以送达的人。"
    assert found[LetterKind.FORWARD] == ""


@pytest.mark.parametrize("who", [HAN, BAI])
def test_leaders_and_other_offices_draft_nothing(plain, who):
    assert offered(plain, letters.forwarded(plain), who) == {}


def test_the_notice_of_a_hearing_while_the_matter_is_handled(plain):
    petition = letters.accepted(plain)
    known = facts(plain, petition, LetterKind.HEARING_NOTICE, LIN)
    typed = {
        "hearing.day": "2026-07-20", "hearing.starts_at": "09：00", "hearing.place": "柳溪镇便民服务中心",
        "hearing.presider": "赵立", "hearing.participants": "镇水利站、上河村村委会", "telephone": "0379-6000001",
    }  # fmt: skip
    text = letter_text(LetterKind.HEARING_NOTICE, with_entered(LetterKind.HEARING_NOTICE, known, typed))
    assert text.addressee == "周大山"
    assert "一、听证时间：2026年7月20日" in text.source
    assert "二、听证地点：柳溪镇便民服务中心。" in text.source
    assert "第三十一条第六项" in text.source
    assert "复核期限" not in text.source


def test_a_day_or_an_hour_that_cannot_be_read_is_refused_at_its_field():
    for path, typed in (("hearing.day", "7月20日"), ("hearing.starts_at", "九点")):
        with pytest.raises(RuleViolation, match="看不懂") as refused:
            kept_entries(LetterKind.HEARING_NOTICE, LetterFacts(), {path: typed})
        assert refused.value.field == path


def test_an_agreement_begins_with_what_the_record_knows(plain):
    known = facts(plain, letters.accepted(plain), LetterKind.MEDIATION, LIN)
    assert (known.mediation.first_party, known.mediation.dispute) == (
        "周大山",
        "上河村西灌溉渠断水两月，麦田无法浇水。",
    )


def test_a_matter_that_goes_on_elsewhere_is_told_as_already_handled(plain):
    first, again = letters.accepted(plain), letters.forwarded(plain, number="XF-AL01-2026-00018")
    assert offered(plain, again, WU)[LetterKind.ALREADY_HANDLED] == "没有并入正在办理的事项。"
    again.stage, again.merged_into_id = "merged", first.id
    plain.flush()
    plain.expire(again, ["merged_into"])
    assert offered(plain, again, WU)[LetterKind.ALREADY_HANDLED] == ""
    text = letter_text(LetterKind.ALREADY_HANDLED, facts(plain, again, LetterKind.ALREADY_HANDLED, WU))
    assert "该事项已由柳溪镇" in text.source
    assert "不予重复受理" in text.source


def test_what_is_not_handled_is_neither_heard_nor_mediated(plain):
    sent = offered(plain, letters.forwarded(plain), LIN)
    assert sent[LetterKind.HEARING_NOTICE] == "不在办理或者复查、复核中，没有要听证的。"
    assert sent[LetterKind.MEDIATION] == "还没有受理，不能调解。"
    running = offered(plain, letters.accepted(plain, number="XF-AL01-2026-00019"), LIN)
    assert (running[LetterKind.HEARING_NOTICE], running[LetterKind.MEDIATION]) == ("", "")
