"""The tables of a ledger in SQLite, whose rows `answerable.ledger.store.rows` tells of.

Triggers refuse to change or delete what is recorded; a disclosure can be erased, but not altered, a
tile can only grow, and below a checkpoint signatures can only be added.
"""

from __future__ import annotations

from answerable.ledger.store.rows import AMENDED, AMENDS, EVENT_ID, NAMES_A_PARTY, PARTY

APPLICATION_ID = 0x616E7377
"""SQLite's `application_id` of a ledger: `answ`."""

FORMAT = 6
"""SQLite's `user_version` of a ledger: the version of these tables."""

OLDEST_FORMAT = 1
"""The oldest version that is still read: what it lacks is added when the ledger is opened."""

READABLE_FORMAT = 2
"""The oldest version that can be read as it is, more slowly, where nothing can be added to it."""

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

CREATE_NAMES = (
    "CREATE TABLE named (position INTEGER NOT NULL, number INTEGER NOT NULL, "
    "hash INTEGER NOT NULL, PRIMARY KEY (position, number, hash)) STRICT, WITHOUT ROWID",
    "CREATE INDEX named_as ON named (hash)",
)
"""The index of names (`answerable.ledger.indexes.names`)."""

CREATE_TEXTS = "CREATE VIRTUAL TABLE texts USING fts5 (words, content = '', tokenize = 'ascii')"

CREATE_WITHHELD = (
    # How many commitments of an entry have no text at hand, where there are such.
    "CREATE TABLE withheld (position INTEGER PRIMARY KEY, texts INTEGER NOT NULL) STRICT",
    "CREATE INDEX IF NOT EXISTS erased_texts ON disclosures (position) WHERE disclosure IS NULL",
)
"""Makes the tables that stand beside the index of texts (`answerable.ledger.indexes.full_text`)."""

INSERT_EVENT = "INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)"
INSERT_DISCLOSURE = "INSERT INTO disclosures VALUES (?, ?, ?, ?, ?)"
GROW_TILE = (
    "INSERT INTO tiles VALUES (?, ?, ?) ON CONFLICT (level, number) "
    "DO UPDATE SET hashes = CAST(hashes || excluded.hashes AS BLOB)"
)
