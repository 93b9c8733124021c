"""Words that the letters share: dates, names of offices, and what stands where something is not known yet."""

import re
from datetime import date, time

from rules.letters.facts import EarlierOpinion, LetterFacts, PetitionFacts

REGULATION = "《信访工作条例》"
BLANK = "〔请填写"
"""Begins what stands for a missing value; no letter may be issued with it."""

_WEEKDAYS = "一二三四五六日"
_PARTS_OF_DAY = ((12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
"""Before which hour, and its word."""
_STOPS = "。．.；;，, 　\n"


def filled(value: str, label: str) -> str:
    """The value, or 〔请填写处理意见〕."""
    return value.strip() or f"{BLANK}{label}〕"


def date_text(day: date | None, label: str = "日期") -> str:
    """2026年7月5日: Arabic digits, no leading zeros (GB/T 15835, GB/T 9704 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日" if day else filled("", label)


def moment_text(day: date, starts_at: time | None) -> str:
    """2026年8月20日（星期四）上午9时30分; the day alone where the hour is not known."""
    return f"{date_text(day)}（星期{_WEEKDAYS[day.weekday()]}）{hour_text(starts_at)}"


def hour_text(hour: time | None) -> str:
    """上午9时, 中午12时30分, 下午2时, 晚上7时05分; "" for none."""
    if hour is None:
        return ""
    part = next(word for until, word in _PARTS_OF_DAY if hour.hour < until)
    minutes = f"{hour.minute:02}分" if hour.minute else ""
    return f"{part}{hour.hour if hour.hour <= 12 else hour.hour - 12}时{minutes}"


def sentence(value: str, label: str) -> str:
    """The value without the stops at its end, for a place inside a sentence."""
    return filled(value.strip().rstrip(_STOPS), label)


def paragraphs(value: str, label: str) -> str:
    """Lines as they were written, each ending with a stop."""
    lines = [" ".join(line.split()) for line in value.splitlines() if line.strip()]
    return "\n".join(map(_stopped, lines)) or f"{filled('', label)}。"


def we(issuer: str) -> str:
    """我局, 我委, 我单位; a government speaks of itself as 本机关."""
    if issuer.endswith("人民政府"):
        return "本机关"
    return f"我{_short(issuer)}"


def you(unit: str) -> str:
    """你局, 你委, 你单位: to an office."""
    return f"你{_short(unit)}"


def petitioner_you(petition: PetitionFacts) -> str:
    """您, and 你们 to several."""
    return "您" if petition.persons == 1 else "你们"


def named(petition: PetitionFacts) -> str:
    """“反映……的问题”信访事项（编号：…）"""
    return (
        f"“{sentence(petition.title, '事项标题')}”信访事项（编号：{filled(petition.number, '信访事项编号')}）"
    )


def topic(petition: PetitionFacts) -> str:
    """Of a title: 反映……问题, without the 的 before 问题."""
    title = sentence(petition.title, "事项标题")
    return re.sub(r"的问题$", "问题", title)


def opinion_text(opinion: EarlierOpinion | None, label: str) -> str:
    """云江县自然资源局《信访处理意见书》（云自信〔2026〕12号）"""
    if opinion is None:
        return filled("", label)
    return f"{opinion.unit}《{opinion.name}》（{opinion.number}）"


def enquiry(facts: LetterFacts) -> str:
    """How the petitioner asks how the matter stands (信访工作条例 art. 18, 21)."""
    where = f"或者到{facts.address}" if facts.address.strip() else ""
    return (
        f"{petitioner_you(facts.petition)}可以凭信访事项编号，拨打电话{filled(facts.telephone, '联系电话')}"
        f"{where}查询办理情况。"
    )


def contact_note(facts: LetterFacts) -> str:
    """附注 of a letter to an office: whom to ask."""
    who = f"联系人：{facts.contact}；" if facts.contact else ""
    return f"{who}联系电话：{facts.telephone}" if facts.telephone else who.rstrip("；")


def article(place: str) -> str:
    """《信访工作条例》第三十四条"""
    return f"{REGULATION}{place}"


def _short(name: str) -> str:
    for ending, word in (("委员会", "委"), ("办公室", "办"), ("局", "局"), ("委", "委"), ("办", "办")):
        if name.endswith(ending) and not name.endswith(("村民委员会", "居民委员会")):
            return word
    return "单位"


def _stopped(line: str) -> str:
    return line if line[-1] in "。！？；：）”" else f"{line}。"
