"""No letter is issued half empty: required values, required words of the edited text, and who may never get it."""

from dataclasses import replace
from datetime import date

import pytest

from rules.errors import RuleViolations
from rules.letters.accusation import REFUSAL, leaks
from rules.letters.facts import LetterFacts
from rules.letters.issued import IssuedLetter, from_json, to_json
from rules.letters.kinds import LetterKind, LetterPage
from rules.letters.required import missing, problems, require_ready, text_problems
from rules.letters.texts import letter_text
from rules.petition_words import HandlingClass, MatterClass
from tests.letter_facts import FACTS, UNIT, of_kind


def messages(kind: LetterKind, facts: LetterFacts, source: str | None = None) -> list[tuple[str | None, str]]:
    text = letter_text(kind, facts)
    if source is not None:
        text = replace(text, source=source)
    return [(found.field, found.message) for found in problems(kind, facts, text)]


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_complete_letter_may_be_issued(kind):
    facts = of_kind(kind)
    require_ready(kind, facts, letter_text(kind, facts))


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_from_nothing_may_not(kind):
    facts = LetterFacts()
    assert "petition.number" in [found.field for found in missing(kind, facts)]
    with pytest.raises(RuleViolations):
        require_ready(kind, facts, letter_text(kind, facts))


@pytest.mark.parametrize("kind", [k for k in LetterKind if k.rule.page is not LetterPage.FORM])
def test_an_emptied_text_may_not(kind):
    facts = of_kind(kind)
    assert {found.field for found in text_problems(kind, facts, "特此告知。")} == {"source"}


@pytest.mark.parametrize(
    ("kind", "path", "part", "message"),
    [
        (LetterKind.ASSIGN, "passing.feedback_by", "passing", "请填写反馈期限。"),
        (LetterKind.ACCEPTANCE, "petition.handling", "petition", "请填写办理类别。"),
        (LetterKind.ACCEPTANCE, "due.accepted_on", "due", "请填写受理日期。"),
        (LetterKind.REFUSAL, "refusal.competent", "refusal", "请填写有权处理的机关、单位。"),
        (LetterKind.ALREADY_HANDLED, "ongoing.due_on", "ongoing", "请填写办理期限。"),
        (LetterKind.OBJECTION, "objection.received_on", "objection", "请填写收到日期。"),
        (LetterKind.EXTENSION_NOTICE, "extension.approver", "extension", "请填写批准的负责人。"),
        (LetterKind.REPLY, "reply.review_organ", "reply", "请填写复查机关。"),
        (LetterKind.REVIEW_OPINION, "review.next_organ", "review", "请填写复核机关。"),
        (LetterKind.REREVIEW_OPINION, "review.outcome", "review", "请填写维持、撤销、变更或者责令重办。"),
        (LetterKind.HEARING_NOTICE, "hearing.place", "hearing", "请填写听证地点。"),
        (LetterKind.SERVICE_RETURN, "service.document", "service", "请填写送达文书名称。"),
        (LetterKind.MEDIATION, "mediation.second_party", "mediation", "请填写乙方。"),
    ],
)
def test_a_missing_value_is_named_at_its_field(kind, path, part, message):
    facts = of_kind(kind)
    name = path.split(".")[1]
    old = getattr(facts, part)
    empty = "" if type(getattr(old, name)) is str else None
    facts = replace(facts, **{part: replace(old, **{name: empty})})
    assert (path, message) in messages(kind, facts)


def test_no_longer_needs_the_earlier_opinions():
    facts = replace(of_kind(LetterKind.NO_LONGER), earlier=())
    assert ("earlier", "请填写原处理、复查、复核意见。") in messages(LetterKind.NO_LONGER, facts)


def test_a_disagreement_needs_its_reason():
    facts = of_kind(LetterKind.OBJECTION_DECISION)
    facts = replace(facts, objection=replace(facts.objection, is_agreed=False))
    found = messages(LetterKind.OBJECTION_DECISION, facts)
    assert ("objection.decision_reason", "不同意异议的，请写明理由。") in found
    assert ("objection.is_agreed", "请填写同意或者不同意。") not in found


REPLY = letter_text(LetterKind.REPLY, FACTS).source


def test_the_clerk_may_rewrite_the_parts_of_a_reply():
    edited = REPLY.replace("四、法律法规依据", "四、法律依据").replace(
        "二、事实和理由", "二、调查的事实和理由"
    )
    edited = edited.replace("责成柳溪镇人民政府", "（一）责成柳溪镇人民政府")
    assert messages(LetterKind.REPLY, FACTS, edited) == []


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("一、投诉请求", "投诉请求"),
        ("二、事实和理由", "事实和理由"),
        ("三、处理意见", "处理意见"),
        ("四、法律法规依据", "法律法规依据"),
    ],
)
def test_a_reply_without_one_of_its_four_parts_is_refused(heading, label):
    found = messages(LetterKind.REPLY, FACTS, REPLY.replace(f"{heading}\n", ""))
    assert found == [("source", f"正文缺少“{label}”部分，请写明。")]


def test_a_heading_with_nothing_under_it_is_no_part():
    body = REPLY.replace("督促青禾合作社支付2025年度土地流转费15200元。\n", "", 1)
    assert messages(LetterKind.REPLY, FACTS, body) == [("source", "正文缺少“投诉请求”部分，请写明。")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("30日内，请求云江县人民政府复查", "60日内，请求云江县人民政府复查"),
        ("请求云江县人民政府复查", "请求上一级机关复查"),
    ],
)
def test_the_right_to_review_keeps_its_days_and_its_organ(old, new):
    assert messages(LetterKind.REPLY, FACTS, REPLY.replace(old, new)) == [
        ("source", "正文没有写明申请复查的权利、期限和复查机关，请补上。")
    ]


def test_the_last_word_of_a_re_review_may_not_be_taken_out():
    kind = LetterKind.REREVIEW_OPINION
    facts = of_kind(kind)
    source = letter_text(kind, facts).source.replace("不再受理", "另行答复")
    assert ("source", "正文没有写明终结告知（同一事实和理由不再受理），请补上。") in messages(
        kind, facts, source
    )


def test_a_place_that_was_not_filled_in_is_refused():
    facts = replace(FACTS, reply=replace(FACTS.reply, opinion=""))
    assert messages(LetterKind.REPLY, facts) == [("source", "正文里还有“处理意见”没有填写。")]


def test_identity_numbers_and_secrecy_marks_stay_out():
    found = messages(LetterKind.REPLY, FACTS, f"{REPLY}\n信访人证件号110101199003071234。\n机密★3年")
    assert [message[:9] for _, message in found] == ["正文里有身份证件号", "本系统不得存储、处"]


def test_an_extension_is_at_most_thirty_days_and_adds_up():
    kind = LetterKind.EXTENSION_NOTICE
    longer = replace(FACTS, extension=replace(FACTS.extension, days=31))
    assert ("extension.days", "延长期限不得超过30日（《信访工作条例》第三十四条）。") in messages(
        kind, longer
    )
    wrong = replace(FACTS, extension=replace(FACTS.extension, new_due_on=date(2026, 10, 9)))
    assert messages(kind, wrong) == [("extension.new_due_on", "原办理期限加上延长天数应为2026年10月8日。")]
    late = replace(FACTS, extension=replace(FACTS.extension, approved_on=date(2026, 9, 9)))
    assert messages(kind, late) == [("extension.approved_on", "延期应当在原办理期限届满以前批准。")]


def test_sixty_days_are_not_more():
    facts = replace(FACTS, due=replace(FACTS.due, due_on=date(2026, 9, 9)))
    assert messages(LetterKind.ACCEPTANCE, facts) == [
        (
            "due.due_on",
            "自受理之日起60日内办结，办理期限不得晚于2026年9月8日（《信访工作条例》第三十四条）。",
        )
    ]


def test_only_matters_of_item_six_get_an_opinion():
    facts = replace(FACTS, petition=replace(FACTS.petition, handling=HandlingClass.LITIGATION))
    assert [field for field, _ in messages(LetterKind.REPLY, facts)] == ["petition.handling"]


def test_nobody_reviews_his_own_opinion():
    facts = replace(FACTS, reply=replace(FACTS.reply, review_organ=UNIT))
    assert ("reply.review_organ", "复查机关是本单位的上一级机关、单位，不能是本单位。") in messages(
        LetterKind.REPLY, facts
    )
    own = replace(of_kind(LetterKind.REVIEW_OPINION), issuer=UNIT)
    assert ("issuer", "复查、复核不能由作出原意见的单位办理。") in messages(LetterKind.REVIEW_OPINION, own)


def accusing(*accused: str, kind: LetterKind = LetterKind.FORWARD, **passing: object) -> LetterFacts:
    facts = of_kind(kind)
    petition = replace(facts.petition, matter_class=MatterClass.ACCUSATION, handling=None, accused=accused)
    return replace(facts, petition=petition, passing=replace(facts.passing, **passing))


@pytest.mark.parametrize("kind", [LetterKind.FORWARD, LetterKind.ASSIGN, LetterKind.DISPATCH_NOTICE])
def test_an_accusation_never_goes_to_the_accused(kind):
    (found,) = leaks(kind, accusing("云江县农业农村局", kind=kind))
    assert (found.field, found.message) == ("passing.unit", REFUSAL)


def test_nor_to_an_office_below_it_nor_in_copy_nor_to_the_person():
    below = accusing("云江县农业农村局", unit="柳溪镇农业站", unit_line=("云江县 农业农村局",))
    assert [p.field for p in leaks(LetterKind.FORWARD, below)] == ["passing.unit"]
    copied = replace(accusing("柳溪镇人民政府"), copies_to="云江县人民政府，柳溪镇人民政府。")
    assert [p.field for p in leaks(LetterKind.FORWARD, copied)] == ["copies_to"]
    person = accusing("周立", unit="云江县农业农村局周立")
    assert [p.field for p in leaks(LetterKind.FORWARD, person)] == ["passing.unit"]


@pytest.mark.parametrize("copy", ["柳溪镇", "柳溪镇党委", "柳溪镇党政综合科"])
def test_an_office_is_the_accused_under_each_of_its_names(copy):
    facts = replace(accusing("柳溪镇政府", unit="云江县住建局", unit_line=()), copies_to=copy)
    assert [p.field for p in leaks(LetterKind.FORWARD, facts)] == ["copies_to"]


def test_the_organ_that_watches_the_accused_may_have_it():
    near = replace(accusing("柳溪镇政府"), copies_to="云江县纪委监委派驻柳溪镇纪检监察组")
    assert leaks(LetterKind.FORWARD, near) == []
    watching = accusing("云江县农业农村局", unit="云江县纪委监委驻云江县农业农村局纪检监察组", unit_line=())
    assert leaks(LetterKind.FORWARD, watching) == []


def test_other_matters_may_go_to_the_unit_they_are_about():
    facts = of_kind(LetterKind.FORWARD)
    facts = replace(facts, petition=replace(facts.petition, accused=(UNIT,)))
    assert leaks(LetterKind.FORWARD, facts) == []


@pytest.mark.parametrize("kind", list(LetterKind))
def test_an_issued_letter_is_one_string_and_comes_back_the_same(kind):
    letter = IssuedLetter(kind, UNIT, letter_text(kind, of_kind(kind)), number="云农信〔2026〕12号")
    content = to_json(letter)
    assert from_json(content) == letter
    assert to_json(from_json(content)) == content


def test_another_format_is_not_read_and_a_form_bears_no_seal():
    text = letter_text(LetterKind.SERVICE_RETURN, FACTS)
    with pytest.raises(ValueError, match="no seal"):
        to_json(IssuedLetter(LetterKind.SERVICE_RETURN, UNIT, text, seal_millimetres=42.0))
    with pytest.raises(ValueError, match="unknown format"):
        from_json('{"format":2}')
