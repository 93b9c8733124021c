"""A command on a site that is not there says so and leaves nothing behind; only those that make a site make one."""

import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from commands.console import refuse
from models.keys import SECRETS_FILE, Keys, load_or_make_keys, make_keys
from web.self_check import NotReady, check_revision

_MAKES_A_SITE = ({"db"}, {"site", "prepare"}, {"backup", "restore"})
_CHECKS_SITE = "checks_site"
_HELP = frozenset({"--help", "-h", "--version"})


class NoSite(SystemExit):
    """Being a SystemExit, it prints one line and ends with 1."""


def keys_for(instance_dir: Path) -> Keys:
    """The site's keys; a command's help goes without, other commands need the site. Raises NoSite."""
    if (instance_dir / SECRETS_FILE).exists() or not _is_console() or _makes_a_site(sys.argv[1:]):
        return load_or_make_keys(instance_dir)
    if _asks_for_help(sys.argv[1:]):
        return make_keys()
    raise NoSite(
        f"{instance_dir} 里还没有站点：请先运行 ./run.sh（演示县用 INSTANCE_DIR=instance-demo），"
        "或 flask --app app db upgrade。"
    )


def need_site(commands: Iterable[click.Command]) -> None:
    """Each of them first makes sure that the database is this program's; once, however many sites one process makes."""
    for command in commands:
        if command.callback is not None and not hasattr(command.callback, _CHECKS_SITE):
            command.callback = with_appcontext(_checked(command.callback))


def _checked(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            check_revision()
        except NotReady as reason:
            refuse(str(reason))
        return callback(*arguments, **options)

    setattr(run, _CHECKS_SITE, True)
    return run


def _is_console() -> bool:
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true"


def _makes_a_site(words: list[str]) -> bool:
    return any(needed <= set(words) for needed in _MAKES_A_SITE)


def _asks_for_help(words: list[str]) -> bool:
    return bool(_HELP & set(words)) or words in ([], ["--app", "app"])
