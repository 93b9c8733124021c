"""The closed lists of the registers."""

import pickle

import pytest

from rules.errors import RuleViolation
from rules.taxonomy import (
    Labelled,
    LeaderReceptionMode,
    Outcome,
    Purpose,
    ReceptionType,
    SessionMode,
    UnitCategory,
    VisitKind,
)


@pytest.mark.parametrize(
    ("vocabulary", "labels"),
    [
        (ReceptionType, "日常接访/领导接访/村级接访/下沉接访"),
        (VisitKind, "初访/重访"),
        (Purpose, "申诉/求决/揭发控告/意见建议/其他"),
        (Outcome, "现场解决/限期化解/梳理上报/转送办理/解释引导"),
        (SessionMode, "有访接访/无访说案/无案说事/无事排查"),
        (LeaderReceptionMode, "定点接访/重点约访/带案下访/下沉接访"),
        (UnitCategory, "县委县政府/县信访局/县直单位/乡镇/街道/村/社区/外部单位"),
    ],
)
def test_the_words_are_those_of_the_sheets(vocabulary, labels):
    assert "/".join(vocabulary.labels()) == labels


@pytest.mark.parametrize("vocabulary", Labelled.__subclasses__())
def test_codes_are_short_ascii_and_lead_back_to_their_member(vocabulary):
    for code, label in vocabulary.choices():
        assert code.isascii() and len(code) <= 20
        assert vocabulary(code) is vocabulary.from_label(label)
        assert pickle.loads(pickle.dumps(vocabulary(code))) is vocabulary(code)


def test_a_member_is_its_code_wherever_text_is_stored():
    assert Outcome.COMMITTED == "committed"
    assert f"{Outcome.COMMITTED}" == "committed"
    assert Outcome.COMMITTED.label == "限期化解"


def test_an_unknown_word_is_refused_with_the_possible_ones():
    with pytest.raises(RuleViolation) as refused:
        VisitKind.from_label("三访", "visit_kind")
    assert refused.value.message == "“三访”不在可选项中，可填：初访、重访。"
    assert refused.value.field == "visit_kind"


def test_blanks_around_a_word_are_forgiven():
    assert VisitKind.from_label(" 初访 ") is VisitKind.FIRST
