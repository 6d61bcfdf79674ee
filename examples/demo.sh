#!/usr/bin/env bash
# The main job on the example case: who is answerable for what, what backs it, and how it is proved.
# The ledger is kept in a new folder, answerable-demo, or answerable-demo-2 where there is one.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if ! found=$(command -v answerable); then
  echo "answerable is not installed here: \`make demo\` sets it up, and then runs this." >&2
  exit 1
fi
bin=$(dirname "$found")
folder=answerable-demo
for ((number = 2; ; number++)); do
  [ -e "$folder" ] || break
  folder="answerable-demo-$number"
done
mkdir "$folder"
cp "$here/xiaomi-kol.jsonl" "$folder"
cd "$folder"
unset ANSWERABLE_LEDGER ANSWERABLE_CASE
export ANSWERABLE_ACTOR="demo" ANSWERABLE_PAGER=""

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' cyan=$'\e[36m' plain=$'\e[0m'
else
  bold='' cyan='' plain=''
fi

ask() {
  printf '\n%s%s%s\n' "$bold" "$1" "$plain"
  shift
  printf '%s$ %s%s\n' "$cyan" "${*@Q}" "$plain" | sed "s/'\([A-Za-z0-9._/-]*\)'/\1/g"
  "$@"
}
beginning() {
  local lines=$1 file
  file=$(mktemp)
  shift
  ask "$@" | fold -s -w 80 >"$file"
  head -n "$((lines + 2))" "$file"
  printf '… and so on: %s lines in all.\n' "$(($(wc -l <"$file") - 2))"
  rm -f "$file"
}

answerable init --origin example.com/ledger >init.log 2>&1
answerable import xiaomi-kol.jsonl >import.log 2>&1

cat <<'STORY'
In January 2026 a company was in contact with an influencer, and its community
objected. The head of public relations apologised, an inquiry followed, and
three people were sanctioned. 28 events tell it, and nobody's memory. So:
STORY
ask "Who is answerable for what, and what is open?" answerable status
beginning 15 "What backs each sanction?" answerable audit xiaomi-kol
beginning 10 "What did they have before them when they decided on the first?" \
  answerable replay xiaomi-kol --at 20
beginning 4 "And on the evening of 5 January?" \
  answerable status --as-of 2026-01-05
ask "Is the record what it was?" answerable verify

printf '\n%sAnd if someone changes one word of it, behind its back?%s\n' "$bold" "$plain"
cp answerable.db tampered.db
"${PYTHON:-python3}" - <<'PYTHON'
import sqlite3
ledger = sqlite3.connect("tampered.db")
ledger.execute("DROP TRIGGER events_are_not_changed")
ledger.execute(
    "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), 'dismissal', 'oral-warning')"
    " AS BLOB) WHERE topic = 'sanction-imposed'"
)
ledger.commit()
PYTHON
printf '%s$ answerable verify --ledger tampered.db%s\n' "$cyan" "$plain"
answerable verify --ledger tampered.db 2>&1 || printf '(exit code %s)\n' "$?"

ask "Sign it, and prove one event to a stranger, who needs no ledger:" answerable checkpoint
answerable key export >log.vkey
answerable prove 20 --output 20.tlog-proof --entry 20.json 2>prove.log
printf '%s$ answerable verify --proof 20.tlog-proof --entry 20.json --key log.vkey%s\n' "$cyan" "$plain"
answerable verify --proof 20.tlog-proof --entry 20.json --key log.vkey

ask "And for the board: one page, opened in any browser, that checks itself:" \
  answerable report xiaomi-kol --for board --output report.html

rm -f tampered.db* ./*.log

cat <<END

${bold}The ledger is kept in ${folder}. To go on, as typed:${plain}
  export PATH="$bin:\$PATH" && cd $folder
  answerable status --person "Xu Fei"
  answerable why "Xu Jieyun"
  answerable timeline xiaomi-kol
  answerable replay xiaomi-kol
  answerable next xiaomi-kol
  answerable changes
  answerable report xiaomi-kol --language zh-Hans --output report-zh.html
  answerable export --case xiaomi-kol --bundle case.zip --withhold name
  answerable append contact --case xiaomi-kol --counterparty "the KOL"
  answerable --help
At a terminal, \`answerable new\` asks what happened, and records it.
END
