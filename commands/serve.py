"""`flask --app app serve`: the web process of a site."""

import logging
import signal
import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from actions.site import note_plain_http
from commands.console import console_actor, refuse
from extensions import db
from web import clock
from web.running import mark_running
from web.self_check import NotReady, check_address, check_revision, check_sqlite
from web.serving import serve_site
from web.unit_of_work import writing


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@with_appcontext
def serve_command(host: str, port: int) -> None:
    """打开网页服务（waitress，一个进程多个线程）。"""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        beyond = check_address(host)
        check_sqlite()
        check_revision()
    except NotReady as reason:
        refuse(str(reason))
    if beyond:
        with writing() as session:
            note_plain_http(session, actor=console_actor(), now=clock.now(), address=f"{host}:{port}")
    db.session.remove()
    mark_running(app.config["INSTANCE_DIR"])
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        serve_site(app, host, port)
    except OSError as error:
        refuse(f"{host}:{port} 打不开：{error.strerror}。换一个 --port，或先停掉占用它的程序。")
