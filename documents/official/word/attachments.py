"""附件说明 below the text (7.3.4) and the attachments on pages of their own (7.3.7)."""

from documents.official.content import Attachment, Table
from documents.official.word.blocks import Flow
from documents.official.word.elements import Element
from documents.official.word.layout import Layout, paragraph
from documents.official.word.measures import CHARACTER
from documents.official.word.signature import empty_lines
from documents.official.word.title import lines_of_title

_WORD = "附件："
_NUMBER, _LONG_NUMBER = CHARACTER * 5 // 4, CHARACTER * 7 // 4
"""1. and 10. with what separates them from the name."""


def attachment_list(attachments: tuple[Attachment, ...]) -> list[Element]:
    """Below an empty line; names begin under each other and turn over under themselves, without end marks."""
    if not attachments:
        return []
    begins = 2 * CHARACTER + len(_WORD) * CHARACTER
    names = [attachment.name.rstrip("。；，") for attachment in attachments]
    if len(names) == 1:
        layout = Layout(left=begins, hanging=begins - 2 * CHARACTER)
        return [*empty_lines(1), paragraph("AttachmentList", f"{_WORD}{names[0]}", layout=layout)]
    number = _NUMBER if len(names) < 10 else _LONG_NUMBER
    return [
        *empty_lines(1),
        *(
            paragraph(
                "AttachmentList",
                f"{_WORD if place == 1 else ''}{place}.\t{name}",
                layout=Layout(
                    left=begins + number, hanging=number + (begins - 2 * CHARACTER if place == 1 else 0)
                ),
            )
            for place, name in enumerate(names, start=1)
        ),
    ]


def add_attachments(flow: Flow, attachments: tuple[Attachment, ...]) -> None:
    """附件1 at the top, the title on the third line; a turned table takes both onto its own page."""
    for place, attachment in enumerate(attachments, start=1):
        if not attachment.body:
            continue
        label = f"附件{place}" if len(attachments) > 1 else "附件"
        heading = [
            paragraph("AttachmentLabel", label),
            paragraph("AttachmentTitle", "\n".join(lines_of_title(attachment.name))),
        ]
        first = attachment.body[0]
        if isinstance(first, Table) and first.landscape:
            flow.turn(heading)
            flow.stretches[-1].elements += flow.turned_elements(first)
            flow.add_blocks(attachment.body[1:])
        else:
            flow.add(heading)
            flow.add_blocks(attachment.body)
