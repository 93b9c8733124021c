"""Fonts of the office's own: used by copy, never changed, gone when they are taken away."""

import os
import subprocess
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from deploy import private_fonts

UPRIGHT = {"unitsPerEm": 1000, "ascent": 1151, "descent": -286}


def small_font(family: str) -> TTFont:
    """One square 信, with the metrics of Noto."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "xin"])
    builder.setupCharacterMap({ord("信"): "xin"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 800))
    pen.lineTo((800, 800))
    pen.closePath()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "xin": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "xin": (1000, 0)})
    builder.setupHorizontalHeader(ascent=UPRIGHT["ascent"], descent=UPRIGHT["descent"])
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=1151, sTypoDescender=-286, usWinAscent=1151, usWinDescent=286)
    builder.setupPost()
    return builder.font


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """An installed set: what stands in the files does not matter here."""
    for name in [*private_fonts.NOTO, *private_fonts.FANDOL]:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "local").mkdir()
    conf = private_fonts.configuration(tmp_path, private_fonts.FANDOL_ROLES)
    (tmp_path / "fonts.conf").write_text(conf, encoding="utf-8")
    return tmp_path


def licensed(fonts: Path) -> list[str]:
    return sorted(path.name for path in (fonts / "licensed").glob("*"))


def families(fonts: Path) -> str:
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts / "fonts.conf")}
    listed = subprocess.run(
        ["fc-list", "--format", "%{file} %{family}\n"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout


def test_a_font_is_copied_with_equal_metrics_and_left_as_it_was(fonts: Path):
    original = fonts / "local" / "office.ttf"
    small_font("Office Fang").save(original)
    before = original.read_bytes()
    assert private_fonts.refresh(fonts)
    assert original.read_bytes() == before
    (name,) = licensed(fonts)
    copy = TTFont(fonts / "licensed" / name)
    assert (copy["hhea"].ascent, copy["hhea"].descent, copy["hhea"].lineGap) == (880, -120, 0)
    assert (copy["OS/2"].sTypoAscender, copy["OS/2"].usWinDescent) == (880, 120)


def test_fontconfig_finds_the_copy_and_not_the_original(fonts: Path):
    small_font("Office Fang").save(fonts / "local" / "office.ttf")
    private_fonts.refresh(fonts)
    assert "/licensed/office" in families(fonts)
    assert "/local/" not in families(fonts)


@pytest.mark.parametrize(("beginning", "family"), private_fonts.LOCAL_ROLES.items())
def test_the_beginning_of_the_files_name_says_what_it_is_for(fonts: Path, beginning: str, family: str):
    small_font("Nobody Knows").save(fonts / "local" / f"{beginning}-本单位.ttf")
    private_fonts.refresh(fonts)
    assert f"{family},Nobody Knows" in families(fonts)


def test_a_collection_gives_a_copy_of_each_font(fonts: Path):
    collection = TTCollection()
    collection.fonts = [small_font("One"), small_font("Two")]
    collection.save(fonts / "local" / "both.ttc")
    private_fonts.refresh(fonts)
    assert len(licensed(fonts)) == 2
    assert {"One", "Two"} <= set(families(fonts).split())


def test_a_copy_goes_with_its_original(fonts: Path):
    original = fonts / "local" / "office.ttf"
    small_font("Office Fang").save(original)
    private_fonts.refresh(fonts)
    original.unlink()
    private_fonts.refresh(fonts)
    assert licensed(fonts) == []


def test_a_changed_font_replaces_its_copy(fonts: Path):
    original = fonts / "local" / "office.ttf"
    small_font("Old").save(original)
    private_fonts.refresh(fonts)
    (old,) = licensed(fonts)
    small_font("New").save(original)
    private_fonts.refresh(fonts)
    (new,) = licensed(fonts)
    assert new != old


def test_nothing_is_done_again_when_nothing_changed(fonts: Path):
    small_font("Office Fang").save(fonts / "local" / "office.ttf")
    private_fonts.refresh(fonts)
    before = {path: path.stat().st_mtime_ns for path in fonts.rglob("*") if path.is_file()}
    private_fonts.refresh(fonts)
    assert {path: path.stat().st_mtime_ns for path in fonts.rglob("*") if path.is_file()} == before


def test_what_is_no_font_is_told_and_passed_over(fonts: Path, capsys: pytest.CaptureFixture[str]):
    (fonts / "local" / "broken.ttf").write_bytes(b"no font")
    (fonts / "local" / "读我.txt").write_text("说明")
    assert private_fonts.refresh(fonts)
    assert licensed(fonts) == []
    assert "broken.ttf" in capsys.readouterr().err


def test_an_incomplete_set_must_be_fetched(fonts: Path):
    (fonts / "NotoSansSC-Regular.otf").unlink()
    assert not private_fonts.refresh(fonts)


def test_a_moved_directory_only_needs_a_new_configuration(fonts: Path, tmp_path: Path):
    moved = fonts.rename(tmp_path.parent / f"{tmp_path.name}-moved")
    assert private_fonts.refresh(moved)
    assert f"<dir>{moved}</dir>" in (moved / "fonts.conf").read_text(encoding="utf-8")
