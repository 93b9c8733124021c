"""`flask --app app worker`: the background process of a site."""

import logging
import signal
import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from jobs.worker import SecondWorker, Worker
from web.running import mark_running
from web.self_check import NotReady, check_revision, check_sqlite


def register_worker(app: Flask) -> None:
    app.cli.add_command(worker_command)


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """后台进程：导入、每夜备份等；每个站点只运行一个。"""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    app.logger.setLevel(logging.INFO)
    try:
        check_sqlite()
        check_revision()
    except NotReady as reason:
        click.echo(str(reason), err=True)
        sys.exit(1)
    mark_running(app.config["INSTANCE_DIR"])
    worker = Worker(app)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.stop.set())
    try:
        worker.run()
    except SecondWorker:
        click.echo("这个站点已经有一个后台进程在运行。", err=True)
        sys.exit(1)
