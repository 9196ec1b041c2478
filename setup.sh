#!/usr/bin/env bash
# setup.sh PYTHON [--upgrade]: make .venv and install the locked dependencies, the test tools and Marsad; what is there already is left.
set -u
cd "$(dirname "$0")"
python=${1:-python3}
fail() { echo "marsad setup: $1" >&2; exit 1; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || fail "Python 3.11 or newer is needed; $python is $("$python" --version 2>&1 || echo missing). Name another with: make PYTHON=/path/to/python3.11"
if [ "${2:-}" = "--upgrade" ]; then
    rm -rf .venv
    "$python" -m venv .venv && .venv/bin/pip install -q torch==2.13.0 && .venv/bin/pip install -q -e '.[test]' || fail "the upgrade failed; see above"
    { head -n 1 requirements.lock; .venv/bin/pip freeze --exclude-editable; } > requirements.lock.new && mv requirements.lock.new requirements.lock
    exit 0
fi
stamp=.venv/.marsad-$(cat requirements.lock pyproject.toml | sha256sum | cut -c1-16)
[ -f "$stamp" ] && exit 0

echo "marsad setup: installing the locked dependencies into .venv (a few minutes the first time)"
[ -x .venv/bin/python ] || "$python" -m venv .venv || fail "$python cannot make .venv; on Debian install python3-venv"
install() {
    .venv/bin/pip install -q --disable-pip-version-check -c requirements.lock "$@" 2> .venv/setup.log && return
    if grep -qiE 'connection|resolve|network|timed out|proxy|retries' .venv/setup.log; then
        fail "the package index cannot be reached; connect to the network, or set PIP_INDEX_URL to an index at hand"
    fi
    fail "pip could not install $1: $(grep -m1 -i error .venv/setup.log); all of it is in .venv/setup.log"
}
# torch alone first, so that its index (CPU builds) is asked for nothing else.
install torch==2.13.0 ${TORCH_INDEX:+--index-url "$TORCH_INDEX"}
install -e '.[test]'
rm -f .venv/.marsad-*
touch "$stamp"
echo "marsad setup: done"
