#!/bin/sh
# Installs the engines that the words bench measures beside engram: Xapian from Debian, Tantivy into build/peers-venv.
# Only that bench needs them. Asks nothing, and when all is there says nothing.
set -eu
cd "$(dirname "$0")/../.."
venv=build/peers-venv
packages="python3 python3-venv python3-xapian"
requirements=bench/peers/requirements.txt

missing=
for package in $packages; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done
if [ -n "$missing" ]; then
    as_root=
    [ "$(id -u)" -eq 0 ] || as_root=sudo
    echo "peers: installing$missing"
    $as_root apt-get update -q
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
fi

cmp -s "$requirements" "$venv/requirements.txt" && exit 0
rm -rf "$venv"
# Debian's Python, whatever else is in the path: its Xapian is compiled for that one.
/usr/bin/python3 -m venv --system-site-packages "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$requirements"
cp "$requirements" "$venv/requirements.txt"
