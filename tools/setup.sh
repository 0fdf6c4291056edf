# Read by ./run and ./test: what the machine lacks is installed, after saying so, or named with the command to type.
# shellcheck shell=sh

# Shared libraries Qt needs, each with the Debian package that holds it. The first six always, the rest for a window.
QT_LIBRARIES="libGL.so.1=libgl1 libEGL.so.1=libegl1 libglib-2.0.so.0=libglib2.0-0 libdbus-1.so.3=libdbus-1-3 libfontconfig.so.1=libfontconfig1 libxkbcommon.so.0=libxkbcommon0"
WINDOW_LIBRARIES="libxcb-cursor.so.0=libxcb-cursor0 libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0"

has_display() {
    [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]
}

missing_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    known=$( (ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null) || true)
    wanted="$QT_LIBRARIES"
    if has_display; then wanted="$wanted $WINDOW_LIBRARIES"; fi
    for pair in $wanted; do
        case "$known" in
            *"${pair%%=*} "*) ;;
            *) printf '%s ' "${pair#*=}" ;;
        esac
    done
    python=$(find_python)
    if [ -z "$python" ]; then
        printf 'python3 python3-venv '
    elif ! "$python" -c 'import ensurepip' 2>/dev/null; then
        printf 'python3-venv '
    fi
    # The locked packages come over https, which needs the certificates.
    [ -e /etc/ssl/certs/ca-certificates.crt ] || [ -e /etc/pki/tls/certs/ca-bundle.crt ] || printf 'ca-certificates '
}

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 0
}

install_packages() {
    admin=""
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null 2>&1; then admin="sudo"; else admin="none"; fi
    fi
    if ! command -v apt-get >/dev/null 2>&1 || [ "$admin" = none ]; then
        echo "Roleworth needs these packages: $1" >&2
        echo "Ask an administrator to run: apt-get install --no-install-recommends $1" >&2
        exit 1
    fi
    echo "Installing what Roleworth needs and this computer lacks: $1"
    # Newer releases carry the t64 name of the same library.
    set -- $1
    $admin apt-get update -qq
    list=""
    for package in "$@"; do
        apt-cache show "$package" >/dev/null 2>&1 || package="${package}t64"
        list="$list $package"
    done
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $admin apt-get install -y -qq --no-install-recommends $list >/dev/null
}

prepare() {
    need=$(missing_packages)
    if [ -n "$need" ]; then install_packages "$need"; fi
    python=$(find_python)
    if [ -z "$python" ]; then
        echo "Roleworth needs Python 3.11, 3.12 or 3.13, and none was found on this computer." >&2
        exit 1
    fi
    stamp=".venv/.ready-$1-$(cksum <"$1" | tr ' ' -)"
    if [ ! -e "$stamp" ]; then
        echo "Setting up Roleworth's own copy of its libraries in .venv (once, about a minute)..."
        [ -x .venv/bin/python ] || "$python" -m venv .venv
        .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r "$1"
        touch "$stamp"
    fi
}
