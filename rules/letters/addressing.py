"""To whom a letter goes, and how it says what was received."""

from rules.letters.facts import LetterFacts, PetitionFacts
from rules.letters.text import LetterText
from rules.letters.wording import contact_note, date_text, filled, named, petitioner_you, we


def source_text(petition: PetitionFacts) -> str:
    """来访, 来信, 来电, 通过网上信访"""
    return "通过网上信访" if petition.source == "网上" else petition.source


def received_sentence(facts: LetterFacts) -> str:
    """您来访提出的“……”信访事项（编号：…），由云江县信访局于2026年7月3日转送，我局于2026年7月5日收到。"""
    petition, passing = facts.petition, facts.passing
    passed = (
        f"由{passing.sender}于{date_text(passing.sent_on, '转送日期')}{passing.means}，"
        if passing.sender
        else ""
    )
    return (
        f"{petitioner_you(petition)}{source_text(petition)}提出的{named(petition)}，{passed}"
        f"{we(facts.issuer)}于{date_text(petition.received_on, '收到日期')}收到。"
    )


def to_petitioner(facts: LetterFacts, title: str, lines: list[str]) -> LetterText:
    """A letter whose addressee is the petitioner, by the name as it shall be printed."""
    return LetterText(
        title=title,
        source="\n".join(lines),
        addressee=filled(facts.petition.petitioner, "信访人"),
        attachments=facts.attachments,
        signature=facts.issuer,
        day=facts.day,
        copies_to=facts.copies_to,
    )


def to_unit(facts: LetterFacts, title: str, unit: str, lines: list[str]) -> LetterText:
    """A letter to an office; the 附注 says whom to ask."""
    return LetterText(
        title=title,
        source="\n".join(lines),
        addressee=filled(unit, "主送单位"),
        attachments=facts.attachments,
        signature=facts.issuer,
        day=facts.day,
        note=contact_note(facts),
        copies_to=facts.copies_to,
    )
