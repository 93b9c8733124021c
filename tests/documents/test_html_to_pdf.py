"""Rendering opens no file and no address, whatever stands in the page."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import weasyprint

from documents.html_to_pdf import LONGEST_PICTURE, PicturesOfThePage, pdf_from_html
from tests.documents.pdf_reading import pages_of

SECRET = "CANARY-4f1d"

VECTORS = {
    "image": '<img src="{url}">',
    "image source set": '<img srcset="{url} 2x" src="{url}">',
    "stylesheet": '<link rel="stylesheet" href="{url}">',
    "attachment": '<link rel="attachment" href="{url}">',
    "linked attachment": '<a rel="attachment" href="{url}">x</a>',
    "icon": '<link rel="icon" href="{url}">',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "frame": '<iframe src="{url}"></iframe>',
    "import": "<style>@import url({url});</style>",
    "background": '<p style="background:url({url})">x</p>',
    "border image": '<p style="border:5px solid;border-image:url({url}) 30">x</p>',
    "list style": '<ul style="list-style-image:url({url})"><li>x</ul>',
    "content": "<style>p::before{{content:url({url})}}</style><p>x</p>",
    "font": "<style>@font-face{{font-family:F;src:url({url})}}p{{font-family:F}}</style><p>x</p>",
    "page background": "<style>@page{{background:url({url})}}</style>",
    "presentational hint": '<body background="{url}"><table background="{url}"><tr><td>x</table>',
    "base": '<base href="{url}"><img src="x.png">',
    "svg image": '<svg width="10" height="10"><image href="{url}" width="9" height="9"/></svg>',
    "svg use": '<svg width="10" height="10"><use href="{url}#a"/></svg>',
    "svg stylesheet": '<svg width="10" height="10"><style>@import url({url});</style></svg>',
    "svg in a picture": (
        '<img src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<image href="{url}" width="9" height="9"/></svg>\'>'
    ),
    "svg entity": (
        '<img src=\'data:image/svg+xml,<!DOCTYPE svg [<!ENTITY e SYSTEM "{url}">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20"><text y="15">&amp;e;</text></svg>\'>'
    ),
    "style in data": '<link rel="stylesheet" href="data:text/css,@import url({url});">',
    "metadata": '<link rel="describedby" href="{url}"><meta http-equiv="refresh" content="0;url={url}">',
}


@pytest.fixture
def asked_for() -> Iterator[tuple[str, list[str]]]:
    """Address of a server on this machine, and the paths that were asked of it."""
    paths: list[str] = []

    class Canary(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/canary", paths
        server.shutdown()
        thread.join()


def test_the_canary_sings_where_fetching_is_allowed(asked_for: tuple[str, list[str]]):
    """Else the next tests would prove nothing."""
    url, paths = asked_for
    leaking = []
    for name, vector in VECTORS.items():
        paths.clear()
        weasyprint.HTML(string=vector.format(url=url)).write_pdf(presentational_hints=True)
        leaking += [name] if paths else []
    assert len(leaking) >= 12, leaking


@pytest.mark.parametrize("vector", VECTORS)
def test_no_address_is_asked(vector: str, asked_for: tuple[str, list[str]]):
    url, paths = asked_for
    pdf_from_html(VECTORS[vector].format(url=url))
    assert paths == []


@pytest.mark.parametrize("vector", VECTORS)
def test_no_file_is_read(vector: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    canary = tmp_path / "canary.txt"
    canary.write_text(f"{SECRET}\n{{}} p{{color:red}}")
    opened: list[str] = []
    monkeypatch.setattr(
        "urllib.request.FileHandler.file_open", lambda _self, request: opened.append(request.full_url)
    )
    pdf = pdf_from_html(VECTORS[vector].format(url=canary.as_uri()))
    assert opened == []
    assert SECRET.encode() not in pdf
    assert SECRET not in "".join(pages_of(pdf))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.png",
        "https://127.0.0.1/x.png",
        "ftp://127.0.0.1/x.png",
        "file:///etc/hostname",
        "FILE:///etc/hostname",
        "data:text/css,p{}",
        "data:text/html,<p>",
        "data:image/svg+xml," + "x" * LONGEST_PICTURE,
    ],
)
def test_fetcher_refuses(url: str):
    with pytest.raises(ValueError, match="fetch nothing"):
        PicturesOfThePage().fetch(url)


def test_small_pictures_of_the_page_are_drawn():
    red = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text y='8'>印</text></svg>"
    (page,) = pages_of(pdf_from_html(f'<img src="{red}">'))
    assert "印" in page
