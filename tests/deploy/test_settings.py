"""Settings: a bad one stops the start with one line; each is in the documentation."""

from pathlib import Path

import pytest

from config import ROOT, SETTINGS, BadSetting, database_url, load_settings
from deploy.settings_page import settings_page


def settings(tmp_path: Path, **given: str) -> dict[str, str | int]:
    return load_settings({"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": "", **given})


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("HTTPS", "yes", "HTTPS=yes：只能是 0、1"),
        ("PASSWORD_PROFILE", "easy", "PASSWORD_PROFILE=easy：只能是 dengbao、modern"),
        ("PROXY_HOPS", "-1", "PROXY_HOPS=-1：要填一个非负整数"),
        ("SESSION_IDLE_MINUTES", "half an hour", "SESSION_IDLE_MINUTES=half an hour：要填一个非负整数"),
    ],
)
def test_a_bad_value_stops_the_start_with_one_line(tmp_path, name, value, line):
    with pytest.raises(BadSetting) as stopped:
        settings(tmp_path, **{name: value})
    assert str(stopped.value) == line


def test_an_unknown_database_is_refused_without_showing_its_password(tmp_path):
    with pytest.raises(BadSetting) as stopped:
        database_url(settings(tmp_path, DATABASE_URL="mysql://root:secret@db/xinfang"))
    assert "secret" not in str(stopped.value)


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path):
    (tmp_path / "settings.env").write_text("# 本县\nSESSION_HOURS=8\nUPLOAD_MEGABYTES=50\n", encoding="utf-8")
    found = settings(tmp_path, UPLOAD_MEGABYTES="5")
    assert (found["SESSION_HOURS"], found["UPLOAD_MEGABYTES"], found["SESSION_IDLE_MINUTES"]) == (8, 5, 30)


def test_each_setting_is_documented():
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == settings_page(SETTINGS), "run: python -m deploy.settings_page > docs/settings.md"
