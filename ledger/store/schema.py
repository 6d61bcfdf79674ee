"""The tables of a ledger in SQLite.

`stored_events` is the library's table of events, with the row id written out: entry number `rowid -
1` of the log, without gaps. The event id is indexed where it stands in the entry's bytes.
`disclosures` holds what is sealed, in the order of the entry's commitments; `tiles` the tree
(`answerable.ledger.tlog.merkle`); `imports` how far an import came. `keys` holds the ledger's own
public keys, `checkpoints` what they signed, `timestamps` the tokens over it. Triggers refuse to
change or delete what is recorded; a disclosure can be erased, but not altered, a tile can only
grow, and below a checkpoint signatures can only be added.

`documents` holds the views, and `tracking`, the library's, how many entries they reflect
(`answerable.ledger.indexes.documents`). They can be made again from the record at any time.
So can the indexes of the texts and of the names, whose tables are made at the first search
(`answerable.ledger.indexes.full_text`, `answerable.ledger.indexes.names`).
"""

from __future__ import annotations

ID_OFFSET = len('{"event_id":"')
ID_LENGTH = 36
HEAD_OFFSET = ID_OFFSET + ID_LENGTH
"""The bytes of an entry before its event id, and before the rest of its head."""

APPLICATION_ID = 0x616E7377
"""SQLite's `application_id` of a ledger: `answ`."""

FORMAT = 6
"""SQLite's `user_version` of a ledger: the version of these tables."""

OLDEST_FORMAT = 1
"""The oldest version that is still read: what it lacks is added when the ledger is opened."""

READABLE_FORMAT = 2
"""The oldest version that can be read as it is, more slowly, where nothing can be added to it."""

StoredRow = tuple[int, str, int, str, bytes]
"""A row of events: the position counted from 1, case, version, kind, entry."""

DisclosureRow = tuple[int, int, str, str, bytes | None]
"""A row of disclosures: position, number of the commitment, field, parties, text unless erased."""

EVENT_ID = f"substr(state, {ID_OFFSET + 1}, {ID_LENGTH})"


def _value_in_entry(key: str, length: int) -> str:
    """Write in SQL the bytes of an entry behind the first place where it has a key.

    In JSON a quotation mark inside a text is escaped, so only a key can read so. SQLite's own JSON
    functions may not stand in an index of a schema that is not trusted.
    """
    name = f'"{key}":"'
    return f"substr(state, instr(state, CAST('{name}' AS BLOB)) + {len(name)}, {length})"


NAMES_A_PARTY = "topic IN ('correction', 'party-registered')"
PARTY = _value_in_entry("party", 65)
"""The party that a registration, or a correction of one, names; then a quotation mark."""

AMENDS = "topic IN ('authority-revoked', 'correction', 'dispute', 'retraction', 'role-ended')"
AMENDED = (
    f"CASE topic WHEN 'authority-revoked' THEN {_value_in_entry('authority', ID_LENGTH)} "
    f"WHEN 'role-ended' THEN {_value_in_entry('assignment', ID_LENGTH)} "
    f"ELSE {_value_in_entry('target', ID_LENGTH)} END"
)
"""The event that an amendment, or the end of an entry in the house's registers, acts upon."""

CREATE_EVENTS = """
CREATE TABLE IF NOT EXISTS stored_events (
    rowid INTEGER PRIMARY KEY,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
) STRICT"""

CREATE_REST = (
    f"CREATE UNIQUE INDEX IF NOT EXISTS event_ids ON stored_events ({EVENT_ID})",
    "CREATE INDEX IF NOT EXISTS party_registrations ON stored_events (rowid) "
    "WHERE topic = 'party-registered'",
    "CREATE INDEX IF NOT EXISTS role_assignments ON stored_events (rowid) "
    "WHERE topic = 'role-assigned'",
    "CREATE INDEX IF NOT EXISTS authorities ON stored_events (rowid) "
    "WHERE topic = 'authority-granted'",
    "CREATE INDEX IF NOT EXISTS policy_adoptions ON stored_events (rowid) "
    "WHERE topic = 'policy-adopted'",
    "CREATE INDEX IF NOT EXISTS key_rotations ON stored_events (rowid) WHERE topic = 'key-rotated'",
    f"CREATE INDEX IF NOT EXISTS parties_named ON stored_events ({PARTY}) WHERE {NAMES_A_PARTY}",
    f"CREATE INDEX IF NOT EXISTS amendments ON stored_events ({AMENDED}) WHERE {AMENDS}",
    """
CREATE TABLE IF NOT EXISTS disclosures (
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    about TEXT NOT NULL,
    disclosure BLOB,
    PRIMARY KEY (position, number)
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE IF NOT EXISTS tiles (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (level, number)
) STRICT""",
    """
CREATE TABLE IF NOT EXISTS imports (
    digest BLOB NOT NULL PRIMARY KEY,
    lines INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS signatures ON disclosures (position) WHERE field = 'signature'",
    """
CREATE TABLE IF NOT EXISTS keys (
    vkey TEXT NOT NULL PRIMARY KEY,
    adopted INTEGER NOT NULL,
    retired INTEGER
) STRICT""",
    """
CREATE TABLE IF NOT EXISTS checkpoints (
    size INTEGER NOT NULL PRIMARY KEY,
    note BLOB NOT NULL
) STRICT""",
    """
CREATE TABLE IF NOT EXISTS timestamps (
    token BLOB NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL,
    note BLOB NOT NULL
) STRICT, WITHOUT ROWID""",
    # As the library's tracking recorder has it.
    """
CREATE TABLE IF NOT EXISTS tracking (
    application_name TEXT,
    notification_id INTEGER,
    PRIMARY KEY (application_name)
) WITHOUT ROWID""",
    """
CREATE TABLE IF NOT EXISTS documents (
    view TEXT NOT NULL,
    key TEXT NOT NULL,
    case_id TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (view, key, case_id)
) STRICT, WITHOUT ROWID""",
    """
CREATE TRIGGER IF NOT EXISTS events_are_not_changed BEFORE UPDATE ON stored_events
BEGIN SELECT RAISE(ABORT, 'a recorded event is never changed: record a correction'); END""",
    """
CREATE TRIGGER IF NOT EXISTS events_are_not_deleted BEFORE DELETE ON stored_events
BEGIN SELECT RAISE(ABORT, 'a recorded event is never deleted: record a retraction'); END""",
    """
CREATE TRIGGER IF NOT EXISTS disclosures_are_only_erased BEFORE UPDATE ON disclosures
WHEN new.disclosure IS NOT NULL OR new.position != old.position
    OR new.number != old.number OR new.field != old.field OR new.about != old.about
BEGIN SELECT RAISE(ABORT, 'a disclosure can be erased, but not altered'); END""",
    """
CREATE TRIGGER IF NOT EXISTS disclosures_are_not_deleted BEFORE DELETE ON disclosures
BEGIN SELECT RAISE(ABORT, 'a disclosure is erased by record, never deleted'); END""",
    """
CREATE TRIGGER IF NOT EXISTS tiles_only_grow BEFORE UPDATE ON tiles
WHEN substr(new.hashes, 1, length(old.hashes)) IS NOT old.hashes
    OR new.level != old.level OR new.number != old.number
BEGIN SELECT RAISE(ABORT, 'a tile of the tree can only grow'); END""",
    """
CREATE TRIGGER IF NOT EXISTS tiles_are_not_deleted BEFORE DELETE ON tiles
BEGIN SELECT RAISE(ABORT, 'a tile of the tree is never deleted'); END""",
    """
CREATE TRIGGER IF NOT EXISTS keys_are_only_retired BEFORE UPDATE ON keys
WHEN new.vkey != old.vkey OR new.adopted != old.adopted OR old.retired IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a key of the ledger can be retired once, but not altered'); END""",
    """
CREATE TRIGGER IF NOT EXISTS keys_are_not_deleted BEFORE DELETE ON keys
BEGIN SELECT RAISE(ABORT, 'a key of the ledger is retired, never deleted'); END""",
    """
CREATE TRIGGER IF NOT EXISTS checkpoints_are_only_signed BEFORE UPDATE ON checkpoints
WHEN new.size != old.size OR substr(new.note, 1, length(old.note)) IS NOT old.note
BEGIN SELECT RAISE(ABORT, 'below a checkpoint, signatures can only be added'); END""",
    """
CREATE TRIGGER IF NOT EXISTS checkpoints_are_not_deleted BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a signed checkpoint is never deleted'); END""",
    """
CREATE TRIGGER IF NOT EXISTS timestamps_are_not_changed BEFORE UPDATE ON timestamps
BEGIN SELECT RAISE(ABORT, 'a time stamp is never changed'); END""",
    """
CREATE TRIGGER IF NOT EXISTS timestamps_are_not_deleted BEFORE DELETE ON timestamps
BEGIN SELECT RAISE(ABORT, 'a time stamp is never deleted'); END""",
)

INSERT_EVENT = "INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)"
INSERT_DISCLOSURE = "INSERT INTO disclosures VALUES (?, ?, ?, ?, ?)"
GROW_TILE = (
    "INSERT INTO tiles VALUES (?, ?, ?) ON CONFLICT (level, number) "
    "DO UPDATE SET hashes = CAST(hashes || excluded.hashes AS BLOB)"
)
