"""Extensions, created bare; `app.create_app` binds them."""

from flask_bootstrap import Bootstrap5
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from models.base import metadata

db = SQLAlchemy(metadata=metadata, session_options={"expire_on_commit": False})
csrf = CSRFProtect()
login = LoginManager()
migrate = Migrate()
bootstrap = Bootstrap5()
