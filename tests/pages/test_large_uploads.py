"""An upload over the limit is answered by the site's own page, also behind the real web server."""

import http.client
import threading

from waitress import create_server

from web import serving

MEGABYTE = 1024 * 1024


def served_with(monkeypatch, app):
    """What the site gives to waitress, on a free port."""
    given = {}
    monkeypatch.setattr(serving, "settle", lambda: None)
    monkeypatch.setattr(serving, "serve", lambda _app, **options: given.update(options))
    serving.serve_site(app, "127.0.0.1", 0)
    return create_server(app, **given)


def test_too_large_an_upload_is_told_in_chinese_by_the_web_server_too(site, monkeypatch):
    monkeypatch.setitem(site.config, "MAX_CONTENT_LENGTH", MEGABYTE)
    server = served_with(monkeypatch, site)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=60)
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/sign-in", b"x=" + b"1" * (4 * MEGABYTE), head)
        answer = connection.getresponse()
        assert answer.status == 413
        assert "上传的文件超过了大小上限" in answer.read().decode()
    finally:
        server.close()
        thread.join(timeout=5)
