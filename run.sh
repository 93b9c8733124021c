#!/bin/sh
# ./run.sh          prepare everything and open the demonstration county at http://127.0.0.1:8000/
# ./run.sh --site   open the office's own site instead
# ./run.sh --help   all options
set -eu
cd "$(dirname "$0")"

usage() {
    cat <<'TEXT'
用法：./run.sh [选项]
  （不带选项）      打开虚构的演示县，数据在 instance-demo/
  --site            打开本单位自己的站点，数据在 instance/；第一次打开时建县、县信访局和三个管理员
  --county 名称      与 --site 一起：县（市、区）名称；不给则在终端里问，问不到就先用“本县”
  --host 地址        默认 127.0.0.1；其他地址要有 HTTPS=1（前有反向代理）或 ALLOW_PLAIN_HTTP=1
  --port 端口        默认 8000
  --prepare-only    只准备环境和数据库，不打开
环境变量：INSTANCE_DIR、DATABASE_URL 等，见 docs/settings.md。前台运行，Ctrl-C 停止。
TEXT
}

site= county= host=127.0.0.1 port=8000 only_prepare=
while [ $# -gt 0 ]; do
    case $1 in
    --site) site=yes ;;
    --prepare-only) only_prepare=yes ;;
    --county | --host | --port)
        [ $# -gt 1 ] || { usage >&2 && exit 2; }
        case $1 in --county) county=$2 ;; --host) host=$2 ;; --port) port=$2 ;; esac
        shift
        ;;
    -h | --help) usage && exit 0 ;;
    *) echo "不认识的选项：$1" >&2 && usage >&2 && exit 2 ;;
    esac
    shift
done

. deploy/setup.sh
prepare_system
prepare_packages requirements.txt
prepare_vendor_files
prepare_fonts

umask 077
if [ -n "$site" ]; then
    fill=office
    export INSTANCE_DIR="${INSTANCE_DIR:-instance}"
else
    fill=demonstration
    export INSTANCE_DIR="${INSTANCE_DIR:-instance-demo}" DEMONSTRATION=1
fi
say "正在检查站点 $INSTANCE_DIR"
.venv/bin/python -m flask --app app site prepare --host "$host" --fill "$fill" --county "$county" ||
    stop "站点没有备好，原因见上。"
[ -z "$only_prepare" ] || exit 0
exec .venv/bin/python deploy/supervise.py --host "$host" --port "$port"
