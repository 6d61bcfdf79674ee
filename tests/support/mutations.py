"""Bundles changed by chance, by one who knows what is in them.

Bytes that are flipped anywhere are mostly found at once, by a digest. So entries and texts are
changed in logs that are signed again, files in bundles whose manifest lists them as they are, and
zips field by field; and what is put in is what readers of JSON, base64, UTF-8 and zips have
differed in before.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import Any

from tests.support.bundles import STARTED, Files
from tests.support.forged_bundles import entries_of, forged, retell, texts_of
from tests.support.openssh import SECURITY_KEYS, Key, armored
from tests.support.zip_mutations import mutated_zip

from answerable.domain.kinds import FAMILY
from answerable.ledger.bundle import layout, zip_file
from answerable.ledger.bundle.inventory import REFERENCES
from answerable.ledger.entry.disclosure import commitment, disclosure_text
from answerable.ledger.entry.statement import statement
from answerable.ledger.errors import NotVerified
from answerable.ledger.tlog.note import ED25519, Note, Signature
from answerable.ledger.tlog.note_signatures import Signer, signed_message

Keys = Sequence[Signer]

RECORDERS = [Key.generate(kind) for kind in ("ssh-ed25519", *SECURITY_KEYS)]

NAMES = ("", "a", "x y", "a+b", "été", "e\u0301", "\u200b", "\u00a0", "\x7f", "\x85", "x" * 300)
NUMBERS = (
    *("-0", "1.0", "1e0", "1e400", "-1e999", "9" * 40, "9" * 41, "0." + "1" * 38, "1e-999"),
    *("9223372036854775807", "9223372036854775808", "18446744073709551616", "NaN", "-Infinity"),
    *("01", "+1", ".5", "5.", "1_0", "1e308", "1e309", "true", "null"),
)
STRINGS = (
    *('"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00\\ud83d"', '"\\u0000"', '"\\/"', '"\\x"', '"\t"'),
    *('"\u00e9"', '"e\\u0301"', '"[[{"', '"\\\\\\"["', '"\ufeff"', '""'),
)
NESTED = (
    *(f"{'[' * depth}{']' * depth}" for depth in (5, 60, 61, 62, 63, 64, 65)),
    *(f'{chr(123)}"a":{"[" * depth}1{"]" * depth}{chr(125)}' for depth in (5, 60, 62, 64)),
    *(f"[{','.join(['[]'] * count)}]" for count in (8, 63, 64, 65, 90, 400)),
    *('{"a":1,"a":2}', '{"":{}}', "[null]", "[1,]"),
)
INSERTED = (
    *(b"\n", b"\n\n", b"\r\n", b" ", b"\t", b"\0", b"=", b"A", b"0", b"+", b"#", b'"', b","),
    *(b"\xff", b"\xef\xbb\xbf", b"\xc2\xa0", b"\x85", b"\x0c", b"\xe2\x80\xa8", "— ".encode()),
)
TIMES = (0, 1, 2**32, 253_402_300_799, 253_402_300_800, 2**63 - 1, 2**63, 2**64 - 1)
SIZES = ("0", "1", "11 ", "011", "+11", "1_1", "٣", str(2**63 - 1), str(2**63), "-1", "11.0")
POSITIONS = (11, 99_999_999, 10**8, 2**40, 2**62, 2**63 - 1, 2**63, 10**19 - 1)
FIELDS = (
    *("occurred", "standing", "recorded_at", "digest", "size", "media_type", "policy", "from"),
    *("position", "custody", "amended_by", "destroyed", "about", "_sd", "version", "event_id"),
)
SEALED = ("recorded_by", "sources", "signature", "title", "reason", "conduct", "name", "nosuch")
STRANGE_FILES = (
    *("entries/000000010.json", "entries/00000011.json", "proofs/00000011.proof", "verify.pyc"),
    *("entries/9223372036854775807.json", "timestamps/1.tst", "timestamps/01.note"),
)


def odd_json(random: Random) -> str:
    """Something that is JSON, or nearly."""
    return random.choice(random.choice((NUMBERS, STRINGS, NESTED)))


def mutated_bytes(random: Random, data: bytes) -> bytes:
    """Bytes with one to three changes."""
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        at = random.randrange(len(made) + 1)
        lines = bytes(made).split(b"\n")
        line = random.randrange(len(lines))
        change = random.randrange(6)
        if change == 0:
            made[at : at + 1] = bytes([random.randrange(256)])
        elif change == 1:
            made[at:at] = random.choice(INSERTED)
        elif change == 2:
            del made[at : at + random.choice((1, 2, 10))]
        elif change == 3:
            made[at:at] = made[at : at + random.choice((1, 3, 20, 100))]
        elif change == 4:
            lines[line] = random.choice((lines[line] * 2, b"", random.choice(lines)))
            made = bytearray(b"\n".join(lines))
        else:
            lines.insert(line, random.choice((*INSERTED, random.choice(lines))))
            made = bytearray(b"\n".join(lines))
    return bytes(made)


def mutated_base64(random: Random, text: str) -> str:
    """Another form of some base64, or nearly."""
    return random.choice(
        (
            *(text + "=", text.rstrip("="), text[:-1] + "B", text + "A", text + "====", " " + text),
            *(text.replace("+", "-").replace("/", "_"), text[:4] + "\n" + text[4:], text + "\x0b"),
        )
    )


def mutated_json(random: Random, data: bytes) -> bytes:
    """A JSON text in which a value, a name or the order is another."""
    told = json.loads(data)
    places = list(_places(told))
    if not places:
        return data
    holder, key = random.choice(places)
    change = random.randrange(6)
    odd = "\0odd\0"
    if change == 0:
        holder[key] = odd
    elif change == 1 and isinstance(holder, dict):
        holder[random.choice(NAMES)] = odd
    elif change == 2:
        del holder[key]
    elif change == 3:
        other, its = random.choice(places)
        holder[key] = json.loads(json.dumps(other[its]))
    elif change == 4 and isinstance(holder, list):
        holder.insert(random.randrange(len(holder) + 1), random.choice((odd, holder[key])))
    elif isinstance(holder, list):
        random.shuffle(holder)
    else:
        holder[key] = holder.pop(key)
    written = json.dumps(told, ensure_ascii=random.random() < 0.5, indent=random.choice((None, 1)))
    return written.replace(json.dumps(odd), odd_json(random)).encode()


def _places(told: Any) -> Any:
    """Yield every list and object in a value, with each of its keys."""
    keys = told if isinstance(told, dict) else range(len(told)) if isinstance(told, list) else ()
    for key in list(keys):
        yield told, key
        yield from _places(told[key])


# A log that is signed again.


def mutated_log(random: Random, files: Files, signers: Keys, strangers: Keys) -> Files:
    """The bundle of a log in which entries or texts are others, signed again."""
    entries, texts = entries_of(files), texts_of(files)
    ids = [json.loads(entry)["event_id"] for entry in entries.values()]
    for _ in range(random.choice((1, 1, 2, 3))):
        at = random.choice(sorted(entries))
        change = random.choice(
            (_edit_entry, _edit_field, _copy_entry, _sign_entry, _edit_text, _edit_text)
        )
        try:
            change(random, entries, texts, at, ids)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, NotVerified):
            continue  # An earlier change made it impossible.
    size = random.choice((None, None, None, max(entries) + 2, 2**63 - 1, 2**62 + 1, 1))
    extension = random.choice(("", "", "", "more\n", "é\n", "\n", "\x01\n", " \n"))
    by = random.sample([*signers, *strangers], 2) if random.random() < 0.1 else signers
    try:
        return forged(files, entries, texts, by, size=size, extension=extension)
    except NotVerified:  # What no key for checkpoints signs, one for any text does.
        by = [signer for signer in signers if signer.key.kind == ED25519]
        return forged(files, entries, texts, by, size=size, extension=extension)


Entries = dict[int, bytes]
Texts = dict[int, list[str | None]]


def _edit_entry(_: Random, entries: Entries, texts: Texts, at: int, ids: list[str]) -> None:
    entries[at] = mutated_json(_, entries[at])


def _edit_field(random: Random, entries: Entries, texts: Texts, at: int, ids: list[str]) -> None:
    told = json.loads(entries[at])
    change = random.randrange(4)
    odd = "\0odd\0"
    if change == 0:
        told[random.choice((*FIELDS, *SEALED))] = odd
    elif change == 1:
        told["kind"] = random.choice((*sorted(FAMILY), "x"))
    elif change == 2:
        told[random.choice(REFERENCES)] = random.choice(
            (random.choice(ids), random.sample(ids, 2), ["nowhere", 1, None], odd)
        )
    else:
        told["case_id"] = random.choice(("acme", "house", "other", ""))
    written = json.dumps(told, separators=(",", ":"))
    entries[at] = written.replace(json.dumps(odd), odd_json(random)).encode()


def _copy_entry(random: Random, entries: Entries, texts: Texts, at: int, ids: list[str]) -> None:
    told = json.loads(entries[at])
    told["event_id"] = random.choice((told["event_id"], "", random.choice(ids), "x" * 36))
    told["version"] += random.choice((-1, 0, 1, 2))
    told["case_id"] = random.choice((told["case_id"], "acme", "other"))
    place = random.choice(POSITIONS)
    entries[place] = json.dumps(told, separators=(",", ":")).encode()
    texts[place] = list(texts[at])


def _sign_entry(random: Random, entries: Entries, texts: Texts, at: int, ids: list[str]) -> None:
    """Have who recorded sign an entry, by chance badly."""
    key = random.choice(RECORDERS)
    odd: dict[str, Any] = random.choice(
        (*({} for _ in range(6)), {"namespace": "git"}, {"after": b"x"}, {"flags": 0})
    )
    made = key.sign(statement(entries[at]), **odd)
    if random.random() < 0.3:
        made = mutated_bytes(random, made.encode()).decode(errors="replace")
    elif random.random() < 0.3:
        made = armored(mutated_bytes(random, b64decode("".join(made.split("\n")[1:-2]))))
    text = disclosure_text(b"0" * 22, "signature", json.dumps(made).encode()).decode()
    texts[at].append(text)
    told = json.loads(entries[at])
    told["_sd"].append(commitment(text.encode()).decode())
    entries[at] = json.dumps(told, separators=(",", ":")).encode()


def _edit_text(random: Random, entries: Entries, texts: Texts, at: int, ids: list[str]) -> None:
    given = texts[at]
    number = random.randrange(len(given))
    change = random.randrange(5)
    if change == 0:
        given[number] = None
    elif change == 1:
        given[number] = mutated_base64(random, given[number] or "")
    elif change == 2:
        given.insert(number, random.choice((given[number], None, "")))
    else:
        field = random.choice(SEALED) if random.random() < 0.9 else odd_json(random)
        more = random.choice(("", "", "", ",1", " ", "\n", "x"))
        array = f'["0",{json.dumps(field)},{odd_json(random)}{more}]'
        given[number] = urlsafe_b64encode(array.encode()).decode().rstrip("=")
    if random.random() < 0.9:
        told = json.loads(entries[at])
        old = [*told["_sd"], *given]
        told["_sd"] = [
            old[place] if text is None else commitment(text.encode()).decode()
            for place, text in enumerate(given)
        ]
        entries[at] = json.dumps(told, separators=(",", ":")).encode()


# Files.


def mutated_files(random: Random, files: Files, strangers: Keys) -> Files:
    """The files of a bundle, one of which is another; mostly, the manifest lists it as it is."""
    made = dict(files)
    name = random.choice(sorted(made))
    change = random.randrange(8)
    if change == 0:
        made["checkpoint"] = mutated_note(random, made["checkpoint"], strangers)
    elif change == 1:
        made["keys.txt"] = mutated_keys(random, made["keys.txt"], strangers)
    elif change == 2:
        proof = random.choice([each for each in sorted(made) if each.startswith("proofs/")])
        lines = made[proof].decode("latin-1").split("\n")
        line = random.randrange(len(lines))
        lines[line] = random.choice((mutated_base64(random, lines[line]), "", "extra eA=="))
        made[proof] = "\n".join(lines).encode()
    elif change == 3:
        listed = random.choice(("manifest.json", "disclosures.json", "evidence.json"))
        made[listed] = mutated_json(random, made[listed])
    elif change == 4:
        del made[name]
    elif change == 5:
        other = random.choice(sorted(made))
        made[name], made[other] = made[other], made[name]
    elif change == 6:
        made[random.choice(STRANGE_FILES)] = made[name]
    else:
        made[name] = mutated_bytes(random, made[name])
    if random.random() < 0.2:
        return retell(made)
    return relisted(made) if random.random() < 0.8 else made


def relisted(files: Files) -> Files:
    """The files, as the manifest lists them, if it can."""
    try:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = {
            name: sha256(files[name]).hexdigest()
            for name in sorted(files)
            if name != layout.MANIFEST
        }
        written = json.dumps(manifest, indent=1).encode() + b"\n"
    except (KeyError, ValueError, TypeError):
        return files
    return {**files, "manifest.json": written}


def mutated_note(random: Random, note: bytes, strangers: Keys) -> bytes:
    """A signed checkpoint that says something else, or bears another signature."""
    text, _, below = note.decode().rpartition("\n\n")
    lines = below.removesuffix("\n").split("\n")
    line = random.randrange(len(lines))
    change = random.randrange(7)
    if change == 0:
        name = random.choice(NAMES)
        blob = b64encode(bytes(random.choice((0, 3, 4, 5, 68)))).decode()
        lines.insert(line, f"— {name} {blob}")
    elif change == 1:
        lines.insert(line, _signed_at(random.choice(strangers), f"{text}\n", random.choice(TIMES)))
    elif change == 2:
        lines += [f"— x{number} AAAAAAA=" for number in range(random.randrange(60, 66))]
    elif change == 3:
        head, encoded = lines[line].rsplit(" ", 1)
        lines[line] = f"{head}{random.choice((' ', '  '))}{mutated_base64(random, encoded)}"
    elif change == 4:
        lines.append(random.choice(lines))
    elif change == 5:
        told = text.split("\n")
        told[1] = random.choice(SIZES)
        text = "\n".join(told)
    else:
        return mutated_bytes(random, note)
    return f"{text}\n\n{chr(10).join(lines)}\n".encode()


def _signed_at(signer: Signer, text: str, time: int) -> str:
    """A signature line, of a time that may be none."""
    try:
        made = signer.private.sign(signed_message(signer.key, text, time))
    except NotVerified:
        made = bytes(64)
    stamp = b"" if signer.key.kind == ED25519 else time.to_bytes(8, "big")
    return Signature(signer.key.name, signer.key.id, stamp + made).line.removesuffix("\n")


def mutated_keys(random: Random, keys: bytes, strangers: Keys) -> bytes:
    """A list of keys that names another, or a line that is none."""
    lines = keys.decode().split("\n")
    line = random.randrange(len(lines))
    name, material = random.choice(NAMES), random.choice((b"", b"\1", b"\1" + bytes(32), b"\5"))
    key_id = sha256(name.encode() + b"\n" + material).hexdigest()[:8]
    lines.insert(
        line,
        random.choice(
            (
                *("", "#", "# é", " ", "#\x7f", "\x0c", "x", "x+00000000+", random.choice(lines)),
                *(str(random.choice(strangers).key), mutated_base64(random, random.choice(lines))),
                f"{name}+{key_id}+{b64encode(material).decode()}",
            )
        ),
    )
    return "\n".join(lines).encode()


def cosigned(random: Random, files: Files, strangers: Keys) -> Files:
    """The bundle under a signature more, of a time that may be none, by a key that it may name."""
    note = Note.parse(files["checkpoint"])
    signer = random.choice(strangers)
    line = _signed_at(signer, note.text, random.choice((*TIMES, int(STARTED.timestamp()))))
    named = f"{signer.key}\n".encode() if random.random() < 0.5 else b""
    made = {**files, "checkpoint": files["checkpoint"] + f"{line}\n".encode()}
    made["keys.txt"] = random.choice((files["keys.txt"] + named, named + files["keys.txt"]))
    return retell(made)


# All of it.


def mutated(random: Random, files: Files, signers: Keys, strangers: Keys) -> bytes:
    """A bundle that was changed by chance, as a zip."""
    way = random.randrange(8)
    made = files
    if way < 4:
        made = mutated_log(random, files, signers, strangers)
    elif way == 4:
        made = cosigned(random, files, strangers)
    if way >= 5 or random.random() < 0.2:
        try:
            made = mutated_files(random, made, strangers)
        except (ValueError, KeyError, IndexError, RecursionError):
            made = relisted(made)  # An earlier change made it impossible.
    if way == 7:
        data = mutated_zip(random, files if random.random() < 0.7 else made)
        return mutated_bytes(random, data) if random.random() < 0.2 else data
    return zip_file.pack(made)
