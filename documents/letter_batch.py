"""Many letters in one file, as a print of its own or as slices of a long one."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf

from documents.drawn import Drawn, Part
from documents.letter_pages import letter_files


def whole_letters(_head: dict[str, Any], letters: Sequence[tuple[str, bytes | None]]) -> bytes:
    """`letters` are content and seal of each. Raises what `letter_files` raises."""
    return letter_files(letters)


def letters_slice(head: dict[str, Any], letters: Sequence[tuple[str, bytes | None]], _part: Part) -> Drawn:
    """Some letters of a long print; each counts its own pages."""
    content = whole_letters(head, letters)
    with pikepdf.open(BytesIO(content)) as file:
        return Drawn(content, len(letters), len(file.pages))
