"""What each letter of a petition says: one matter of 云江县, from 转送单 to 复核意见书."""

from dataclasses import replace
from datetime import date, time

import pytest

from rules.letters.facts import LetterFacts
from rules.letters.kinds import RULES, LetterKind, LetterPage, Recipient
from rules.letters.texts import letter_text
from rules.letters.wording import hour_text
from rules.petition_words import Conclusion, HandlingClass, MatterClass, ReviewKind, ReviewOpinion
from tests.letter_facts import BUREAU, FACTS, PETITION, UNIT, of_kind


def lines(kind: LetterKind, facts: LetterFacts | None = None) -> list[str]:
    return letter_text(kind, facts or of_kind(kind)).source.splitlines()


def with_petition(kind: LetterKind, **values: object) -> LetterFacts:
    facts = of_kind(kind)
    return replace(facts, petition=replace(facts.petition, **values))


def test_every_kind_has_a_row_of_the_table_and_a_text():
    assert set(RULES) == set(LetterKind)
    assert len(LetterKind) == 19
    for kind in LetterKind:
        text = letter_text(kind, of_kind(kind))
        assert text.title
        assert bool(text.form) == (kind in (*FORMS, LetterKind.MEDIATION))


FORMS = (LetterKind.EXTENSION_APPROVAL, LetterKind.SERVICE_RETURN)


@pytest.mark.parametrize("kind", FORMS)
def test_forms_take_neither_number_nor_seal(kind):
    assert kind.rule.page is LetterPage.FORM
    assert not kind.rule.is_numbered
    assert not kind.rule.may_be_sealed


def test_letters_are_addressed_to_the_petitioner_or_the_office():
    for kind in LetterKind:
        addressee = letter_text(kind, of_kind(kind)).addressee
        if kind.rule.recipient is Recipient.PETITIONER:
            assert addressee == "王桂兰"
        else:
            assert addressee in (BUREAU, UNIT, "")


def test_forward_cites_article_22_and_names_both_terms():
    text = letter_text(LetterKind.FORWARD, of_kind(LetterKind.FORWARD))
    assert text.title == "关于转送反映柳溪镇柳树沟村土地流转费未付问题信访事项的函"
    assert text.source.splitlines()[0] == (
        "我局于2026年7月1日收到王桂兰来访提出的“反映柳溪镇柳树沟村土地流转费未付的问题”信访事项"
        "（编号：XF-AL-2026-00017）。根据《信访工作条例》第二十二条第一款规定，现转送你局，请依规依法处理。"
    )
    assert (
        "1.属于你局职权范围的，请自收到之日起15日内书面告知信访人接收情况以及处理途径和程序。" in text.source
    )
    assert (
        "2.不属于你局或者本系统职权范围的，请自收到之日起5个工作日内向我局提出异议，并详细说明理由；"
        "经我局核实同意后，交还相关材料。"
    ) in text.source
    assert text.note == "联系人：陈志强；联系电话：0379-66880001"
    assert (text.signature, text.day) == (BUREAU, date(2026, 7, 3))


def test_assign_sets_a_day_for_the_result_and_asks_for_the_report():
    text = lines(LetterKind.ASSIGN)
    assert "根据《信访工作条例》第二十二条第一款第三项规定，现交由你局办理。" in text[0]
    assert text[5] == (
        "1.请于2026年9月20日前向我局反馈办理结果，提交办结报告，并附信访处理意见书和送达回证。"
    )


def test_an_accusation_is_forwarded_under_its_own_paragraph_and_told_of_by_its_own_rules():
    facts = with_petition(LetterKind.FORWARD, matter_class=MatterClass.ACCUSATION, handling=None)
    source = letter_text(LetterKind.FORWARD, facts).source
    assert "第二十二条第二款" in source
    assert "请按照有关规定告知信访人接收情况以及处理途径和程序" in source
    assert "不得将检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位" in source


def test_the_petitioner_learns_where_the_matter_went():
    assert lines(LetterKind.DISPATCH_NOTICE)[1:3] == [
        "根据《信访工作条例》第二十二条规定，我局已于2026年7月3日将该事项转送云江县农业农村局。",
        "根据《信访工作条例》第二十三条规定，该单位对属于其职权范围的事项，应当自收到之日起15日内书面告知您接收情况"
        "以及处理途径和程序。",
    ]


def test_acceptance_of_a_matter_to_be_heard_has_sixty_days():
    assert lines(LetterKind.ACCEPTANCE) == [
        "您来访提出的“反映柳溪镇柳树沟村土地流转费未付的问题”信访事项（编号：XF-AL-2026-00017），"
        "由云江县信访局于2026年7月3日转送，我局于2026年7月5日收到。",
        "经审查，该事项属于我局职权范围。根据《信访工作条例》第二十三条、第三十一条第六项规定，"
        "我局决定自2026年7月10日起予以受理。",
        "我局将听取您陈述事实和理由，并调查核实，出具信访处理意见书。该事项由农村经济股承办，自受理之日起60日内办结，"
        "期限至2026年9月8日；情况复杂的，经我局负责人批准可以延长不超过30日，并告知延期理由。",
        "您可以凭信访事项编号，拨打电话0379-66880012或者到云江县人民路12号云江县农业农村局信访接待室查询办理情况。",
    ]


@pytest.mark.parametrize(
    ("handling", "said"),
    [
        (
            HandlingClass.STATUTORY_DUTY,
            "第三十一条第五项规定，该事项属于申请查处违法行为、履行保护人身权或者财产权等",
        ),
        (HandlingClass.RECONSIDERATION, "第三十一条第四项规定，该事项可以通过行政复议"),
        (HandlingClass.PARTY_APPEAL, "第三十一条第三项规定，该事项可以通过党员申诉"),
        (HandlingClass.ARBITRATION, "第三十一条第二项规定，该事项应当通过仲裁解决"),
        (HandlingClass.LITIGATION, "第三十一条第一项规定，该事项应当通过诉讼"),
    ],
)
def test_acceptance_tells_the_way_by_the_item_of_article_31(handling, said):
    facts = with_petition(LetterKind.ACCEPTANCE, handling=handling)
    text = letter_text(LetterKind.ACCEPTANCE, facts).source
    assert said in text
    assert "60日" not in text


def test_several_petitioners_are_addressed_as_several():
    facts = with_petition(LetterKind.REPLY, petitioner="王桂兰等5人", persons=5)
    text = letter_text(LetterKind.REPLY, facts)
    assert text.addressee == "王桂兰等5人"
    assert "你们如对本处理意见不服" in text.source
    assert "您" not in text.source


def test_refusal_gives_reason_basis_and_who_decides():
    assert lines(LetterKind.REFUSAL)[1:] == [
        "经审查，您与青禾合作社因土地承包经营权流转发生的纠纷应当通过仲裁解决。根据《信访工作条例》第二十三条、"
        "第三十一条第二项规定，我局不予受理。",
        "请您向云江县农村土地承包仲裁委员会提出。也可以依法向人民法院起诉。",
    ]


def test_no_longer_accepted_names_what_was_decided():
    text = lines(LetterKind.NO_LONGER)
    assert text[2] == "1.2026年9月1日，云江县农业农村局《信访处理意见书》（云农信〔2026〕12号）。"
    assert text[5] == (
        "您仍然以同一事实和理由提出投诉请求。根据《信访工作条例》第三十六条第三款规定，我局不再受理。"
    )


def test_a_superior_does_not_accept_again_what_is_being_handled():
    assert lines(LetterKind.ALREADY_HANDLED)[1] == (
        "经核查，该事项已由云江县农业农村局于2026年7月10日受理，正在办理，办理期限至2026年9月8日。"
        "根据《信访工作条例》第十九条第三款规定，我局不予重复受理。"
    )


def test_objection_gives_reasons_and_the_unit_that_should_have_it():
    text = letter_text(LetterKind.OBJECTION, of_kind(LetterKind.OBJECTION))
    assert text.addressee == BUREAU
    assert text.source.splitlines()[0].startswith("你局2026年7月3日以云信转〔2026〕8号转送的")
    assert "根据《信访工作条例》第二十三条第三款规定，现提出异议。" in text.source
    assert "建议转送云江县自然资源局处理。" in text.source


def test_the_sender_agrees_or_says_why_not():
    facts = of_kind(LetterKind.OBJECTION_DECISION)
    assert lines(LetterKind.OBJECTION_DECISION)[1] == (
        "同意你局提出的异议。请将相关材料交还我局。该事项由我局另行转送云江县自然资源局处理。"
    )
    refused = replace(
        facts,
        objection=replace(
            facts.objection, is_agreed=False, decision_reason="土地流转管理属于农业农村部门职责"
        ),
    )
    assert lines(LetterKind.OBJECTION_DECISION, refused)[1:] == [
        "不同意你局提出的异议。土地流转管理属于农业农村部门职责。",
        "请你局依规依法处理该事项，在规定期限内书面告知信访人接收情况以及处理途径和程序。",
    ]


def test_extension_tells_the_reason_and_the_new_day():
    assert lines(LetterKind.EXTENSION_NOTICE)[1] == (
        "因合作社账目须委托审计，审计尚未结束，情况复杂，根据《信访工作条例》第三十四条规定，经我局负责人批准，"
        "办理期限延长30日，至2026年10月8日。"
    )


def test_the_approval_form_shows_both_dates_and_leaves_room_to_sign():
    form = letter_text(LetterKind.EXTENSION_APPROVAL, FACTS).form
    cells = [cell.text for row in form for cell in row.cells]
    for text in ("王桂兰", "XF-AL-2026-00017", "2026年7月10日", "2026年9月8日", "30日", "2026年10月8日"):
        assert text in cells
    assert [row.cells[0].text for row in form if row.cells[-1].foot] == [
        "承办单位\n意见",
        "单位\n负责人\n意见",
    ]
    assert all(sum(cell.span for cell in row.cells) == 12 for row in form)


def test_reply_has_the_four_parts_of_article_32_and_the_right_of_article_35():
    text = lines(LetterKind.REPLY)
    headings = [line for line in text if line[1] == "、"]
    assert headings == [
        "一、投诉请求",
        "二、事实和理由",
        "三、处理意见",
        "四、法律法规依据",
        "五、申请复查的权利",
    ]
    assert (
        "根据《信访工作条例》第三十二条第一款第一项规定，您的请求事实清楚，符合法律、法规、规章或者其他有关规定，予以支持。"
        in text
    )
    assert text[-1] == (
        "您如对本处理意见不服，可以根据《信访工作条例》第三十五条规定，自收到本意见书之日起30日内，"
        "请求云江县人民政府复查。"
    )


@pytest.mark.parametrize(
    ("conclusion", "said"),
    [
        (
            Conclusion.EXPLAINED,
            "第三十二条第一款第二项规定，您的请求事由合理但缺乏法律依据，现作出解释说明。",
        ),
        (Conclusion.UNSUPPORTED, "第三十二条第一款第三项规定，您的请求缺乏事实根据或者不符合法律、法规"),
    ],
)
def test_reply_quotes_the_item_of_its_conclusion(conclusion, said):
    facts = replace(FACTS, reply=replace(FACTS.reply, conclusion=conclusion))
    assert said in letter_text(LetterKind.REPLY, facts).source


def test_a_review_is_taken_up_for_thirty_days():
    assert lines(LetterKind.REVIEW_ACCEPTANCE)[:2] == [
        "您对云江县农业农村局《信访处理意见书》（云农信〔2026〕12号）不服，就“反映柳溪镇柳树沟村土地流转费未付的问题”"
        "信访事项（编号：XF-AL-2026-00017）请求复查，本机关于2026年9月21日收到。",
        "经审查，该请求符合规定，本机关予以受理。根据《信访工作条例》第三十五条规定，本机关将自收到请求之日起30日内，即"
        "2026年10月21日前提出复查意见，并书面答复您。",
    ]


def test_only_of_a_re_review_the_time_of_a_hearing_is_left_out():
    facts = of_kind(LetterKind.REREVIEW_OPINION)
    text = letter_text(LetterKind.REVIEW_ACCEPTANCE, facts)
    assert text.title == "信访事项复核受理告知书"
    assert "举行听证的，听证所需时间不计算在内。" in text.source
    assert "听证" not in letter_text(LetterKind.REVIEW_ACCEPTANCE, of_kind(LetterKind.REVIEW_OPINION)).source


def test_a_review_that_is_not_taken_up_says_why():
    facts = replace(FACTS, review=replace(FACTS.review, refusal_reason="您的请求已超过30日的期限"))
    text = letter_text(LetterKind.REVIEW_ACCEPTANCE, facts)
    assert text.title == "信访事项复查不予受理告知书"
    assert text.source.endswith(
        "经审查，您的请求已超过30日的期限。根据《信访工作条例》第三十五条规定，我局对该复查请求不予受理。"
    )


def test_review_opinion_upholds_and_names_the_organ_of_re_review():
    text = lines(LetterKind.REVIEW_OPINION)
    assert text[:2] == ["申请人：王桂兰。", "被申请人：云江县农业农村局。"]
    assert "维持云江县农业农村局《信访处理意见书》（云农信〔2026〕12号）。" in text
    assert text[-1] == (
        "您如对本复查意见不服，可以根据《信访工作条例》第三十六条规定，自收到本意见书之日起30日内，"
        "向南江市人民政府请求复核。"
    )


def test_review_may_order_the_matter_to_be_handled_again():
    facts = of_kind(LetterKind.REVIEW_OPINION)
    facts = replace(facts, review=replace(facts.review, outcome=ReviewOpinion.REDONE))
    assert "责令云江县农业农村局对该事项重新办理。" in lines(LetterKind.REVIEW_OPINION, facts)


def test_re_review_ends_the_matter():
    text = lines(LetterKind.REREVIEW_OPINION)
    assert text[-2:] == [
        "六、终结告知",
        "根据《信访工作条例》第三十六条第三款规定，您对本复核意见不服，仍然以同一事实和理由提出投诉请求的，"
        "各级党委和政府信访部门和其他机关、单位不再受理。",
    ]
    assert FACTS.review.kind is ReviewKind.REVIEW


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (time(9, 30), "上午9时30分"), (time(9), "上午9时"), (time(12), "中午12时"), (time(14, 5), "下午2时05分"),
        (time(19), "晚上7时"), (None, ""),
    ],
)  # fmt: skip
def test_hours_are_written_by_the_part_of_the_day(hour, words):
    assert hour_text(hour) == words


def test_hearing_notice_names_time_place_and_basis():
    text = lines(LetterKind.HEARING_NOTICE)
    assert "根据《信访工作条例》第三十一条第六项规定" in text[0]
    assert text[1:3] == [
        "一、听证时间：2026年8月20日（星期四）上午9时30分。",
        "二、听证地点：云江县信访局二楼听证室。",
    ]
    facts = replace(FACTS, hearing=replace(FACTS.hearing, for_rereview=True))
    assert "听证所需时间不计算在复核期限内。" in lines(LetterKind.HEARING_NOTICE, facts)


def test_service_return_ticks_the_way_of_service_and_leaves_the_day_to_the_hand():
    form = letter_text(LetterKind.SERVICE_RETURN, FACTS).form
    cells = [cell.text for row in form for cell in row.cells]
    assert "■直接　□挂号邮寄　□留置　□电子　□公告" in cells
    assert "云农信〔2026〕12号" in cells
    (signed,) = [row.cells[1] for row in form if row.cells[0].text == "受送达人\n签收"]
    assert signed.text == ""
    assert "年　　月　　日" in signed.foot


def test_conclusion_report_answers_the_assignment_and_names_its_enclosures():
    text = letter_text(LetterKind.CONCLUSION_REPORT, of_kind(LetterKind.CONCLUSION_REPORT))
    assert text.title == "云江县农业农村局关于反映柳溪镇柳树沟村土地流转费未付问题信访事项办理情况的报告"
    assert text.source.startswith("你局2026年7月3日以云信交〔2026〕5号交办的")
    assert text.source.endswith("特此报告。")
    assert text.attachments == ("信访处理意见书", "送达回证")
    assert text.signer == "刘建国"


def test_mediation_is_of_both_sides_own_will_and_has_places_to_sign():
    text = letter_text(LetterKind.MEDIATION, FACTS)
    assert (
        "根据《信访工作条例》第三十三条规定，在平等、自愿的基础上，经云江县农业农村局于2026年8月25日"
        in text.source
    )
    assert [cell.text for cell in text.form[0].cells] == [
        "甲方签名（盖章）：",
        "乙方签名（盖章）：",
        "调解单位盖章：",
    ]
    assert text.signature == ""


def test_what_is_not_known_yet_stands_as_a_place_to_fill_in():
    facts = LetterFacts(issuer=UNIT, petition=replace(PETITION, request=""))
    source = letter_text(LetterKind.REPLY, facts).source
    for label in ("投诉请求", "受理日期", "处理意见", "法律法规依据", "复查机关", "处理结论"):
        assert f"〔请填写{label}〕" in source
