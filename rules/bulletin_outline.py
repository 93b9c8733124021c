"""Plain lines as the headings and paragraphs of an official document (GB/T 9704-2012, 7.3.3).

The four levels are 一、 （一） 1. （1）. A heading stands alone on its line or runs into its paragraph:
“（一）提高认识。各单位要……”.
"""

import re
from dataclasses import dataclass

_CHINESE = "[一二三四五六七八九十百]+"
_NUMBERS = (
    (1, re.compile(rf"{_CHINESE}、")),
    (2, re.compile(rf"[（(]{_CHINESE}[）)]")),
    (3, re.compile(r"[0-9０-９]{1,2}[.．、](?![0-9０-９])")),
    (4, re.compile(r"[（(][0-9０-９]{1,2}[）)]")),
)
LONGEST_HEADING = 40
"""Characters, number included: more than a line and a half is no heading."""

_SENTENCE_ENDS = "。；：！？…，、"
_LEAD = re.compile(r"([^。；：0-9０-９]+。)(.+)", re.DOTALL)


@dataclass(frozen=True)
class Outlined:
    """`lead` is set in the face of `level`, `text` as body. Alone on its line a heading has no `text`;
    level 0 is a plain paragraph without lead. `lead + text` is the line."""

    level: int
    lead: str
    text: str

    @property
    def stands_alone(self) -> bool:
        return bool(self.lead) and not self.text


def outlined(line: str) -> Outlined:
    """What a line is. A numbered sentence (“1.柳溪镇应开12场，实开10场。”) is a plain paragraph, and so is one
    whose first sentence holds figures: a heading names a subject, it does not report."""
    level, number = _numbered(line)
    if not level:
        return Outlined(0, "", line)
    rest = line[len(number) :]
    if rest and rest[-1] not in _SENTENCE_ENDS and "。" not in rest and len(line) <= LONGEST_HEADING:
        return Outlined(level, line, "")
    lead = _LEAD.fullmatch(rest)
    if lead and len(number) + len(lead[1]) <= LONGEST_HEADING:
        return Outlined(level, number + lead[1], lead[2])
    return Outlined(0, "", line)


_ATTACHMENT = re.compile(r"附件\s*[0-9０-９]{0,2}\s*[：:]\s*(?:[0-9０-９]{1,2}[.．、]\s*)?(.+)")


def attachment_name(line: str) -> str:
    """What a line “附件1：各乡镇（街道）村级接访情况表” begins: everything after it stands on pages of its own
    (7.3.4, 7.3.7). "" for any other line."""
    found = _ATTACHMENT.fullmatch(line.strip())
    return found[1].rstrip("。；;，, ") if found else ""


def _numbered(line: str) -> tuple[int, str]:
    for level, pattern in _NUMBERS:
        if found := pattern.match(line):
            return level, found[0]
    return 0, ""
