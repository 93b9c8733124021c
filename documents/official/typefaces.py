"""Which faces an official page is set in: by role, the office's own licensed ones before the installed set.

Noto stands last: it has the rare characters of names that the others lack.
"""

import subprocess
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from documents.fonts import use_private_fonts


class Role(StrEnum):
    """The five faces of clause 7."""

    FANGSONG = "fangsong"
    TITLE = "title"
    HEITI = "heiti"
    KAITI = "kaiti"
    SONGTI = "songti"


FAMILIES: dict[Role, tuple[str, ...]] = {
    Role.FANGSONG: (
        "Local FangSong", "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "方正仿宋_GBK", "FZFangSong-Z02", "STFangsong",
        "华文仿宋", "Zhuque Fangsong (technical preview)", "GW FangSong", "Noto Serif SC",
    ),
    Role.TITLE: (
        "Local BiaoSong", "FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "STZhongsong", "华文中宋",
        "GW BiaoSong", "Noto Serif SC",
    ),
    Role.HEITI: (
        "Local HeiTi", "SimHei", "黑体", "方正黑体_GBK", "FZHei-B01", "STHeiti", "GW HeiTi", "Noto Sans SC",
    ),
    Role.KAITI: (
        "Local KaiTi", "KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "方正楷体_GBK", "FZKai-Z03", "STKaiti", "GW KaiTi",
        "Noto Serif SC",
    ),
    Role.SONGTI: (
        "Local SongTi", "SimSun", "宋体", "方正书宋_GBK", "FZShuSong-Z01", "STSong", "GW SongTi", "Noto Serif SC",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Face:
    """One installed face, as fontconfig knows it."""

    file: str
    index: int
    families: frozenset[str]
    charset: str

    def ranges(self) -> list[range]:
        """Of the code points it has."""
        bounds = (part.split("-") for part in self.charset.split())
        return [range(int(bound[0], 16), int(bound[-1], 16) + 1) for bound in bounds]


@cache
def installed_faces() -> tuple[Face, ...]:
    """Of this process's fontconfig; a font that is added is seen after the next start."""
    use_private_fonts()
    told = subprocess.run(
        ["fc-list", "--format", "%{file}\t%{index}\t%{family}\t%{charset}\n"],  # noqa: S607 - a system tool
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = (line.split("\t") for line in sorted(told.splitlines()))
    return tuple(
        Face(file, int(index) & 0xFFFF, frozenset(families.split(",")), charset)
        for file, index, families, charset in rows
    )


@cache
def face_of(role: Role) -> Face | None:
    """The first of the role's families that is installed."""
    for family in FAMILIES[role]:
        for face in installed_faces():
            if family in face.families:
                return face
    return None


@cache
def ink(character: str, role: Role) -> tuple[float, float]:
    """Lowest and highest ink over the baseline, in em; a character's usual extent where the face lacks it."""
    font = _opened(role)
    name = font.getBestCmap().get(ord(character)) if font else None
    if font is None or name is None:
        return -0.12, 0.75
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    _, low, _, high = pen.bounds or (0, 0, 0, 0)
    return low / font["head"].unitsPerEm, high / font["head"].unitsPerEm


@cache
def _opened(role: Role) -> TTFont | None:
    face = face_of(role)
    return TTFont(face.file, fontNumber=face.index, lazy=True) if face else None


@cache
def font_stacks() -> dict[str, str]:
    """Role → value of font-family."""
    return {
        role.value: ", ".join(f'"{family}"' for family in families) for role, families in FAMILIES.items()
    }
