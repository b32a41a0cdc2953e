#!/bin/sh
# Installs the packages of packages.txt that are missing, and gets the embedding model (models.sh). Asks nothing, and
# when all is there says nothing.
set -eu
here=$(dirname "$0")

if ! command -v dpkg-query >/dev/null; then
    echo "setup: this is no Debian: install the equivalents of tools/packages.txt by hand" >&2
    exit 1
fi

wanted=$(sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$here/packages.txt")
# One call for all: dpkg-query exits 1 and goes on where it does not know a package.
# shellcheck disable=SC2086
installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | sed -n 's/ installed$//p' || true)
missing=$(printf '%s\n' "$wanted" | while read -r package; do
    printf '%s\n' "$installed" | grep -qxF "$package" || printf '%s ' "$package"
done)
[ -z "$missing" ] && exec "$here/models.sh"

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "setup: these packages are missing and need root; run as root: apt-get install $missing" >&2
        exit 1
    fi
    as_root="sudo"
fi
echo "setup: installing $missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
# The package of the server would make a cluster and start it: nobody asked for that.
case " $missing" in
*" postgresql-15 "*)
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends postgresql-common
    $as_root sed -i 's/^#create_main_cluster = true/create_main_cluster = false/' \
        /etc/postgresql-common/createcluster.conf
    ;;
esac
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
exec "$here/models.sh"
