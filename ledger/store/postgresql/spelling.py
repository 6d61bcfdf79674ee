"""Spelling common statements as PostgreSQL does.

A mark is `$1` to the server and `%s` to psycopg, to which a percent sign is two. `instr` is a
function here too, of the same arguments, that goes by another name; a BLOB is a bytea.
"""

from __future__ import annotations

from functools import lru_cache

OTHERWISE = (
    ("instr(", 'pg_catalog."position"('),
    (" AS BLOB)", " AS bytea)"),
)
"""Maps the spellings of common statements to those of PostgreSQL."""


def spelled(statement: str) -> str:
    """Spell a statement without marks."""
    for common, own in OTHERWISE:
        statement = statement.replace(common, own)
    return statement


@lru_cache(maxsize=1_000)
def spelled_for_psycopg(statement: str) -> str:
    """Spell a statement, its marks as psycopg takes them. No text in one holds a question mark."""
    return spelled(statement).replace("%", "%%").replace("?", "%s")


@lru_cache(maxsize=1_000)
def spelled_for_libpq(statement: str) -> bytes:
    """Spell a statement, its marks numbered. No text in one holds a question mark."""
    first, *others = spelled(statement).split("?")
    marked = (f"${number}{each}" for number, each in enumerate(others, 1))
    return "".join((first, *marked)).encode()
