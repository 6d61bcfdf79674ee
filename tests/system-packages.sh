#!/bin/sh
# What the tests need besides Python: Go and its sumdb packages, OpenSSL, OpenSSH, Graphviz, zsh, fish,
# man, Chromium, a font with ideographs, pdftotext, Pango, PostgreSQL's server and PgBouncer. Installs what is missing from
# Debian's packages where that is possible and permitted. Where it is not, the tests that need it say so and are
# skipped, so nothing fails here.
set -u

missing=''
need() { # need PACKAGE TEST...: the package, unless the test succeeds
  package=$1
  shift
  "$@" >/dev/null 2>&1 || missing="$missing $package"
}
need golang-go go version
need golang-golang-x-mod-dev test -d /usr/share/gocode/src/golang.org/x/mod/sumdb
need openssl openssl version
need graphviz dot -V
need zsh zsh --version
need fish fish --version
need man-db man --version
need chromium sh -c 'command -v chromium'
need fonts-wqy-microhei sh -c 'fc-list :lang=zh-cn | grep -q .'
need poppler-utils sh -c 'command -v pdftotext'
need libpangoft2-1.0-0 sh -c 'ldconfig -p | grep -q libpangoft2-1.0'
need postgresql sh -c 'ls /usr/lib/postgresql/*/bin/postgres'
need pgbouncer sh -c 'command -v pgbouncer || test -x /usr/sbin/pgbouncer'
need openssh-client sh -c 'command -v ssh-keygen'

[ -n "$missing" ] || exit 0
command -v apt-get >/dev/null 2>&1 || {
  echo "Not installed, so their tests are skipped:$missing" >&2
  exit 0
}
if [ "$(id -u)" = 0 ]; then as_root=''; else as_root='sudo -n'; fi
echo "Installing for the tests:$missing ..." >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # both are lists of words
{ $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing; } \
  >/dev/null 2>&1 || echo "Could not install, so their tests are skipped:$missing" >&2
