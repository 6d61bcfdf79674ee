#!/bin/sh
# Runs a command with a scratch folder in memory, where there is room for one: a ledger waits for the disk at
# each commit, and the tests make some ten thousand. The folder is gone when the command has ended.
#
#     sh tests/in-memory.sh pytest ...
set -u

needed=4194304 # KiB; the whole suite leaves some 1.7 GB
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ "${room:-0}" -ge "$needed" ] && folder=$(mktemp -d /dev/shm/a.XXXXXX 2>/dev/null); then
  trap 'chmod -R u+rwX "$folder"; rm -rf "$folder"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  # The tests make programs, and run them.
  printf '#!/bin/sh\n' >"$folder/program"
  chmod +x "$folder/program"
  if "$folder/program" 2>/dev/null; then
    export TMPDIR="$folder"
    # A server's user goes through it to folders of their own.
    chmod 711 "$folder"
    export TESTS_SERVERS_IN="$folder"
  fi
fi
"$@"
