"""Have a server append a few entries in one round trip, by itself, and wait for the disk.

Both name the schema, so that they can be called in a transaction that does not. They run with the
rights of who calls them, under all guards.
"""

from __future__ import annotations

from answerable.ledger.entry.codec import RECORDED_AT
from answerable.ledger.store.postgresql.connections import BELOW_DISK
from answerable.ledger.store.postgresql.schema import SCHEMA
from answerable.ledger.store.rows import MOVING
from answerable.ledger.system.locks import QUIET_SECONDS
from answerable.ledger.tlog.merkle import HASH_SIZE, TILE_WIDTH

TIME = len("2026-01-05T14:03:00.000000Z")
"""The bytes of a time in an entry."""

BEFORE_TIME = RECORDED_AT.decode()
BEHIND_TIME = '","_sd":['
"""The bytes of an entry before its time of recording, and behind it."""

MOST_UNSEEN = 1_000
"""The most entries that others may have recorded since an append was drafted."""

APPEND = f"""
CREATE FUNCTION append(
    place bigint, known bigint, ended bytea, said text, latest text, unsettled boolean,
    cases text[], versions bigint[], topics text[], states bytea[], times integer[],
    entries integer[], numbers integer[], fields text[], abouts text[], texts bytea[],
    OUT first bigint, OUT told text, OUT hashes bytea
) LANGUAGE plpgsql SET enable_seqscan = off SET jit = off
SET plan_cache_mode = force_generic_plan SET lock_timeout = '{QUIET_SECONDS:.0f}s' AS $$
DECLARE
    entry bytea;
    node bytea;
    larger bytea;
    counted bigint;
    height integer;
    last text;
    holds boolean;
BEGIN
    IF unsettled THEN
        last := set_config('synchronous_commit', 'off', true);
    ELSIF current_setting('synchronous_commit') IN {BELOW_DISK} THEN
        last := set_config('synchronous_commit', 'on', true);
    END IF;
    IF current_setting('client_min_messages') = 'error' THEN
        last := set_config('client_min_messages', 'warning', true);
    END IF;
    SELECT head.size, head.edge INTO STRICT first, hashes FROM {SCHEMA}.head FOR UPDATE;
    IF place != first THEN
        RAISE data_corrupted USING MESSAGE = 'the head of the log is not that of its entries';
    END IF;
    told := said;
    IF known IS NOT NULL THEN
        IF known > first OR first - known > {MOST_UNSEEN} THEN
            RAISE serialization_failure USING MESSAGE = 'others recorded what it may rest on';
        END IF;
        SELECT stored.state, stored.leaf INTO entry, node
        FROM {SCHEMA}.stored_events AS stored WHERE rowid = first;
        -- What was drafted without looking has to hold of what others recorded since.
        IF known = first THEN
            holds := node = ended;
        ELSE
            holds := EXISTS (
                SELECT FROM {SCHEMA}.stored_events
                WHERE rowid = known AND leaf = ended AND sha256(E'\\\\x00'::bytea || state) = ended
            ) AND NOT EXISTS (
                SELECT FROM {SCHEMA}.stored_events WHERE rowid > known AND topic IN {MOVING}
            );
        END IF;
        -- An entry that was altered has to be looked at, and told of.
        IF holds IS NOT TRUE OR sha256(E'\\\\x00'::bytea || entry) != node THEN
            RAISE serialization_failure USING MESSAGE = 'others recorded what it may rest on';
        END IF;
        -- Before its commitments stands when the last entry was recorded.
        height := position('{BEHIND_TIME}'::bytea IN entry) - {TIME};
        IF substr(entry, height - {len(BEFORE_TIME)}, {len(BEFORE_TIME)})
            != '{BEFORE_TIME}'::bytea THEN
            RAISE serialization_failure USING MESSAGE = 'the last entry has to be looked at';
        END IF;
        last := convert_from(substr(entry, height, {TIME}), 'UTF8');
        IF last COLLATE "C" > latest THEN
            RAISE serialization_failure USING MESSAGE = 'the clock is behind the last entry';
        END IF;
        told := greatest(last COLLATE "C", said);
    END IF;
    FOR i IN 1 .. cardinality(states) LOOP
        entry := states[i];
        IF told != said THEN
            entry := overlay(entry PLACING convert_to(told, 'UTF8') FROM times[i] FOR {TIME});
        END IF;
        node := sha256(E'\\\\x00'::bytea || entry);
        counted := first + i - 1;
        INSERT INTO {SCHEMA}.stored_events
        VALUES (counted + 1, cases[i], versions[i], topics[i], entry, node);
        height := 0;
        WHILE counted & 1 = 1 LOOP
            larger := substr(hashes, length(hashes) - {HASH_SIZE - 1});
            node := sha256(E'\\\\x01'::bytea || larger || node);
            hashes := substr(hashes, 1, length(hashes) - {HASH_SIZE});
            counted := counted >> 1;
            height := height + 1;
            IF height % 8 = 0 THEN
                INSERT INTO {SCHEMA}.tiles AS own VALUES (height / 8, counted / {TILE_WIDTH}, node)
                ON CONFLICT (level, number) DO UPDATE SET hashes = own.hashes || excluded.hashes;
            END IF;
        END LOOP;
        hashes := hashes || node;
    END LOOP;
    INSERT INTO {SCHEMA}.disclosures
    SELECT first + each.entry, each.number, each.field, each.about, each.text
    FROM unnest(entries, numbers, fields, abouts, texts)
    AS each (entry, number, field, about, text);
    UPDATE {SCHEMA}.head SET size = first + cardinality(states), edge = hashes, early = unsettled;
END $$"""
"""Appends a few entries, with their texts and the tree over them; the caller commits.

`place` is where they go where the caller holds the log, else `known` how much of it they were
drafted against, and `ended` the leaf hash of the last entry of that, which has to be there: a log
may have been restored, or lost its end, and have the same size. Then they bear the time of the last
entry if that is later, up to `latest`. `times` says where in each its time stands, `entries` which
of them a text is of.

A session keeps the plans of its first call, which may be over an empty table: so none is to read a
table through. What is read through all the same seems dear to the planner then: it is not compiled.
No plan is made anew to see whether a better one comes of it, and what takes no statement of its own
in the function (`:=`) is none: each costs as much as a row that is written.

Who waits for others for longer than its `lock_timeout` takes the log by a transaction, which says
that one waits.
"""

SETTLE = f"""
CREATE FUNCTION settle(on_standbys boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- A standby is sent what its primary has on disk.
    IF pg_is_in_recovery() THEN
        RETURN;
    END IF;
    IF NOT on_standbys AND (NOT (SELECT early FROM {SCHEMA}.head) OR (
        current_setting('synchronous_standby_names') = ''
        AND pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()
    )) THEN
        RETURN;
    END IF;
    IF current_setting('synchronous_commit') IN {BELOW_DISK} THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    IF current_setting('client_min_messages') = 'error' THEN
        PERFORM set_config('client_min_messages', 'warning', true);
    END IF;
    PERFORM pg_logical_emit_message(true, '{SCHEMA}', '');
END $$"""
"""Waits until all that was committed before is on disk, on synchronous standbys too.

What was committed durably is there already, but where its wait for a standby was given up, or the
server was started again in it: with `on_standbys` that is waited for as well. A commit that waits
carries what came before it in the log: the message is nothing but something to commit.
"""

FUNCTIONS = (APPEND, SETTLE)
"""Makes the functions of a ledger, beside that of its guards."""
