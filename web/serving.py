"""The site under waitress: one process, threads. With SQLite this is the right shape (docs/decisions/0003-write-turns.md)."""

import gc

from flask import Flask
from waitress import serve

from models.pinyin import spelling_of

THREADS = 16
CONNECTIONS = 1000
"""Waitress's own default of 100 makes 200 keep-alive browsers wait 20 seconds."""
CHANNEL_SECONDS = 300
_ROOM_BYTES = 512 * 1024 * 1024
"""Waitress refuses with a bare English page; up to here the application's own page says what is too large."""


def settle() -> None:
    """Load what the first request would wait for, then keep it out of garbage collection: a full collection
    over the loaded modules and the pinyin tables stops every thread for a tenth of a second."""
    spelling_of("信访")
    gc.collect()
    gc.freeze()


def serve_site(app: Flask, host: str, port: int) -> None:
    """Answer until SIGINT or SystemExit. Raises OSError when the address cannot be had."""
    settle()
    serve(
        app,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        channel_timeout=CHANNEL_SECONDS,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"] + _ROOM_BYTES,
        ident=None,
        clear_untrusted_proxy_headers=not app.config["PROXY_HOPS"],
    )
