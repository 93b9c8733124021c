# Shared by run.sh and test.sh, which source it from the project's root: make the environment in .venv.
# Each step says what it does, does nothing when nothing is to be done, and stops with one line that says what to do.
# shellcheck shell=sh

HTMX_WHEEL="django-htmx==1.29.0"
HTMX_SHA256=71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de
PAGE_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"
TEST_PACKAGES="chromium postgresql postgresql-client poppler-utils libreoffice-writer"
export LANG=C.UTF-8 LC_ALL=C.UTF-8 PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "$*"; }
stop() {
    printf '停止：%s\n' "$*" >&2
    exit 1
}

# install PACKAGES…: through apt as root, otherwise print the one line to run.
install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        stop "缺少系统软件包。请由管理员运行一次：sudo apt-get install -y --no-install-recommends $*"
    say "正在安装系统软件包：$*"
    log=$(mktemp)
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    { apt-get install -y -q --no-install-recommends "$@" ||
        { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; }; } >"$log" 2>&1 || {
        tail -n 5 "$log" >&2
        stop "apt-get 没有装上 $*（原因见上）。请检查网络或软件源后再运行。"
    }
    rm -f "$log"
}

# The newest Python from 3.11 on that is here; PYTHON names another one.
find_python() {
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return; fi
    done
    [ "$(id -u)" = 0 ] && [ -z "${PYTHON:-}" ] && ! command -v python3 >/dev/null && install python3 python3-venv &&
        python=python3 && return
    stop "需要 Python 3.11 或更高版本（Debian 12、Ubuntu 24.04 自带）。装好后再运行，或用 PYTHON=/路径/python3.11 指明。"
}

prepare_system() {
    find_python
    [ -x .venv/bin/python ] || "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        install "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    missing=
    libraries=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p)
    for library in libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do
        case $libraries in *"$library"*) ;; *) missing=yes ;; esac
    done
    command -v fc-match >/dev/null || missing=yes
    # shellcheck disable=SC2086
    [ -z "$missing" ] || install $PAGE_PACKAGES
}

prepare_test_system() {
    missing=
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing=yes
    command -v pdftotext >/dev/null || missing=yes
    command -v soffice >/dev/null || missing=yes
    ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing=yes
    # shellcheck disable=SC2086
    [ -z "$missing" ] || install $TEST_PACKAGES
}

# prepare_packages REQUIREMENTS…: a stamp of their content makes the next start skip this.
prepare_packages() {
    if ! .venv/bin/python -c '' 2>/dev/null; then
        say "正在建立 Python 环境 .venv"
        rm -rf .venv
        "$python" -m venv .venv || stop "建不了 .venv。请检查目录 $(pwd) 是否可写、磁盘是否已满。"
    fi
    wanted=$(cat "$@" | sha256sum | cut -c1-64)
    for requirements in "$@"; do stamp=.venv/.installed-$(basename "$requirements"); done
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    say "正在安装 Python 软件包（第一次约需一两分钟）"
    .venv/bin/python -m pip install -qq -r "$requirements" ||
        stop "Python 软件包没有装上（原因见上）。请检查网络，或用 PIP_INDEX_URL、PIP_FIND_LINKS 指定内网源后再运行。"
    printf %s "$wanted" >"$stamp"
}

# The one third-party script that a browser loads; it is fetched here, never at run time.
prepare_vendor_files() {
    vendor=static/vendor/htmx.min.js
    if [ -f $vendor ] && echo "$HTMX_SHA256  $vendor" | sha256sum -c --status; then return; fi
    say "正在取 htmx"
    scratch=$(mktemp -d)
    .venv/bin/python -m pip download -qq --no-deps -d "$scratch" "$HTMX_WHEEL" ||
        stop "没有取到 $HTMX_WHEEL（原因见上）。请检查网络，或把它的 wheel 放进 PIP_FIND_LINKS 所指的目录。"
    .venv/bin/python -m zipfile -e "$scratch"/django_htmx-*.whl "$scratch/wheel"
    mkdir -p static/vendor
    cp "$scratch/wheel/django_htmx/static/django_htmx/htmx-2.min.js" $vendor
    rm -rf "$scratch"
    echo "$HTMX_SHA256  $vendor" | sha256sum -c --status || {
        rm -f $vendor
        stop "取来的 htmx 与登记的摘要不符，已删除。请换一个软件源再运行。"
    }
    chmod 644 $vendor
}

prepare_fonts() {
    [ -f .venv/share/fonts/fonts.conf ] || say "正在准备公文字体（第一次约需一分钟）"
    sh deploy/install_fonts.sh .venv/share/fonts .venv/bin/python || stop "字体没有备好，原因见上。"
    FONTCONFIG_FILE=$(pwd)/.venv/share/fonts/fonts.conf
    export FONTCONFIG_FILE
}
