"""Keep a site open: the web process and the worker, each started anew when it dies, both ended together.

Usage: supervise.py [--host H] [--port N]; standard library only. The site is told by the environment (INSTANCE_DIR, …).
Ends 0 after SIGINT or SIGTERM, 1 when the web process never answered.
"""

import argparse
import ctypes
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLASK = (sys.executable, "-m", "flask", "--app", "app")
START_SECONDS = 90
STOP_SECONDS = 20
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STEADY_SECONDS = 60
"""A process that lived this long is started anew after the first, short pause again."""
_PR_SET_PDEATHSIG = 1


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@dataclass
class Child:
    """One process and when it may be started again."""

    label: str
    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches only the supervisor, which then ends the children in order.
        self.process = subprocess.Popen(  # noqa: S603
            (*FLASK, *self.arguments), cwd=ROOT, start_new_session=True, preexec_fn=_end_with_parent
        )
        self.started = time.monotonic()

    def watch(self) -> None:
        """Start it anew when it is gone and its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.pause = (
                FIRST_PAUSE if now - self.started > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
            )
            self.start_at = now + self.pause
            say(f"{self.label}意外结束（代码 {self.process.returncode}），{self.pause:.0f} 秒后重新启动。")
            self.process = None
        if self.process is None and now >= self.start_at:
            self.start()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _end_with_parent() -> None:
    """Were the supervisor killed outright, its children would go on unwatched."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def answers(host: str, port: int) -> bool:
    """Whether the site speaks HTTP; a site that does not know this host's name says 400, and that is an answer."""
    connection = http.client.HTTPConnection("127.0.0.1" if host in ("0.0.0.0", "") else host, port, timeout=5)  # noqa: S104
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def wait_until_open(web: Child, host: str, port: int, stop: threading.Event) -> bool:
    """False when it died, was stopped or took too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and not stop.is_set():
        assert web.process is not None
        if web.process.poll() is not None:
            return False
        if answers(host, port):
            return True
        stop.wait(0.2)
    return False


def announce(host: str, port: int) -> None:
    say(f"\n已打开：http://{host}:{port}/ （按 Ctrl-C 停止）")
    passwords = ROOT / os.environ.get("INSTANCE_DIR", "instance") / "first-passwords.txt"
    if passwords.is_file():
        names = [line.split("\t")[0] for line in passwords.read_text(encoding="utf-8").splitlines() if line]
        say(f"登录名：{'、'.join(names)}")
        say(f"一次性口令：见文件 {passwords}（首次登录后须改；全部改完请删掉它）")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=8000, type=int)
    options = parser.parse_args()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: stop.set())
    web = Child("网页进程", ("serve", "--host", options.host, "--port", str(options.port)))
    children = [web, Child("后台进程", ("worker",))]
    if answers(options.host, options.port):
        say(f"{options.host}:{options.port} 已被别的程序占用：换一个 --port，或先停掉它。")
        return 1
    web.start()
    try:
        if wait_until_open(web, options.host, options.port, stop):
            announce(options.host, options.port)
        elif not stop.is_set():
            say("网页进程没有启动成功，原因见上。")
            return 1
        while not stop.is_set():
            for child in children:
                child.watch()
            stop.wait(0.5)
    finally:
        say("正在停止……")
        for child in reversed(children):
            child.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
