"""The pages as LibreOffice sets them, and where each character and rule stands on them."""

import ctypes
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

INSTALLED = {
    "FandolFang-Regular.otf": "仿宋_GB2312",
    "FandolSong-Bold.otf": "方正小标宋简体",
    "FandolHei-Regular.otf": "黑体",
    "FandolKai-Regular.otf": "楷体_GB2312",
    "NotoSerifSC-Regular.otf": "宋体",
}
"""An office has these faces; here installed ones go by their names.

Not FandolSong-Regular: LibreOffice goes by the name inside the file and takes it for the bold one of the title.
"""

_NAMED = (
    '<match target="scan"><test name="file" compare="contains"><string>{}</string></test>'
    '<edit name="family" mode="assign_replace"><string>{}</string></edit>'
    '<edit name="weight" mode="assign_replace"><const>regular</const></edit></match>'
)

MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """Characters on one baseline, without blanks; millimetres from the paper's upper left corner, points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True)
class Mark:
    """A rule, a bar or a picture: its edges in millimetres."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Mark, ...]
    pictures: tuple[Mark, ...]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    def line(self, beginning: str) -> Line:
        return next(line for line in self.lines if line.text.startswith(beginning))

    def body(self) -> list[Line]:
        """Lines of 3号."""
        return [line for line in self.lines if abs(line.size - 16) < 0.1]


def pages_of(pdf: bytes) -> list[Page]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    return Page(
        width / MILLIMETRE,
        height / MILLIMETRE,
        tuple(_lines(page, height)),
        tuple(_marks(page, height, raw.FPDF_PAGEOBJ_PATH)),
        tuple(_marks(page, height, raw.FPDF_PAGEOBJ_IMAGE)),
    )


def _lines(page: pypdfium2.PdfPage, height: float) -> list[Line]:
    rows: dict[float, list[tuple[float, str, float]]] = {}
    for x, y, sign, size in _signs(page):
        baseline = next((known for known in rows if abs(known - (height - y)) < 0.7), height - y)
        rows.setdefault(baseline, []).append((x, sign, size))
    return [_line(baseline, sorted(signs)) for baseline, signs in sorted(rows.items())]


def _line(baseline: float, signs: list[tuple[float, str, float]]) -> Line:
    """A line ends where the cell of its last character does."""
    (left, _, size), (last, _, last_size) = signs[0], signs[-1]
    text = "".join(sign for _, sign, _ in signs)
    return Line(text, left / MILLIMETRE, (last + last_size) / MILLIMETRE, baseline / MILLIMETRE, size)


def _signs(page: pypdfium2.PdfPage) -> list[tuple[float, float, str, float]]:
    text, found = page.get_textpage(), []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, index))
        if sign.strip():
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            found.append((x.value, y.value, sign, raw.FPDFText_GetFontSize(text, index)))
    return found


def _marks(page: pypdfium2.PdfPage, height: float, kind: int) -> list[Mark]:
    found = []
    for thing in page.get_objects(filter=[kind]):
        left, bottom, right, top = thing.get_bounds()
        edges = (left, height - top, right, height - bottom)
        found.append(Mark(*(edge / MILLIMETRE for edge in edges)))
    return found


def pdfs_of(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """One run of LibreOffice for all; its profile and fonts live in the folder."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fonts(folder)), "HOME": str(folder)}
    command = [
        *("soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--convert-to", "pdf", "--outdir", str(folder)),
        *(str(folder / f"{name}.docx") for name in files),
    ]
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=300)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def _fonts(folder: Path) -> Path:
    """A configuration with a cache of its own: the shared one must not learn these names."""
    ours = os.environ.get("FONTCONFIG_FILE") or str(Path(sys.prefix) / "share" / "fonts" / "fonts.conf")
    names = "".join(_NAMED.format(*pair) for pair in INSTALLED.items())
    faces = folder / "faces"
    faces.mkdir(exist_ok=True)
    for file in INSTALLED:
        if not (faces / file).exists():
            (faces / file).symlink_to(Path(ours).parent / file)
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{faces}</dir><cachedir>{folder / 'font-cache'}</cachedir>{names}</fontconfig>",
        encoding="utf-8",
    )
    return path
