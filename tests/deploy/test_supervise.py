"""One command keeps a site open: real processes on a free port."""

import http.client
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ROOT

PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an office's own, empty site."""
    directory = tmp_path_factory.mktemp("office") / "instance"
    environment = os.environ | {"INSTANCE_DIR": str(directory), "DATABASE_URL": ""}
    done = flask(environment, "site", "prepare", "--fill", "office", "--county", "安澜县")
    assert done.returncode == 0, done.stderr
    assert "备份恢复口令，只显示这一次" in done.stdout
    return environment


def flask(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status(port: int, address: str) -> int:
    """0 while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", address)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def until(condition) -> None:
    for _ in range(PATIENCE_SECONDS * 5):
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError("it did not happen")


@pytest.fixture
def opened(office: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The supervisor of an open site, and its port."""
    port = free_port()
    supervisor = subprocess.Popen(
        [sys.executable, str(ROOT / "deploy" / "supervise.py"), "--port", str(port)],
        env=office, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        until(lambda: status(port, "/sign-in") == 200 and len(children(supervisor)) == 2)
        yield supervisor, port
    finally:
        supervisor.terminate()
        supervisor.communicate(timeout=60)


def children(supervisor: subprocess.Popen[str]) -> dict[str, int]:
    """`serve` and `worker` → process id."""
    listed = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children").read_text().split()
    found = {}
    for pid in map(int, listed):
        words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        found.update({word: pid for word in ("serve", "worker") if word in words})
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_an_office_begins_with_its_bureau_and_three_administrators(office):
    passwords = Path(office["INSTANCE_DIR"]) / "first-passwords.txt"
    assert [line.split("\t")[0] for line in passwords.read_text().splitlines()] == [
        "sysadmin",
        "secadmin",
        "auditor",
    ]
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    assert flask(office, "audit", "verify").returncode == 0


def test_a_second_preparation_changes_nothing(office):
    database = Path(office["INSTANCE_DIR"]) / "xinfang.sqlite3"
    before = database.read_bytes()
    again = flask(office, "site", "prepare", "--fill", "office")
    assert (again.returncode, again.stdout) == (0, "")
    assert database.read_bytes() == before


def test_what_dies_is_started_anew_and_a_signal_ends_both(opened):
    supervisor, port = opened
    before = children(supervisor)
    os.kill(before["serve"], signal.SIGKILL)
    until(
        lambda: (
            children(supervisor).get("serve", before["serve"]) != before["serve"]
            and status(port, "/health") == 200
        )
    )
    now = children(supervisor)
    assert now["worker"] == before["worker"]
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(timeout=60) == 0
    assert not any(is_alive(pid) for pid in now.values())


def test_a_supervisor_killed_outright_takes_its_children_along(opened):
    supervisor, _port = opened
    pids = children(supervisor).values()
    supervisor.kill()
    until(lambda: not any(is_alive(pid) for pid in pids))


@pytest.mark.parametrize(
    ("settings", "ends", "says"),
    [
        ({}, 1, "不在 0.0.0.0 上打开明文 HTTP"),
        ({"HTTPS": "1"}, 0, ""),
        ({"ALLOW_PLAIN_HTTP": "1"}, 0, ""),
    ],
)
def test_other_machines_come_in_by_https_or_an_explicit_setting(office, settings, ends, says):
    done = flask(office | settings, "site", "prepare", "--host", "0.0.0.0")
    assert done.returncode == ends
    assert done.stderr.startswith(says)
    assert len(done.stderr.splitlines()) == ends


def test_an_upgrade_makes_a_backup_first(office, tmp_path):
    older = office | {"INSTANCE_DIR": str(tmp_path / "older")}
    assert flask(older, "db", "upgrade", "0002").returncode == 0
    done = flask(older, "site", "prepare")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "older" / "backups").glob("before-*.xfbak"))) == 1
    assert flask(older, "db", "current").stdout.strip().endswith("(head)")


def test_tables_that_are_not_this_programs_are_not_served(office, tmp_path):
    empty = office | {"INSTANCE_DIR": str(tmp_path / "empty")}
    done = flask(empty, "serve", "--port", str(free_port()))
    assert (done.returncode, "请先运行 ./run.sh" in done.stderr) == (1, True)
