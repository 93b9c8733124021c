"""Commands without a site: one clear line, a non-zero end, nothing left behind; help needs no site."""

import os
import subprocess
import sys

import click
import pytest

from commands import site_needed
from config import ROOT


def flask(tmp_path, *arguments):
    given = {"INSTANCE_DIR": str(tmp_path / "instance"), "DATABASE_URL": ""}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *arguments],
        cwd=ROOT, env=os.environ | given, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments", [("bulletins", "draft", "daily", "--period", "2026-07-15"), ("serve",), ("worker",)]
)
def test_a_command_without_a_site_says_so_in_one_line(tmp_path, arguments):
    done = flask(tmp_path, *arguments)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "还没有站点" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_makes_nothing(tmp_path):
    done = flask(tmp_path, "bulletins", "draft", "--help")
    assert done.returncode == 0
    assert "--period" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_site_whose_database_is_empty_says_what_to_run(tmp_path):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "secrets.json").write_text(_keys(), encoding="ascii")
    done = flask(tmp_path, "staff", "add", "张三", "--role", "clerk", "--unit", "AL21")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "数据库版本是 空" in done.stderr


def test_a_command_looks_once_however_many_sites_the_process_made(site, monkeypatch):
    looks = []
    monkeypatch.setattr(site_needed, "check_revision", lambda: looks.append(1))
    command = click.Command("count", callback=lambda: None)
    site_needed.need_site([command])
    site_needed.need_site([command])
    with site.app_context(), click.Context(command) as console:
        console.invoke(command)
    assert looks == [1]


def _keys():
    names = ("session", "fields", "index", "audit")
    return '{"key_id": "k1", ' + ", ".join(f'"{name}": "{"0" * 64}"' for name in names) + "}"
