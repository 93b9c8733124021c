"""Characters that no installed font has: they would print as a box and copy out wrong. To be shown before export."""

from collections.abc import Iterator
from functools import cache

from documents.official.content import Block, Chart, Form, Heading, OfficialDocument, Paragraph, Table
from documents.official.typefaces import installed_faces
from documents.page import chinese_date


def uncovered(document: OfficialDocument) -> list[tuple[str, str]]:
    """(character, place in words), each character once, where it first stands; [] when all can be printed."""
    found: dict[str, str] = {}
    for place, text in _texts(document):
        for character in text:
            if not character.isspace() and ord(character) not in _covered():
                found.setdefault(character, place)
    return list(found.items())


@cache
def _covered() -> frozenset[int]:
    return frozenset(point for face in installed_faces() for bounds in face.ranges() for point in bounds)


def _texts(document: OfficialDocument) -> Iterator[tuple[str, str]]:
    """Everything that is printed, with its place."""
    yield "发文机关标志", "".join(document.organs) + document.mark_suffix
    yield "发文字号", document.number
    yield "签发人", "".join(document.signers)
    yield "标题", document.title
    yield "主送机关", document.addressees
    yield from _block_texts(document.body, "正文")
    for number, attachment in enumerate(document.attachments, start=1):
        yield f"附件{number}", attachment.name
        yield from _block_texts(attachment.body, f"附件{number}")
    for line in document.attendance:
        yield f"{line.label}人员", line.label + line.names
    yield "署名", "".join(signature.organ for signature in document.signatures)
    yield "签名章", "".join(document.name_stamp or ())
    yield "附注", document.note
    yield "抄送机关", document.copies_to
    yield "印发机关", document.printed_by
    yield "日期", "".join(chinese_date(day) for day in (document.day, document.printed_on) if day)


def _block_texts(blocks: tuple[Block, ...], where: str) -> Iterator[tuple[str, str]]:
    paragraphs = tables = charts = forms = 0
    for block in blocks:
        if isinstance(block, Heading):
            yield f"{where}的标题“{block.text}”", block.text
        elif isinstance(block, Paragraph):
            paragraphs += 1
            yield f"{where}第{paragraphs}段", block.lead + block.text
        elif isinstance(block, Table):
            tables += 1
            yield from _table_texts(block, f"{where}第{tables}个表")
        elif isinstance(block, Chart):
            charts += 1
            yield f"{where}第{charts}个图", block.caption
        elif isinstance(block, Form):
            forms += 1
            yield (
                f"{where}第{forms}个表格",
                block.below + "".join(c.text for r in block.rows for c in r.cells),
            )


def _table_texts(table: Table, where: str) -> Iterator[tuple[str, str]]:
    yield f"{where}的标题", table.caption
    yield f"{where}的栏目", "".join(column.heading for column in table.columns)
    for number, row in enumerate(table.rows, start=1):
        yield f"{where}第{number}行", "".join(row)
    yield f"{where}的说明", table.note
