"""Where printed documents find their fonts: the private set that deploy/install_fonts.sh made."""

import os
import sys
from pathlib import Path


def use_private_fonts() -> None:
    """Set FONTCONFIG_FILE unless the environment already does; only takes effect before Pango is first loaded.

    Without the private set the system's fonts are used, and a page may come out in another face.
    """
    prepared = Path(sys.prefix) / "share" / "fonts" / "fonts.conf"
    if prepared.is_file():
        os.environ.setdefault("FONTCONFIG_FILE", str(prepared))
