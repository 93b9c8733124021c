"""信访处理意见书: the four parts of art. 32, and the right of art. 35."""

from rules.letters.addressing import received_sentence, to_petitioner
from rules.letters.facts import LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import (
    article,
    date_text,
    filled,
    paragraphs,
    petitioner_you,
    we,
)
from rules.petition_words import Conclusion

CONCLUSIONS = {
    Conclusion.SUPPORTED: (
        "第三十二条第一款第一项",
        "请求事实清楚，符合法律、法规、规章或者其他有关规定，予以支持",
    ),
    Conclusion.EXPLAINED: ("第三十二条第一款第二项", "请求事由合理但缺乏法律依据，现作出解释说明"),
    Conclusion.UNSUPPORTED: (
        "第三十二条第一款第三项",
        "请求缺乏事实根据或者不符合法律、法规、规章或者其他有关规定，不予支持",
    ),
}
"""Item of art. 32, and its words."""


def reply(facts: LetterFacts) -> LetterText:
    petition, found, us = facts.petition, facts.reply, we(facts.issuer)
    lines = [
        f"{received_sentence(facts)}{us}于{date_text(facts.due.accepted_on, '受理日期')}受理，现已办理完毕。"
        f"根据{article('第三十一条第六项、第三十二条')}规定，提出以下处理意见：",
        "一、投诉请求",
        paragraphs(petition.request, "投诉请求"),
        "二、事实和理由",
        paragraphs(found.found, "事实和理由"),
        "三、处理意见",
        _conclusion(facts),
        paragraphs(found.opinion, "处理意见"),
        "四、法律法规依据",
        paragraphs(found.basis, "法律法规依据"),
        "五、申请复查的权利",
        remedy(facts),
    ]
    return to_petitioner(facts, "信访处理意见书", lines)


def remedy(facts: LetterFacts) -> str:
    """Art. 35, with the organ's name."""
    return (
        f"{petitioner_you(facts.petition)}如对本处理意见不服，可以根据{article('第三十五条')}规定，自收到本意见书之日起"
        f"30日内，请求{filled(facts.reply.review_organ, '复查机关')}复查。"
    )


def _conclusion(facts: LetterFacts) -> str:
    found = facts.reply.conclusion
    if found is None:
        return f"{filled('', '处理结论')}。"
    place, words = CONCLUSIONS[found]
    return f"根据{article(place)}规定，{petitioner_you(facts.petition)}的{words}。"
