"""Whether a paper of the office may be issued: nothing goes out half empty, or to whom an accusation names."""

from collections.abc import Iterable

from rules.errors import RuleViolation
from rules.letters.accusation import REFUSAL, names_any_of, split_names
from rules.letters.kinds import LetterPage
from rules.letters.required import LONGEST_SOURCE, SOURCE, forbidden_words
from rules.papers.kinds import PaperKind

LONGEST_TITLE, LONGEST_NAMES = 120, 300


def paper_problems(
    kind: PaperKind, *, title: str, addressee: str, copies_to: str, source: str, accused: Iterable[str] = ()
) -> list[RuleViolation]:
    """Everything that stands against issuing it now, each at its field. `accused` are names of whom the matters that it
    rests on accuse, with the offices below (条例第三十条第三款)."""
    found = [*_empty(kind, title, addressee, source), *paper_leaks(addressee, copies_to, accused)]
    found += [RuleViolation(message, SOURCE) for message in forbidden_words(source)]
    return found


def paper_leaks(addressee: str, copies_to: str, accused: Iterable[str]) -> list[RuleViolation]:
    """Where it would go to whom an accusation names, or in copy to him."""
    names = list(accused)
    given = (("addressee", addressee), ("copies_to", copies_to))
    return [RuleViolation(REFUSAL, field) for field, text in given if names_any_of(split_names(text), names)]


def require_lengths(title: str, addressee: str, copies_to: str, source: str) -> None:
    """Raises RuleViolation at the field."""
    for field, text, most in (
        ("title", title, LONGEST_TITLE),
        ("addressee", addressee, LONGEST_NAMES),
        ("copies_to", copies_to, LONGEST_NAMES),
        (SOURCE, source, LONGEST_SOURCE),
    ):
        if len(text) > most:
            raise RuleViolation(f"最多 {most} 个字，现有 {len(text)} 个。", field)


def needs_addressee(kind: PaperKind) -> bool:
    """A record of what was said, and minutes, go to nobody."""
    return kind.rule.page is not LetterPage.PLAIN and kind is not PaperKind.MINUTES


def _empty(kind: PaperKind, title: str, addressee: str, source: str) -> list[RuleViolation]:
    found = [] if title.strip() else [RuleViolation("请填写标题。", "title")]
    if needs_addressee(kind) and not addressee.strip():
        found.append(RuleViolation("请填写主送单位。", "addressee"))
    return found if source.strip() else [*found, RuleViolation("请写正文。", SOURCE)]
