"""The title on its lines, the same as on the printed page."""

from documents.official.title_lines import title_lines

MOST_CHARACTERS = 20
"""Of 2号 in 156 mm."""


def lines_of_title(title: str, most: int = MOST_CHARACTERS) -> list[str]:
    """Lines that the title brings stay apart."""
    given = [line.strip() for line in title.splitlines() if line.strip()]
    return [line for part in given for line in title_lines(part, most)]
