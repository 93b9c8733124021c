"""The application factory: settings, extensions, guard, blueprints, error pages, commands. Nothing else."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import web.collector  # noqa: F401 - first, for what follows is loaded
from actions.audit_guard import install_audit_guard
from blueprints import register_blueprints
from commands import register_commands
from commands.site_needed import keys_for
from config import database_url, load_settings
from extensions import bootstrap, csrf, db, login, migrate
from jobs.command import register_worker
from models.engine import configure_postgresql, configure_sqlite, postgresql_options, sqlite_options
from models.protected import use_keys
from web.addresses import install_addresses
from web.errors import install_error_pages
from web.figure_strip import install_figure_strip
from web.guard import install_guard
from web.headers import install_headers
from web.template_filters import install_template_filters


def create_app(overrides: dict[str, str] | None = None) -> Flask:
    """A site. `overrides` replace settings of the environment. Raises config.BadSetting."""
    app = Flask(__name__)
    settings = load_settings(overrides)
    app.config.update(settings)
    install_addresses(app)
    keys = keys_for(Path(str(settings["INSTANCE_DIR"])))
    use_keys(keys)
    _configure_flask(app, keys.session)
    _open_database(app, database_url(settings))
    csrf.init_app(app)
    bootstrap.init_app(app)
    login.init_app(app)
    install_headers(app)
    install_guard(app)
    install_error_pages(app)
    install_template_filters(app)
    install_figure_strip(app)
    register_blueprints(app)
    register_commands(app)
    register_worker(app)
    return app


def _configure_flask(app: Flask, session_key: str) -> None:
    secure = app.config["HTTPS"] == "1"
    app.config.update(
        SECRET_KEY=session_key,
        SESSION_COOKIE_NAME="__Host-xinfang" if secure else "xinfang",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=int(app.config["UPLOAD_MEGABYTES"]) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        TRUSTED_HOSTS=[h.strip() for h in str(app.config["TRUSTED_HOSTS"]).split(",") if h.strip()] or None,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    hops = int(app.config["PROXY_HOPS"])
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _open_database(app: Flask, url: str) -> None:
    sqlite = url.startswith("sqlite")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = sqlite_options() if sqlite else postgresql_options()
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True)
    with app.app_context():
        if sqlite:
            app.extensions["write_turn"] = configure_sqlite(
                db.engine, Path(str(app.config["INSTANCE_DIR"])) / "write.lock"
            )
        else:
            configure_postgresql(db.engine)
    if not app.extensions.get("audit_guard"):
        app.extensions["audit_guard"] = True
        _guard_sessions_once()


def _guard_sessions_once() -> None:
    if not getattr(db, "guarded", False):
        install_audit_guard(db.session)
        db.guarded = True  # type: ignore[attr-defined]
