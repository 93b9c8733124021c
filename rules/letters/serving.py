"""送达回证: the day of service begins the 30 days of 复查 and 复核 (信访工作条例 art. 35, 36)."""

from rules.letters.extending import pair, whole
from rules.letters.facts import LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import date_text
from rules.petition_words import ServiceMethod

_DAY = "　　　　年　　月　　日"
_SIGN = f"签名或者盖章：　　　　　　{_DAY}"
NOTE = "注：受送达人自收到信访处理意见书之日起30日内可以请求复查，自收到复查意见书之日起30日内可以请求复核。收到日期以本回证记载为准。"


def service_return(facts: LetterFacts) -> LetterText:
    """What is known is printed; the rest is written when the document is handed over."""
    service = facts.service
    received = date_text(service.received_on) if service.received_on else ""
    rows = (
        whole("送达文书", service.document, lines=2),
        pair("发文字号", service.number, "事项编号", facts.petition.number),
        pair("送达单位", facts.issuer, "受送达人", service.recipient),
        whole("送达地点", service.place, lines=2),
        whole("送达方式", _methods(service.method)),
        whole("受送达人\n签收", received, lines=5, foot=_SIGN),
        whole("代收人签收\n及与受送达\n人的关系", "", lines=5, foot=_SIGN),
        whole("拒收事由\n和日期", "", lines=4, foot=f"见证人签名：　　　　　　{_DAY}"),
        whole("送达人", service.server, lines=3, foot=f"签名：　　　　　　{_DAY}"),
        whole("备注", "", lines=2),
    )
    return LetterText(title="信访文书送达回证", form=rows, below=NOTE)


def _methods(chosen: ServiceMethod | None) -> str:
    """□直接送达 ☑挂号邮寄"""
    return "　".join(f"{'☑' if method is chosen else '□'}{method.label}" for method in ServiceMethod)
