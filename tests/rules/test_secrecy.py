"""No mark of a state secret is taken, however it is spaced; words that only speak of secrecy pass."""

import pytest

from rules.errors import RuleViolation
from rules.secrecy import refuse_secrecy_marks


@pytest.mark.parametrize(
    "text",
    [
        "机密★3年",
        "机 密★3年",
        "关于接访的通报\n秘　密\n正文",
        "机\u00a0密",
        "【绝密】",
        "（秘密）",
        "秘密 1年",
        "绝　密　长期",
        "密级：机密",
        "密 级: 秘 密",
        "本件密级为秘密。",
        "本件为机密级。",
        "本件为 机 密 级，不得外传。",
        "按秘密级管理",
        "机密＊",
    ],
)
def test_a_mark_is_refused(text):
    with pytest.raises(RuleViolation, match="不能填写密级") as refusal:
        refuse_secrecy_marks(text, "source")
    assert refusal.value.field == "source"


@pytest.mark.parametrize(
    "text",
    [
        "要严格遵守保密纪律。",
        "由县政府办秘书科负责。",
        "注意保密，注意机密性。",
        "工作秘密不得外传。",
        "内部资料 注意保存",
        "涉及国家秘密、商业秘密的不予公开。",
        "泄露秘密的，依法追究责任。",
        "县机要密码局",
        "接待来访 12 批",
    ],
)
def test_words_that_only_speak_of_secrecy_pass(text):
    refuse_secrecy_marks(text, "source")
