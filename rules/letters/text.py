"""The text of a letter: what a clerk may edit (`source`) between what stands fixed."""

from dataclasses import dataclass
from datetime import date

from rules.form_rows import FormRow


@dataclass(frozen=True)
class LetterText:
    """`source` are plain lines, numbered as `rules.bulletin_outline` reads them: 一、 （一） 1. （1）.

    `form` is the whole of a form, and the signing places under an agreement; `below` a line under it. `note` is the
    附注 without its brackets. `mark` is whose 纪要 it is, without that word. An empty part is left out; a form has no
    signature.
    """

    title: str
    source: str = ""
    addressee: str = ""
    form: tuple[FormRow, ...] = ()
    below: str = ""
    attachments: tuple[str, ...] = ()
    signature: str = ""
    day: date | None = None
    note: str = ""
    copies_to: str = ""
    signer: str = ""
    mark: str = ""
