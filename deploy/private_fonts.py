"""Make the private font directory of printed documents: equal metrics, names by role, one fonts.conf.

Run by install_fonts.sh, as `private_fonts.py SOURCE DEST` or `private_fonts.py --refresh DEST`; the second fetches
nothing, takes over what was put into DEST/local, and ends 0 when all fonts are there.
The metrics must be equal, or a rare character taken from Noto makes its line taller and the official page loses its
22nd line; Pango also reads the BASE table, so that goes too. The outlines are not touched.

Fonts that the office has licensed itself (DEST/local) are never changed: equal copies of them go to DEST/licensed,
and fontconfig is told to pass over the originals.
"""

import hashlib
import os
import sys
from pathlib import Path
from xml.sax.saxutils import escape

EDITION = "2"
"""Written into fonts.conf; raise it to have every site fetch and prepare its fonts anew."""

LOCAL, LICENSED = "local", "licensed"
FONT_FILES = frozenset({".ttf", ".otf", ".ttc", ".otc"})

LOCAL_ROLES = {
    "仿宋": "Local FangSong",
    "楷体": "Local KaiTi",
    "黑体": "Local HeiTi",
    "宋体": "Local SongTi",
    "小标宋": "Local BiaoSong",
}
"""How a file's name begins → the family that comes first for that role, whatever the font calls itself."""

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


def refresh(dest: Path) -> bool:
    """Take over fonts of DEST/local and write fonts.conf anew; False when the installed set is not there.

    Where nothing may be written (a read-only container), the fonts stay as they are.
    """
    conf = dest / "fonts.conf"
    text = conf.read_text(encoding="utf-8") if conf.is_file() else ""
    roles = FANDOL_ROLES if FANDOL_ROLES["GW FangSong"] in text else NOTO_ROLES
    if f"edition {EDITION} " not in text or not all((dest / n).is_file() for n in [*NOTO, *roles.values()]):
        return False
    try:
        take_over_local(dest)
        if text != configuration(dest, roles):
            _write(conf, configuration(dest, roles).encode())
    except OSError as error:
        sys.stderr.write(f"install_fonts: fonts of {dest / LOCAL} were not taken over ({error})\n")
    return True


def take_over_local(dest: Path) -> None:
    """A copy with equal metrics of each font in DEST/local, named after its content; copies without one go."""
    licensed = dest / LICENSED
    wanted: set[str] = set()
    for source in sorted((dest / LOCAL).glob("*")):
        if source.suffix.lower() in FONT_FILES:
            licensed.mkdir(exist_ok=True)
            wanted |= _copies(source, licensed)
    for copy in licensed.glob("*"):
        if copy.name not in wanted:
            copy.unlink()


def _copies(source: Path, licensed: Path) -> set[str]:
    """Names of the copies of a file: several for a collection, none for what is no font."""
    mark = f"{source.stem}-{_sha256(source)[:12]}"
    made = {copy.name for copy in licensed.glob("*.otf") if copy.name.startswith(mark)}
    if made:
        return made
    try:
        return _made_copies(source, licensed, mark)
    except OSError:
        raise
    except Exception as error:
        sys.stderr.write(f"install_fonts: {source.name} is not a font that can be used ({error})\n")
        return set()


def _made_copies(source: Path, licensed: Path, mark: str) -> set[str]:
    from fontTools.ttLib import TTCollection

    is_collection = source.read_bytes()[:4] == b"ttcf"
    count = len(TTCollection(source, lazy=True).fonts) if is_collection else 1
    names = [f"{mark}-{number}.otf" for number in range(count)]
    for number, name in enumerate(names):
        normalise(source, licensed / name, number if is_collection else -1)
    return set(names)


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
    take_over_local(dest)
    conf = configuration(dest, FANDOL_ROLES if complete else NOTO_ROLES)
    _write(dest / "fonts.conf", conf.encode())


def normalise(source: Path, target: Path, number: int = -1) -> None:
    """Of a collection, the font with this number. Ascent 0.88 em, descent 0.12 em, no gap, no BASE table."""
    from fontTools.ttLib import TTFont

    font = TTFont(
        source, lazy=True, recalcBBoxes=False, recalcTimestamp=False, fontNumber=number
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
    """fonts.conf: only this directory, without the originals of DEST/local; each role's name before the face's own."""
    faces = [(name, role) for role, name in roles.items()]
    local = [
        (f"/{LICENSED}/{beginning}", role)
        for beginning, role in LOCAL_ROLES.items()
        if any((dest / LICENSED).glob(f"{beginning}*"))
    ]
    rules = "\n".join(
        f'<match target="scan"><test name="file" compare="contains"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="prepend"><string>{escape(role)}</string></edit></match>'
        for name, role in [*faces, *local]
    )
    place = escape(str(dest))
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<!-- edition {EDITION} -->\n<fontconfig>\n<dir>{place}</dir>\n"
        f"<selectfont><rejectfont><glob>{place}/{LOCAL}/*</glob></rejectfont></selectfont>\n"
        f"<cachedir>{place}/.cache</cachedir>\n{rules}\n</fontconfig>\n"
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(target: Path, content: bytes) -> None:
    part = target.with_name(target.name + ".part")
    part.write_bytes(content)
    os.replace(part, target)


if __name__ == "__main__":
    if sys.argv[1] == "--refresh":
        sys.exit(0 if refresh(Path(sys.argv[2])) else 1)
    prepare(Path(sys.argv[1]), Path(sys.argv[2]))
