"""The pages as LibreOffice sets them, and where each character and rule stands on them."""

import os
import subprocess
import sys
from pathlib import Path

INSTALLED = {
    "仿宋_GB2312": "GW FangSong",
    "方正小标宋简体": "GW BiaoSong",
    "黑体": "GW HeiTi",
    "楷体_GB2312": "GW KaiTi",
    "宋体": "GW SongTi",
}
"""An office has these faces; here the installed ones stand for them."""

_ALIAS = '<match target="pattern"><test name="family"><string>{}</string></test><edit name="family" mode="assign" binding="same"><string>{}</string></edit></match>'


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
    ours = os.environ.get("FONTCONFIG_FILE") or str(Path(sys.prefix) / "share" / "fonts" / "fonts.conf")
    aliases = "".join(_ALIAS.format(*pair) for pair in INSTALLED.items())
    path = folder / "fonts.conf"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><include>{ours}</include>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return path
