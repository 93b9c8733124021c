#!/bin/sh
# Usage: sh deploy/install_fonts.sh DEST [PYTHON]
#
# Puts the fonts of printed documents into DEST and writes DEST/fonts.conf; name that file in FONTCONFIG_FILE.
# Five Fandol faces (仿宋 楷体 黑体 宋体 标宋) come from Debian's package texlive-lang-chinese, which is downloaded but
# not installed; two Noto SC faces (rare characters) from PyPI. Without Debian the Noto faces stand in for all five.
# Fonts that the office has licensed itself may be put into DEST/local; copies of them are used from the next start on.
#
# Fetches nothing when the fonts are there. fonts.conf is written last: a run that was cut short is simply run again.
# Fandol is GPL-3 with the font exception, Noto is OFL 1.1: neither is shipped with this program.
set -eu

dest=${1:?usage: install_fonts.sh DEST [PYTHON]}
python=${2:-python3}
here=$(cd "$(dirname "$0")" && pwd)
wheel="pylopdf-fonts-zh-cn==0.1.1"

fail() {
    echo "install_fonts: $1" >&2
    exit 1
}

mkdir -p "$dest/local" || fail "cannot write to $dest; choose a directory that you own"
dest=$(cd "$dest" && pwd)
if "$python" "$here/private_fonts.py" --refresh "$dest"; then
    exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

download_debian_package() {
    apt-get download -q texlive-lang-chinese && return
    # The machine's package lists may be empty (containers): fetch them privately.
    mkdir -p lists/partial cache/archives/partial
    private="-o Dir::State::Lists=$PWD/lists -o Dir::Cache=$PWD/cache"
    # shellcheck disable=SC2086
    apt-get $private update -q && apt-get $private download -q texlive-lang-chinese
}

fetch_fandol() (
    cd "$scratch"
    command -v apt-get && command -v dpkg-deb && download_debian_package || return 1
    dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb > package.tar
    tar -x -f package.tar --wildcards '*/opentype/public/fandol/*.otf' '*/texlive-doc/fonts/fandol/*'
)

fetch_fandol > "$scratch/debian.log" 2>&1 || echo \
    "install_fonts: no package texlive-lang-chinese from apt-get; printed pages will use the Noto faces for all roles" >&2
"$python" -m pip download -q --no-deps --disable-pip-version-check -d "$scratch" "$wheel" > "$scratch/pip.log" 2>&1 ||
    fail "cannot download $wheel: $(tail -n 1 "$scratch/pip.log"); check the package index of pip and run again"
"$python" -m zipfile -e "$scratch"/pylopdf_fonts_zh_cn-*.whl "$scratch/noto" || fail "the file of $wheel is damaged; run again"

"$python" "$here/private_fonts.py" "$scratch" "$dest" || fail "the fonts could not be prepared (see above); run again"
