#!/bin/sh
# Sets up what briefings needs: system packages that are missing, then .venv from requirements.lock.
#
#   .ci/setup.sh          what the program needs
#   .ci/setup.sh test     and what the tests look at its files with
#
# Whether a package is missing is decided by what it gives (a library that loads, a font, a command), so that any
# system will do; only installing is Debian's. When all is there this takes a fraction of a second and changes nothing.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'set-up: %s\n' "$*" >&2; }

PYTHON=${PYTHON:-}
if [ -z "$PYTHON" ]; then
    for candidate in python3.11 python3 python3.12 python3.13; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            PYTHON=$candidate
            break
        fi
    done
fi

loads() { "${PYTHON:-false}" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }
any() { for one in "$@"; do if loads "$one"; then return 0; fi; done; return 1; }
any_command() { for one in "$@"; do if command -v "$one" >/dev/null; then return 0; fi; done; return 1; }
font() { command -v fc-list >/dev/null && [ -n "$(fc-list "$1" family)" ]; }

# One line a package: the Debian name, then the question whether what it gives is there.
missing=
need() {
    package=$1
    shift
    "$@" || missing="$missing $package"
}
missing_packages() {
    missing=
    need python3 test -n "$PYTHON"
    need python3-venv "${PYTHON:-false}" -c 'import ensurepip, venv' 2>/dev/null
    need libpango-1.0-0 any libpango-1.0.so.0 libpango-1.0.0.dylib
    need libpangoft2-1.0-0 any libpangoft2-1.0.so.0 libpangoft2-1.0.0.dylib
    need libharfbuzz-subset0 any libharfbuzz-subset.so.0 libharfbuzz-subset.0.dylib
    need fontconfig command -v fc-list >/dev/null
    need fonts-noto-cjk font 'Noto Sans CJK SC'
    need fonts-lxgw-wenkai font 'LXGW WenKai'
    need fonts-liberation font 'Liberation Serif'
    if [ "${1:-}" = test ]; then
        need poppler-utils command -v pdftoppm >/dev/null
        need libreoffice-writer-nogui command -v soffice >/dev/null
    fi
}

missing_packages "${1:-}"
if [ -n "$missing" ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "missing system packages; as root on Debian run 'apt-get install --no-install-recommends$missing'," \
            "elsewhere install what gives the same (pango, harfbuzz-subset, fontconfig, Noto CJK, LXGW WenKai and Liberation fonts," \
            "Python 3.11 with venv; for the tests poppler and LibreOffice Writer), then run this again."
        exit 1
    fi
    say "installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null || say "apt-get update failed; going on with the package lists at hand"
    updated=yes
    # Installers talk a lot; what they say matters only when they fail.
    # shellcheck disable=SC2086  # a list of words
    if ! told=$(apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends $missing </dev/null 2>&1); then
        printf '%s\n' "$told" >&2
        say "apt-get could not install$missing"
        exit 1
    fi
    [ -n "$PYTHON" ] || PYTHON=python3
    missing_packages "${1:-}"
    if [ -n "$missing" ]; then
        say "installed, yet what they give is not to be found:$missing"
        exit 1
    fi
fi

# What only a part of the tests needs: a browser with what drives it, and PostgreSQL. Best effort: where apt-get cannot give them, that part
# is left out, and says so.
postgresql() { command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
more_for_tests() {
    missing=
    need chromium any_command chromium chromium-browser
    need libatomic1 any libatomic.so.1  # of Playwright's driver
    need postgresql postgresql
}
fetch_more() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
    say "installing$missing"
    case $missing in *postgresql*)
        # The tests begin servers of their own: no cluster is made and started for a machine that had none.
        conf=/etc/postgresql-common/createcluster.conf
        [ -e "$conf" ] || { mkdir -p "${conf%/*}" && echo 'create_main_cluster = false' >"$conf"; } || true ;;
    esac
    apt="timeout 300 apt-get -qq -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold -o Acquire::Retries=1"
    export DEBIAN_FRONTEND=noninteractive
    [ -n "${updated:-}" ] || $apt update </dev/null >/dev/null 2>&1 || true
    for package in $missing; do
        $apt install -y --no-install-recommends "$package" </dev/null >/dev/null 2>&1 || true
    done
}
if [ "${1:-}" = test ]; then
    more_for_tests
    if [ -n "$missing" ]; then
        fetch_more
        more_for_tests
        [ -z "$missing" ] || say "without$missing: the tests that need them are left out"
    fi
fi

# What looks at the pages in the tests: axe-core, one file out of the npm registry, kept beside other caches. Best effort:
# without npm or a network that test is left out, and says so.
AXE=4.14.1
AXE_SHA512=FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==
axe_file=${XDG_CACHE_HOME:-$HOME/.cache}/briefings/axe-core-$AXE.js
fetch_axe() {
    command -v npm >/dev/null || return 1
    beside=$(mktemp -d)
    if npm pack --silent --fetch-retries=0 --fetch-timeout=20000 --pack-destination "$beside" "axe-core@$AXE" \
        </dev/null >/dev/null 2>&1 && mkdir -p "${axe_file%/*}"; then
        "$PYTHON" - "$beside/axe-core-$AXE.tgz" "$AXE_SHA512" "$axe_file" <<'EOF'
import base64, hashlib, os, sys, tarfile
packed, wanted, there = sys.argv[1:]
with open(packed, "rb") as file:
    found = base64.b64encode(hashlib.sha512(file.read()).digest()).decode()
if found != wanted:
    sys.exit("set-up: axe-core is not the one expected: sha512 " + found)
with tarfile.open(packed) as tar, open(there + ".part", "wb") as out:
    out.write(tar.extractfile("package/axe.min.js").read())
os.replace(there + ".part", there)
EOF
    fi
    rm -rf "$beside"
    test -f "$axe_file"
}
if [ "${1:-}" = test ] && [ ! -f "$axe_file" ]; then
    fetch_axe || say "without axe-core: the pages' accessibility is not looked at"
fi

# 仿宋 of the official theme: Debian packs it with TeX only, so just the fonts are taken out of that package. Without them
# the theme is set in Noto Serif and LXGW WenKai, so a machine that cannot fetch them goes on.
fandol() {
    there=/usr/local/share/fonts/fandol
    made=$(mktemp -d)
    if (
        cd "$made" && chmod 755 . &&
            timeout 60 apt-get download -qq texlive-lang-chinese </dev/null && dpkg -x texlive-lang-chinese_*.deb . &&
            mkdir -p "$there" &&
            cp usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/Fandol[FHKS]*.otf "$there"
    ) >/dev/null 2>&1; then
        fc-cache "$there" 2>/dev/null || true
    else
        say "the 仿宋 fonts (Fandol) could not be fetched; the official theme will use Noto Serif CJK in their place"
    fi
    rm -rf "$made"
}

# The stamp stands inside .venv and names what it was made from: a changed lock file or project makes it anew.
stamp=.venv/.made-from
key=$(cat requirements.lock pyproject.toml | sha256sum | cut -c1-64)
if [ -x .venv/bin/briefings ] && [ "$(cat "$stamp" 2>/dev/null)" = "$key" ]; then
    exit 0
fi
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    say "making .venv with $("$PYTHON" --version)"
    "$PYTHON" -m venv --clear .venv
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && command -v dpkg >/dev/null && ! font FandolFang; then
    fandol
fi
say "installing the Python packages of requirements.lock into .venv (a minute or two)"
pip() { .venv/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input "$@" </dev/null; }
pip install --require-hashes -r requirements.lock
pip install --no-deps --no-build-isolation --editable .
printf '%s' "$key" >"$stamp"
