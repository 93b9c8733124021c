"""Make the private font directory of printed documents: equal metrics, names by role, one fonts.conf.

Run by install_fonts.sh, as `private_fonts.py SOURCE DEST` or `private_fonts.py --present DEST` (ends 0 when complete).
The metrics must be equal, or a rare character taken from Noto makes its line taller and the official page loses its
22nd line; Pango also reads the BASE table, so that goes too. The outlines are not touched.
"""

import hashlib
import os
import sys
from pathlib import Path
from xml.sax.saxutils import escape

EDITION = "2"
"""Written into fonts.conf; raise it to have every site prepare its fonts anew."""

NOTO = {
    "NotoSansSC-Regular.otf": "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9",
    "NotoSerifSC-Regular.otf": "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3",
}
FANDOL = {
    "FandolFang-Regular.otf": "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
    "FandolKai-Regular.otf": "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",
    "FandolHei-Regular.otf": "4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28",
    "FandolSong-Regular.otf": "a3820003227d4abe31fe28b493200d94a849ccfd078b50a019264f70353020b0",
    "FandolSong-Bold.otf": "ffa76a70e128947a4dd22151d5ee829b23e24ce3cb6fe8ad49891cd1c2d9e9b9",
}
"""SHA-256 of the files as published."""

FANDOL_ROLES = {
    "GW FangSong": "FandolFang-Regular.otf",
    "GW KaiTi": "FandolKai-Regular.otf",
    "GW HeiTi": "FandolHei-Regular.otf",
    "GW SongTi": "FandolSong-Regular.otf",
    "GW BiaoSong": "FandolSong-Bold.otf",
}
NOTO_ROLES = {
    "GW FangSong": "NotoSerifSC-Regular.otf",
    "GW KaiTi": "NotoSerifSC-Regular.otf",
    "GW HeiTi": "NotoSansSC-Regular.otf",
    "GW SongTi": "NotoSerifSC-Regular.otf",
    "GW BiaoSong": "NotoSerifSC-Regular.otf",
}


def is_complete(dest: Path) -> bool:
    """All files of this edition are there, and fonts.conf still names this directory (it may have been moved)."""
    conf = dest / "fonts.conf"
    if not conf.is_file():
        return False
    text = conf.read_text(encoding="utf-8")
    return any(
        text == configuration(dest, roles)
        and all((dest / name).is_file() for name in [*NOTO, *roles.values()])
        for roles in (FANDOL_ROLES, NOTO_ROLES)
    )


def prepare(source: Path, dest: Path) -> None:
    """Raises SystemExit with one line when a font is missing or not the file that was published."""
    found = {path.name: path for path in source.rglob("*.otf")}
    for name, digest in NOTO.items():
        if name not in found or _sha256(found[name]) != digest:
            raise SystemExit(f"{name} is missing or not the published file")
    complete = all(name in found and _sha256(found[name]) == digest for name, digest in FANDOL.items())
    if not complete and any(name in found for name in FANDOL):
        sys.stderr.write(
            "install_fonts: the Fandol files are not the published ones; using Noto for all roles\n"
        )
    for name in [*NOTO, *(FANDOL if complete else ())]:
        normalise(found[name], dest / name)
    for licence in [*source.rglob("fandol/COPYING.gz"), *source.rglob("*.dist-info/licenses/LICENSE")]:
        prefix = "Fandol-" if complete and "fandol" in licence.parts else "Noto-"
        _write(dest / f"{prefix}{licence.name}", licence.read_bytes())
    conf = configuration(dest, FANDOL_ROLES if complete else NOTO_ROLES)
    _write(dest / "fonts.conf", conf.encode())


def normalise(source: Path, target: Path) -> None:
    """Ascent 0.88 em, descent 0.12 em, no gap, no BASE table."""
    from fontTools.ttLib import TTFont

    font = TTFont(
        source, lazy=True, recalcBBoxes=False, recalcTimestamp=False
    )  # recalculating takes 10 times as long
    em, head, os2 = font["head"].unitsPerEm, font["hhea"], font["OS/2"]
    ascent, descent = round(0.88 * em), round(0.12 * em)
    head.ascent = os2.sTypoAscender = os2.usWinAscent = ascent
    head.descent = os2.sTypoDescender = -descent
    os2.usWinDescent = descent
    head.lineGap = os2.sTypoLineGap = 0
    if "BASE" in font:
        del font["BASE"]
    part = target.with_suffix(".part")
    font.save(part)
    os.replace(part, target)


def configuration(dest: Path, roles: dict[str, str]) -> str:
    """fonts.conf: only this directory, each role's name put before the face's own."""
    rules = "\n".join(
        f'<match target="scan"><test name="file" compare="contains"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="prepend"><string>{escape(role)}</string></edit></match>'
        for role, name in roles.items()
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<!-- edition {EDITION} -->\n<fontconfig>\n<dir>{escape(str(dest))}</dir>\n"
        f"<cachedir>{escape(str(dest))}/.cache</cachedir>\n{rules}\n</fontconfig>\n"
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(target: Path, content: bytes) -> None:
    part = target.with_name(target.name + ".part")
    part.write_bytes(content)
    os.replace(part, target)


if __name__ == "__main__":
    if sys.argv[1] == "--present":
        sys.exit(0 if is_complete(Path(sys.argv[2])) else 1)
    prepare(Path(sys.argv[1]), Path(sys.argv[2]))
