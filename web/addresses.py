"""What an address or a posted form may bring at all, settled once before any page reads it."""

import re
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict
from werkzeug.routing import IntegerConverter, Map

from queries.register_filter import LARGEST_ID

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""All but tab and line ends: PostgreSQL stores no NUL, a workbook none of them."""


class IdConverter(IntegerConverter):
    """`<int:…>`: a number that can be an id; anything else is no address of this site (404)."""

    regex = "[0-9]{1,10}"

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, **{"max": LARGEST_ID, **options})


class PlainFields(ImmutableMultiDict):  # type: ignore[type-arg]
    """Fields of a query string or a posted form, without control characters in names, texts and file names."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = mapping.items(multi=True) if hasattr(mapping, "getlist") else mapping or ()
        super().__init__([(_plain(name), _plain(value)) for name, value in pairs])


class PlainRequest(Request):
    parameter_storage_class = PlainFields


def install_addresses(app: Flask) -> None:
    """Before the routes are registered: a rule looks its converter up when it is added."""
    app.request_class = PlainRequest
    app.url_map.converters["int"] = IdConverter


def _plain(value: Any) -> Any:
    if isinstance(value, FileStorage):
        value.filename = _plain(value.filename or "")
        return value
    return _CONTROL.sub("", value) if isinstance(value, str) else value
