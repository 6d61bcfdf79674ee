"""Checking that a ledger's schema holds what a ledger's does, and no more.

Who owns the tables can switch a guard off, or give its function another body, and neither shows in
the definition of the trigger. So all that can act on a row is held against a list: each object with
what the server says of it, functions with their bodies, triggers with whether they are on. What is
on the list is in `schema.txt`, as a fresh ledger has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from answerable.ledger.store.postgresql.rights.granted import rights_problems
from answerable.ledger.store.postgresql.rights.roles import roles_made
from answerable.ledger.store.postgresql.schema import SCHEMA
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor

LISTED = Path(__file__).with_name("schema.txt")

MADE_LATER = (
    frozenset({"named", "named_as", "named_pkey"}),
    frozenset(
        {"texts", "texts_pkey", "texts_words", "texts_without_words", "texts_of_word"}
        | {"texts_of_word_pkey", "texts_total", "withheld", "withheld_pkey"}
    ),
    frozenset({"erased_texts"}),
)
"""Names what is there once a name was asked for, or a search made: each all of it, or nothing."""

FIRST_OWN = 16_384
"""The least number of an object that the server was not made with (FirstNormalObjectId)."""

TYPES = "ARRAY['bigint', 'boolean', 'bytea', 'integer', 'text']::regtype[]"
"""Names the types of a ledger's columns, and of what its statements compare them to."""

OBJECTS = f"""
SELECT 'relation', relname::text, relkind::text, relpersistence::text || ' ' || relrowsecurity::text
    || CASE WHEN relforcerowsecurity THEN ' of the owner too' ELSE '' END
    || CASE WHEN relhastriggers AND EXISTS (
        SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND NOT tgisinternal
    ) THEN ' guarded' ELSE '' END
    || CASE WHEN NOT relhasindex AND EXISTS (
        SELECT FROM pg_index WHERE indrelid = pg_class.oid
    ) THEN ' without its indexes' ELSE '' END
FROM pg_class WHERE relnamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT 'column', relname || '.' || attname, relkind::text, format_type(atttypid, atttypmod)
    || coalesce(' ' || collname, '')
    || CASE WHEN collnamespace != 'pg_catalog'::regnamespace THEN ' of another schema' ELSE '' END
    || ' ' || attnotnull::text || ' ' || attidentity::text
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
LEFT JOIN pg_collation ON pg_collation.oid = attcollation
WHERE relnamespace = '{SCHEMA}'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'column order', relname::text, '', string_agg(attname::text, ' ' ORDER BY attnum)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = '{SCHEMA}'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
GROUP BY relname
UNION ALL
SELECT 'size of a sample', relname || '.' || attname, attstattarget::text, ''
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = '{SCHEMA}'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
AND attstattarget >= 0
UNION ALL
SELECT 'default', relname || '.' || attname, '', pg_get_expr(adbin, adrelid)
FROM pg_attrdef JOIN pg_class ON pg_class.oid = adrelid
JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
WHERE relnamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT told.type, told.identity, '', ''
FROM pg_depend, pg_identify_object(classid, objid, 0) AS told
WHERE refclassid = 'pg_namespace'::regclass AND refobjid = '{SCHEMA}'::regnamespace
AND classid NOT IN ('pg_class'::regclass, 'pg_proc'::regclass)
UNION ALL
SELECT 'index', indexrelid::regclass::text,
    (indisvalid AND indisready AND indislive AND indimmediate)::text, pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE relnamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT 'constraint', conname::text, convalidated::text, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = '{SCHEMA}'::regnamespace AND contype != 'n'
UNION ALL
SELECT 'trigger', tgname::text, tgenabled::text, pg_get_triggerdef(pg_trigger.oid)
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT 'rule', rulename::text, ev_enabled::text, pg_get_ruledef(pg_rewrite.oid)
FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
WHERE relnamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT 'policy', polname::text, polcmd::text || ' ' || polpermissive::text, (
        SELECT coalesce(string_agg(CASE WHEN starts_with(rolname, current_database() || '_')
            THEN substr(rolname, length(current_database()) + 2) ELSE '=' || rolname END,
            ' ' ORDER BY rolname), 'PUBLIC')
        FROM pg_roles WHERE pg_roles.oid = ANY(polroles)
    ) || ': ' || coalesce(pg_get_expr(polqual, polrelid), '') || ', '
    || coalesce(pg_get_expr(polwithcheck, polrelid), '')
FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
WHERE relnamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT 'function', proname::text, concat_ws(' ', prosecdef, proconfig, provolatile, proisstrict,
        proleakproof, proparallel, prokind, pg_get_function_arguments(pg_proc.oid),
        pg_get_function_result(pg_proc.oid)), lanname || ': ' || prosrc
FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
WHERE pronamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT 'child', inhrelid::regclass::text, '', 'of ' || inhparent::regclass::text
FROM pg_inherits JOIN pg_class ON pg_class.oid = inhparent
WHERE relnamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT 'parent', inhparent::regclass::text, '', 'of ' || inhrelid::regclass::text
FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
WHERE relnamespace = '{SCHEMA}'::regnamespace AND relkind = 'r'
UNION ALL
SELECT 'sequence', seqrelid::regclass::text, '', concat_ws(' ', format_type(seqtypid, NULL),
    seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle)
FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid
WHERE relnamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT 'copy of its tables', ev_class::regclass::text, '', string_agg(DISTINCT read.relname, ' ')
FROM pg_depend JOIN pg_rewrite ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
JOIN pg_class AS kept ON kept.oid = ev_class AND kept.relkind = 'm'
JOIN pg_class AS read ON refclassid = 'pg_class'::regclass AND refobjid = read.oid
WHERE read.relnamespace = '{SCHEMA}'::regnamespace GROUP BY ev_class
UNION ALL
SELECT 'publication of its tables', pubname::text, '', coalesce(string_agg(relname, ' '), 'all')
FROM pg_publication LEFT JOIN pg_publication_rel ON prpubid = pg_publication.oid
LEFT JOIN pg_class ON pg_class.oid = prrelid
WHERE puballtables OR relnamespace = '{SCHEMA}'::regnamespace GROUP BY pubname
UNION ALL
SELECT 'subscription to its tables', relname::text, '', ''
FROM pg_subscription_rel JOIN pg_class ON pg_class.oid = srrelid
WHERE relnamespace = '{SCHEMA}'::regnamespace
UNION ALL
SELECT 'cast between its types', castsource::regtype || ' as ' || casttarget::regtype, '',
    castcontext::text
FROM pg_cast WHERE oid >= {FIRST_OWN} AND castsource = ANY({TYPES}) AND casttarget = ANY({TYPES})
"""


PLAINLY = (
    "SELECT set_config('bytea_output', 'hex', true), "
    "set_config('quote_all_identifiers', 'off', true), "
    "set_config('standard_conforming_strings', 'on', true)"
)
"""Has a transaction spell expressions as the list does, whatever a role or a database is set to."""


class SchemaObject(NamedTuple):
    """An object of a schema, and what the server says of it."""

    type: str
    name: str
    state: str
    text: str

    @property
    def relation(self) -> str:
        """Return the name of the table, or the index, that it is or is of."""
        return self.name.partition(".")[0]


WITHOUT = SchemaObject("relation", "disclosures", "r", "p false guarded")
"""The table of sealed texts of a ledger without roles."""

SECURED = frozenset(
    (
        SchemaObject("relation", "disclosures", "r", "p true guarded"),
        SchemaObject(
            "policy", "texts_are_erased", "w true",
            "eraser: (disclosure IS NOT NULL), (disclosure IS NULL)",
        ),
        SchemaObject("policy", "policies_are_read", "r true", "reader: (field = 'text'::text),"),
        SchemaObject("policy", "texts_are_read", "r true", "auditor writer: true,"),
        SchemaObject(
            "policy", "texts_are_recorded", "a true", "writer: , (disclosure IS NOT NULL)"
        ),
    )
)  # fmt: skip
"""List what a ledger has beside, or otherwise, where roles were made for it."""


@cache
def listed(*, with_roles: bool = False) -> frozenset[SchemaObject]:
    """Return the objects of a ledger, those of the index of names among them.

    Args:
        with_roles: whether roles were made for it, and with them its row security.
    """
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    found = frozenset(SchemaObject(*line.split("\t")) for line in lines)
    return (found - {WITHOUT}) | SECURED if with_roles else found


def objects_of(cursor: Cursor) -> frozenset[SchemaObject]:
    """Return the objects that the schema of a ledger has; runs of white space are one space."""
    cursor.execute(PLAINLY)
    return frozenset(
        SchemaObject(kind, name, state, " ".join(text.split()))
        for kind, name, state, text in cursor.execute(OBJECTS).fetchall()
    )


def schema_problems(cursor: Cursor) -> Iterator[Problem]:
    """Yield what a schema lacks, what in it was changed, what it holds besides, and who may."""
    there, with_roles = objects_of(cursor), roles_made(cursor)
    for each in sorted(listed(with_roles=with_roles) - there):
        if not _not_made_yet(each, there):
            named = any(_same(each, other) for other in there)
            yield Problem(None, f"the {_called(each)} {'was changed' if named else 'was removed'}")
    yield from _acting_problems(there, with_roles=with_roles)
    yield from rights_problems(cursor, with_roles=with_roles)


def acting_problems(cursor: Cursor) -> Iterator[Problem]:
    """Yield what in a schema can act on what is written: copy it, or swallow it."""
    yield from _acting_problems(objects_of(cursor), with_roles=roles_made(cursor))


def _acting_problems(there: Collection[SchemaObject], *, with_roles: bool) -> Iterator[Problem]:
    known = listed(with_roles=with_roles)
    for each in sorted({*there} - known):
        if not any(_same(each, other) for other in known):
            what = f"the schema has a {each.type} that no ledger has, {each.name!r:.60}"
            yield Problem(None, what)
        elif each.type in ("trigger", "function", "rule", "policy"):
            yield Problem(None, f"the {_called(each)} was changed")


def _same(one: SchemaObject, other: SchemaObject) -> bool:
    return one[:2] == other[:2]


def _not_made_yet(each: SchemaObject, there: Collection[SchemaObject]) -> bool:
    """Tell whether an object is one of several that are made later, and none of them is there."""
    return any(
        each.relation in group and not any(other.relation in group for other in there)
        for group in MADE_LATER
    )


def _called(each: SchemaObject) -> str:
    return f"{each.type} {each.name} of the schema"
