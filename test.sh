#!/bin/sh
# ./test.sh                 everything: style, types, layers, all tests on SQLite and PostgreSQL
# ./test.sh tests/rules     the same checks, then only these tests; all arguments go to pytest
set -eu
cd "$(dirname "$0")"
. deploy/setup.sh

prepare_system
prepare_test_system
prepare_packages requirements.txt requirements-dev.txt
prepare_vendor_files
prepare_fonts

unset INSTANCE_DIR DATABASE_URL DEMONSTRATION HTTPS ALLOW_PLAIN_HTTP PROXY_HOPS TRUSTED_HOSTS
unset PYTHONDONTWRITEBYTECODE # many tests start the site anew: its code is compiled once
if [ -z "${TEST_POSTGRESQL_URL:-}" ]; then
    database=$(mktemp -d /tmp/xinfang-test-XXXXXX)
    chmod 755 "$database"
    TEST_POSTGRESQL_URL=$(sh tests/start_postgresql.sh "$database") || {
        cat "$database"/initdb.log "$database"/data/log >&2 2>/dev/null || true
        stop "测试用的 PostgreSQL 没有启动，原因见上。"
    }
    export TEST_POSTGRESQL_URL
    end_database() {
        as=
        [ "$(id -u)" != 0 ] || as="runuser -u postgres --"
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
        # shellcheck disable=SC2086
        (cd / && $as "$bin/pg_ctl" -D "$database/data" -m immediate stop >/dev/null 2>&1) || true
        rm -rf "$database"
    }
    trap end_database EXIT
    trap 'exit 130' INT TERM
fi

bin=$(pwd)/.venv/bin
PATH="$bin:$PATH"
failed=
check() {
    say "— $*"
    "$@" || failed="$failed $1"
}
check ruff check .
check ruff format --check .
check mypy
check lint-imports
python deploy/large_rooms.py
[ -z "$failed" ] || say "没有通过：$failed"
say "— pytest"
pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --durations 30 "$@" || failed="$failed pytest"
[ -z "$failed" ]
