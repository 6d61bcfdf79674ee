"""The tables of a ledger in PostgreSQL, whose rows `answerable.ledger.store.rows` tells of.

They lie in a schema of their own. Texts that sort or are sorted by are collated as bytes ("C"), so
that an order is the same on every server and in SQLite. Triggers that no session setting switches
off refuse to change or delete what is recorded, as they do in SQLite; a table is not truncated.
What the columns of texts hold is left out of the planner's statistics, which would keep copies of
what is erased.

The hash of an entry as a leaf of the tree stands beside it, so that a tile of level 0 is what 256
rows hold, and only the levels above it are rows of `tiles`.
"""

from __future__ import annotations

from answerable.ledger.store.postgresql.spelling import spelled
from answerable.ledger.store.rows import AMENDED, AMENDS, EVENT_ID, NAMES_A_PARTY, PARTY
from answerable.ledger.tlog.merkle import TILE_WIDTH

SCHEMA = "answerable"
"""The schema that a ledger lies in: one in a database."""

FORMAT = 3
"""The version of these tables, in the table `format`."""

OLDEST_FORMAT = 1
"""The oldest version that is read: it is brought to this one when the ledger is opened."""

TEXT = 'text COLLATE "C"'

CREATE_TABLES = (
    "CREATE TABLE format (version integer NOT NULL)",
    f"INSERT INTO format VALUES ({FORMAT})",
    # How many entries there are, the right edge of the tree over them, and whether the last may not
    # be on disk yet. Who records locks it, so that positions have no gaps.
    "CREATE TABLE head (size bigint NOT NULL, edge bytea NOT NULL, early boolean NOT NULL)",
    "INSERT INTO head VALUES (0, '', false)",
    f"""
CREATE TABLE stored_events (
    rowid bigint PRIMARY KEY,
    originator_id {TEXT} NOT NULL,
    originator_version bigint NOT NULL,
    topic {TEXT} NOT NULL,
    state bytea NOT NULL,
    leaf bytea NOT NULL,
    UNIQUE (originator_id, originator_version)
)""",
    f"CREATE UNIQUE INDEX event_ids ON stored_events (({EVENT_ID}))",
    "CREATE INDEX party_registrations ON stored_events (rowid) WHERE topic = 'party-registered'",
    "CREATE INDEX role_assignments ON stored_events (rowid) WHERE topic = 'role-assigned'",
    "CREATE INDEX authorities ON stored_events (rowid) WHERE topic = 'authority-granted'",
    "CREATE INDEX policy_adoptions ON stored_events (rowid) WHERE topic = 'policy-adopted'",
    "CREATE INDEX key_rotations ON stored_events (rowid) WHERE topic = 'key-rotated'",
    spelled(f"CREATE INDEX parties_named ON stored_events (({PARTY})) WHERE {NAMES_A_PARTY}"),
    spelled(f"CREATE INDEX amendments ON stored_events (({AMENDED})) WHERE {AMENDS}"),
    f"""
CREATE TABLE disclosures (
    position bigint NOT NULL,
    number integer NOT NULL,
    field {TEXT} NOT NULL,
    about {TEXT} NOT NULL,
    disclosure bytea,
    PRIMARY KEY (position, number)
)""",
    "CREATE INDEX signatures ON disclosures (position) WHERE field = 'signature'",
    "ALTER TABLE disclosures ALTER disclosure SET STATISTICS 0, ALTER about SET STATISTICS 0",
    # The levels above the leaves, which stand beside their entries: a tile of those would be
    # written anew with each.
    """
CREATE TABLE tiles (
    level integer NOT NULL,
    number bigint NOT NULL,
    hashes bytea NOT NULL,
    PRIMARY KEY (level, number)
)""",
    "CREATE TABLE imports (digest bytea NOT NULL PRIMARY KEY, lines bigint NOT NULL)",
    f"""
CREATE TABLE keys (
    vkey {TEXT} NOT NULL PRIMARY KEY,
    adopted bigint NOT NULL,
    retired bigint,
    rowid bigint GENERATED ALWAYS AS IDENTITY
)""",
    "CREATE TABLE checkpoints (size bigint NOT NULL PRIMARY KEY, note bytea NOT NULL)",
    # A token is longer than a key of an index may be.
    "CREATE TABLE timestamps (token bytea NOT NULL, size bigint NOT NULL, note bytea NOT NULL)",
    "CREATE UNIQUE INDEX tokens ON timestamps (sha256(token))",
)

MADE = {
    "tracking": f"""
CREATE TABLE tracking (
    application_name {TEXT} PRIMARY KEY,
    notification_id bigint
)""",
    "documents": f"""
CREATE TABLE documents (
    view {TEXT} NOT NULL,
    key {TEXT} NOT NULL,
    case_id {TEXT} NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (view, key, case_id)
)""",
}
"""The tables that are made from the record and that every ledger has."""

CREATE_NAMES = (
    "CREATE TABLE named (position bigint NOT NULL, number integer NOT NULL, "
    "hash integer NOT NULL, PRIMARY KEY (position, number, hash))",
    "CREATE INDEX named_as ON named (hash)",
)
"""The index of names (`answerable.ledger.indexes.names`)."""

CREATE_WITHHELD = (
    "CREATE TABLE withheld (position bigint PRIMARY KEY, texts integer NOT NULL)",
    "CREATE INDEX IF NOT EXISTS erased_texts ON disclosures (position) WHERE disclosure IS NULL",
)
"""Makes what stands beside the index of texts (`answerable.ledger.indexes.full_text`)."""

REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$"""
"""The function of all guards: refuses, with the words that the guard was made with."""

GUARDS = (
    ("events_are_not_changed", "stored_events", "UPDATE", "",
     "a recorded event is never changed: record a correction"),
    ("events_are_not_deleted", "stored_events", "DELETE", "",
     "a recorded event is never deleted: record a retraction"),
    ("disclosures_are_only_erased", "disclosures", "UPDATE",
     "new.disclosure IS NOT NULL OR new.position != old.position OR new.number != old.number "
     "OR new.field != old.field OR new.about != old.about",
     "a disclosure can be erased, but not altered"),
    ("disclosures_are_not_deleted", "disclosures", "DELETE", "",
     "a disclosure is erased by record, never deleted"),
    ("tiles_only_grow", "tiles", "UPDATE",
     "substr(new.hashes, 1, length(old.hashes)) != old.hashes OR new.level != old.level "
     "OR new.number != old.number",
     "a tile of the tree can only grow"),
    ("tiles_are_not_deleted", "tiles", "DELETE", "", "a tile of the tree is never deleted"),
    ("keys_are_only_retired", "keys", "UPDATE",
     "new.vkey != old.vkey OR new.adopted != old.adopted OR old.retired IS NOT NULL",
     "a key of the ledger can be retired once, but not altered"),
    ("keys_are_not_deleted", "keys", "DELETE", "",
     "a key of the ledger is retired, never deleted"),
    ("checkpoints_are_only_signed", "checkpoints", "UPDATE",
     "new.size != old.size OR substr(new.note, 1, length(old.note)) != old.note",
     "below a checkpoint, signatures can only be added"),
    ("checkpoints_are_not_deleted", "checkpoints", "DELETE", "",
     "a signed checkpoint is never deleted"),
    ("timestamps_are_not_changed", "timestamps", "UPDATE", "", "a time stamp is never changed"),
    ("timestamps_are_not_deleted", "timestamps", "DELETE", "", "a time stamp is never deleted"),
    ("the_head_only_grows", "head", "UPDATE", "new.size < old.size",
     "the log only grows"),
    ("the_head_is_not_deleted", "head", "DELETE", "", "the log only grows"),
)  # fmt: skip
"""Lists the triggers that refuse changes: name, table, change, when it refuses, in which words."""

GUARDED = ("stored_events", "disclosures", "tiles", "keys", "checkpoints", "timestamps", "head")
"""The tables that are not emptied."""


TILE = """
SELECT string_agg(leaf, ''::bytea ORDER BY rowid) FROM stored_events
WHERE rowid > ? AND rowid <= ?"""
"""Reads the hashes of the leaves between two positions."""

TILES = f"""(
SELECT 0 AS level, (rowid - 1) / {TILE_WIDTH} AS number,
    string_agg(leaf, ''::bytea ORDER BY rowid) AS hashes
FROM stored_events GROUP BY (rowid - 1) / {TILE_WIDTH}
UNION ALL SELECT level, number, hashes FROM tiles
) AS tiles"""
"""Stands for the tiles of all levels, the leaves among them, in a query that reads them all."""


def guards() -> list[str]:
    """Return the statements that make the guards; no setting of a session switches them off."""
    made = [REFUSE]
    for name, table, change, when, said in GUARDS:
        condition = f"WHEN ({when}) " if when else ""
        made.append(
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {condition}"
            f"EXECUTE FUNCTION refuse('{said}')"
        )
        made.append(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    for table in GUARDED:
        name = f"{table}_is_not_emptied"
        made.append(
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            "EXECUTE FUNCTION refuse('the record is never emptied')"
        )
        made.append(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    return made


def create() -> list[str]:
    """Return the statements that make an empty ledger in its schema."""
    return [*CREATE_TABLES, *MADE.values(), *guards()]
