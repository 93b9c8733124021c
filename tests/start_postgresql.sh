#!/bin/sh
# A throw-away PostgreSQL for the tests, on a socket in DIR. Prints its address. Usage: start_postgresql.sh DIR
set -e
dir=$1
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
mkdir -p "$dir"
as=""
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; as="runuser -u postgres --"; fi
if [ ! -f "$dir/data/PG_VERSION" ]; then
    $as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1
fi
if ! $as "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; then
    rm -f "$dir/data/postmaster.pid"
    $as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/data/log" -o \
        "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" \
        start >/dev/null
fi
echo "postgresql://postgres@/postgres?host=$dir"
