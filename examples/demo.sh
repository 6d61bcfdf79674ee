#!/usr/bin/env bash
# The main job on the example case, one command at a time, in a folder that is thrown away after.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$here/xiaomi-kol.jsonl" "$folder"
cd "$folder"
unset ANSWERABLE_LEDGER
export ANSWERABLE_ACTOR="demo"

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' cyan=$'\e[36m' plain=$'\e[0m'
else
  bold='' cyan='' plain=''
fi

step=0
tell() {
  step=$((step + 1))
  printf '\n%s%d. %s%s\n' "$bold" "$step" "$1" "$plain"
  shift
  [ $# -eq 0 ] || printf '%s\n' "$@"
}
run() {
  printf '%s$ %s%s\n' "$cyan" "$*" "$plain"
  "$@"
}

cat <<'STORY'
In January 2026 a technology company was in contact with an influencer, and its community
objected. The head of public relations apologised and ended the contact; an investigation
followed, one employee was dismissed, and two executives were sanctioned - the head of public
relations among them. Who was answerable for what, on which basis? Let the record say.
STORY

tell "Make a ledger and record the case." \
  "28 events: six parties, then the case as the story tells it. What it does not tell is absent."
run answerable init --origin example.com/ledger
run answerable import xiaomi-kol.jsonl

tell "Who is accountable, and what is open?"
run answerable status

tell "What does one sanction rest on?" \
  "Down to the evidence - or to the place where the record has none."
sanction=$(answerable log --kind sanction-imposed --json | sed -n '2s/.*"event_id":"\([^"]*\)".*/\1/p')
run answerable why "$sanction"

tell "How did it come to that?" "The case again, event by event, up to the first sanction."
run answerable replay xiaomi-kol --until 20

tell "And what did the deciders have before them?" \
  "The state just before that sanction was recorded; what came on record only later is set apart."
run answerable replay xiaomi-kol --at "$sanction"

tell "And on the evening of 5 January?" \
  "What had certainly happened by then, and what may have: the dates of the findings are not told."
run answerable status --as-of 2026-01-05

tell "What is left to do, or to explain, and from whom?"
run answerable gaps --as-of 2026-03-31

tell "Where is it written?"
run answerable search "management failure"

tell "Write the report."
run answerable report xiaomi-kol --format markdown --output report.md
printf '%s\n' "Its beginning:"
sed -n '1,24p' report.md

tell "Is the record what it was?"
run answerable verify

tell "And if someone changes it?" "One word of one entry, behind the ledger's back:"
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
run answerable verify --ledger tampered.db || printf '%s\n' "(exit code $?)"

tell "Sign it, and prove one event to a stranger." \
  "Who has the log's public key needs no ledger, only the entry and its proof."
run answerable checkpoint
answerable key export > log.vkey
printf '%s$ answerable key export > log.vkey%s\n' "$cyan" "$plain"
run answerable prove 20 --output 20.tlog-proof --entry 20.json
run answerable verify --proof 20.tlog-proof --entry 20.json --key log.vkey

tell "Rewrite history whole, tree and all?" \
  "A copy with one event less, made from scratch: to the tree it looks whole, to the key it does not."
answerable export --entries | head -n 27 > shorter.jsonl
run answerable init --ledger rewritten.db
run answerable import --ledger rewritten.db shorter.jsonl
run answerable verify --ledger rewritten.db --key log.vkey || printf '%s\n' "(exit code $?)"

tell "Publish it for anyone to audit." "Static files: any web server will do."
run answerable publish public
run answerable verify --from public --key log.vkey

tell "Hand over the case." \
  "One zip, for a court or the person accused; checked here by the program inside, which needs" \
  "nothing but Python. The names stay sealed, and every proof holds."
run answerable export --case xiaomi-kol --bundle case.zip --withhold name --withhold title \
  --to "the labour court" --legal-basis "labour contract law art. 39"
unzip_one() { "${PYTHON:-python3}" -c 'import sys, zipfile
zipfile.ZipFile(sys.argv[1]).extract(sys.argv[2])' "$@"; }
unzip_one case.zip verify.py
run "${PYTHON:-python3}" verify.py case.zip

printf '\n%sThat was the main job.%s `answerable --help` has the rest, and README.md the why.\n' "$bold" "$plain"
