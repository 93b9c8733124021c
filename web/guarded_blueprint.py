"""A route cannot exist without saying who may call it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask

from rules.roles import Permission

PERMISSIONS = "route_permissions"
DRAFTS = "route_drafts"


class GuardedBlueprint(Blueprint):
    """`permission=` is a required keyword of each route; `keeps_draft=` names the form that a lost
    session must not lose."""

    def __init__(self, name: str, import_name: str, **options: Any) -> None:
        super().__init__(name, import_name, **options)
        self._declared: dict[str, Permission] = {}
        self._drafts: dict[str, str] = {}

    def route(  # type: ignore[override]
        self, rule: str, *, permission: Permission, keeps_draft: str = "", **options: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            endpoint = f"{self.name}.{options.get('endpoint', view.__name__)}"
            if self._declared.setdefault(endpoint, permission) is not permission:
                raise TypeError(f"{endpoint} is declared with two permissions")
            if keeps_draft:
                self._drafts[endpoint] = keeps_draft
            self.add_url_rule(rule, view_func=view, **options)
            return view

        return decorate

    def register(self, app: Flask, options: dict[str, Any]) -> None:
        super().register(app, options)
        app.extensions.setdefault(PERMISSIONS, {}).update(self._declared)
        app.extensions.setdefault(DRAFTS, {}).update(self._drafts)
