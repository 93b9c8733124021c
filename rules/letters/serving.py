"""送达回证: the day of service begins the 30 days of 复查 and 复核 (信访工作条例 art. 35, 36)."""

from rules.form_rows import pair, whole
from rules.letters.facts import LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import date_text
from rules.petition_words import DeliveryMethod

_DAY = "　　　　年　　月　　日"
_SIGN = f"签名或者盖章：　　　　　　{_DAY}"
NOTE = "注：自收到信访处理意见书之日起30日内可以请求复查，自收到复查意见书之日起30日内可以请求复核。"


def service_return(facts: LetterFacts) -> LetterText:
    """What is known is printed; the rest is written when the document is handed over."""
    service = facts.service
    received = date_text(service.received_on) if service.received_on else ""
    rows = (
        whole("送达文书", service.document),
        whole("发文字号", service.number),
        whole("事项编号", facts.petition.number),
        pair("受送达人", service.recipient, "送达单位", facts.issuer),
        whole("送达地点", service.place),
        whole("送达方式", _methods(service.method)),
        whole("受送达人\n签收", received, lines=4, foot=_SIGN),
        whole("代收人及\n与受送达\n人关系", "", lines=4, foot=_SIGN),
        whole("拒收事由\n和日期", "", lines=3, foot=f"见证人签名：　　　　　　{_DAY}"),
        whole("送达人", service.server, lines=2, foot=f"签名：　　　　　　{_DAY}"),
        whole("备注", ""),
    )
    return LetterText(title="信访文书送达回证", form=rows, below=NOTE)


def _methods(chosen: DeliveryMethod | None) -> str:
    """■直接　□挂号邮寄　□留置　□电子　□公告"""
    words = ((method, method.label.removesuffix("送达")) for method in DeliveryMethod)
    return "　".join(f"{'■' if method is chosen else '□'}{word}" for method, word in words)
