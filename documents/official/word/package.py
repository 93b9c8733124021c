"""The file around the text: properties, settings and fonts of ours, and the same bytes for the same document."""

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import serialize_for_reading

from documents.official.content import OfficialDocument
from documents.official.markup import author
from documents.official.word.elements import element, plain
from documents.official.word.measures import Measures
from documents.official.word.styles import Face, replace_styles

_KEPT = frozenset({RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.FONT_TABLE})
_KEPT_OUTSIDE = frozenset({RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES})

_LONGEST_PROPERTY = 255
_EPOCH = datetime(2012, 7, 1, tzinfo=UTC)
"""When the standard came into force; stands in a file without a date of its own."""

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_SUBSTITUTES = {
    Face.FANG_SONG: "仿宋",
    Face.BIAO_SONG: "华文中宋",
    Face.HEI: "SimHei",
    Face.KAI: "楷体",
    Face.SONG: "SimSun",
}
"""What Word takes where the face itself is not installed."""


def empty_file(page: Measures) -> Document:
    """No text, our styles, and nothing of the library's template that could speak against them (theme, lists)."""
    file = docx.Document()
    _drop(file.part.rels, _KEPT)
    _drop(file.part.package.rels, _KEPT_OUTSIDE)
    replace_styles(file.styles.element, page)
    _set_up(file)
    _name_substitutes(file)
    return file


def describe(file: Document, document: OfficialDocument) -> None:
    """Core properties; dates are the document's own."""
    properties = file.core_properties
    properties.title = _property(document.title.replace("\n", ""))
    properties.author = properties.last_modified_by = _property(author(document))
    properties.keywords = _property(",".join(document.keywords))
    properties.comments = properties.subject = properties.category = ""
    properties.language = "zh-CN"
    properties.revision = 1
    day = document.day or document.printed_on
    properties.created = properties.modified = (
        datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _EPOCH
    )


def file_bytes(file: Document) -> bytes:
    """The .docx, with one time for all its parts."""
    _number_drawings(file)
    saved, fixed = io.BytesIO(), io.BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, parts.read(part))
    return fixed.getvalue()


def _drop(relations: Relationships, kept: frozenset[str]) -> None:
    for name in [name for name, relation in relations.items() if relation.reltype not in kept]:
        del relations[name]


def _set_up(file: Document) -> None:
    """Full-width marks keep their cell, odd and even pages differ, and the layout is that of Word 2013 and later."""
    settings = file.settings.element
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    settings[:] = [
        element("w:zoom", percent=100),
        element("w:defaultTabStop", val=420),
        element("w:evenAndOddHeaders"),
        element("w:characterSpacingControl", val="doNotCompress"),
        element("w:compat", element("w:useFELayout"), element("w:compatSetting", **mode)),
        element("w:themeFontLang", val="en-US", eastAsia="zh-CN"),
    ]


def _name_substitutes(file: Document) -> None:
    (part,) = [
        relation.target_part
        for relation in file.part.rels.values()
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE
    ]
    fonts = [
        element("w:font", element("w:altName", val=other), element("w:charset", val="86"), name=face)
        for face, other in _SUBSTITUTES.items()
    ]
    part._blob = serialize_for_reading(element("w:fonts", *fonts)).encode("utf-8")


def _property(text: str) -> str:
    return " ".join(plain(text).split())[:_LONGEST_PROPERTY]


def _number_drawings(file: Document) -> None:
    """Word wants each drawing's number once a file, headers and footers included."""
    number = 0
    for part in file.part.package.iter_parts():
        root = getattr(part, "element", None)
        for drawing in root.iter(qn("wp:docPr")) if root is not None else ():
            number += 1
            drawing.set("id", str(number))
            drawing.set("name", f"Drawing {number}")
