"""docs/settings.md, from the one list of settings. Usage: python -m deploy.settings_page > docs/settings.md"""

import sys
from collections.abc import Iterable

from config import SETTINGS, Setting

_BEGINNING = """# 设置

每项设置先看环境变量，再看站点目录里的 `settings.env`（一行一项，`名称=值`，`#` 开头为注释），都没有就用默认值。
值不合规定时，程序不启动，并用一行话说明是哪一项、错在哪里。改了设置要重新启动。

本页由 `config.py` 生成（`python -m deploy.settings_page > docs/settings.md`），请勿手改。

| 名称 | 默认值 | 含义 |
|---|---|---|
"""


def settings_page(settings: Iterable[Setting]) -> str:
    return _BEGINNING + "".join(
        f"| `{s.name}` | {f'`{s.default}`' if s.default else '（空）'} | {s.help} |\n" for s in settings
    )


if __name__ == "__main__":
    sys.stdout.write(settings_page(SETTINGS))
