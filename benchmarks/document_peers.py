"""What the other programs are given: the same texts as HTML, as a Word file, or as data for a Typst template."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.document_samples import MANY, SEAL, SINGLE, notices
from documents.official.content import Block, Chart, Format, Heading, OfficialDocument, Paragraph
from documents.official.grid import page_grid
from documents.official.markup import document_html, imprint_html
from documents.official.title_lines import title_lines
from documents.official.typefaces import font_stacks
from documents.official.word.official_docx import official_docx
from documents.page import chinese_date, stylesheet

_TITLE = 20
_OVER = """
body { overflow-x: clip }
.double.lower { display: none }
.sealed .organ { margin: 0 -20mm }
.apart { break-before: page }
.imprint { font-size: 14pt; line-height: 28pt; text-indent: 0; border-top: .35mm solid #000; border-bottom: .35mm solid #000 }
.imprint .issued { display: flex; justify-content: space-between; border-top: .25mm solid #000 }
"""


def html_text(sample: str, serial: int) -> str:
    """Our own HTML under our own stylesheet; 版记, which our engine lays over the last page, comes at the end."""
    documents = _documents(sample, serial)
    style = f"<style>{_stylesheet(documents[0])}\n{_OVER}</style>"
    if len(documents) == 1:
        inner = _inner(documents[0])
    else:
        inner = "".join(f'<div class="apart">{_inner(document)}</div>' for document in documents)
    kind = documents[0].format
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{documents[0].title}</title>{style}<body class="{kind}">{inner}'


def word_files(sample: str, serial: int, folder: Path) -> list[Path]:
    """The same documents as our engine writes them for Word."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for place, document in enumerate(_documents(sample, serial)):
        paths.append(folder / f"{place}.docx")
        paths[-1].write_bytes(official_docx(document))
    return paths


def typst_inputs(sample: str, serial: int) -> dict[str, str]:
    """`sys.inputs` of benchmarks/official.typ; pictures are drawn already."""
    described = [_described(document) for document in _documents(sample, serial)]
    return {"documents": json.dumps(described, ensure_ascii=False), "seal": json.dumps(list(SEAL))}


def copies(sample: str) -> int:
    """How many documents the sample holds."""
    return 1 if sample in SINGLE else MANY


def _documents(sample: str, serial: int) -> Sequence[OfficialDocument]:
    return [SINGLE[sample](serial)] if sample in SINGLE else notices(serial)


def _stylesheet(document: OfficialDocument) -> str:
    names = ["official.css"]
    if document.format is Format.LETTER:
        names.append("official_letter.css")
    text = "\n".join(stylesheet(name) for name in names)
    for name, value in {**font_stacks(), **page_grid(document.grid).lengths()}.items():
        text = text.replace(f"var(--{name})", value)
    return text


def _inner(document: OfficialDocument) -> str:
    inner = _body(document_html(document, page_grid(document.grid), {}))
    return inner + _body(imprint_html(document)) if document.has_imprint else inner


def _body(html: str) -> str:
    return html.partition("<body")[2].partition(">")[2].rpartition("</body>")[0]


def _described(document: OfficialDocument) -> dict[str, object]:
    return {
        "mark": document.organs[0] + document.mark_suffix,
        "letter": document.format is Format.LETTER,
        "number": document.number,
        "title": title_lines(document.title, _TITLE),
        "addressees": document.addressees,
        "blocks": [_block(block) for block in document.body],
        "organ": document.organs[0],
        "day": chinese_date(document.day) if document.day else "",
        "copies": document.copies_to,
        "printer": document.printed_by,
    }


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Heading):
        return {"kind": "heading", **asdict(block)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lead": block.lead, "level": block.lead_level, "text": block.text}
    if isinstance(block, Chart):
        return {"kind": "chart", "svg": block.svg.decode(), "caption": block.caption, "alt": block.alt}
    return {
        "kind": "table",
        "caption": block.caption,
        "headings": [column.heading for column in block.columns],
        "shares": [column.share for column in block.columns],
        "left": [column.align == "left" for column in block.columns],
        "rows": block.rows,
    }
