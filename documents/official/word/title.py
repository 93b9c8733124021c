"""The title on its lines."""

import math

MOST_SIGNS = 20
"""Of 2号 in 156 mm."""


def lines_of_title(title: str) -> list[str]:
    """The given lines, or as few as hold it, of about the same length."""
    given = [line.strip() for line in title.splitlines() if line.strip()]
    return [line for part in given for line in _even_lines(part)]


def _even_lines(text: str) -> list[str]:
    count = math.ceil(len(text) / MOST_SIGNS)
    size = math.ceil(len(text) / count)
    return [text[start : start + size] for start in range(0, len(text), size)]
