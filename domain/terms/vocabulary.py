"""List the terms of our vocabularies that stand in the record with hyphens, and are said without.

A term of a house's own may have a hyphen too, and is said as the house wrote it. The models tell
the vocabularies (`answerable.domain.kinds`), and take too long to load for a sentence: a test holds
this list against them.
"""

from __future__ import annotations

HYPHENATED = frozenset(
    (
        *("access-removed", "asset-freeze", "bonus-cancellation", "bonus-deferral"),
        *("community-service", "formal-reprimand", "growth-cap", "licence-withdrawal"),
        *("loss-of-privileges", "loss-of-seniority", "oral-warning"),
        *("performance-rating-reduction", "removal-from-post", "resignation-in-lieu"),
        *("suspended-sentence", "written-warning"),
        *("no-action", "no-affidavit", "not-sustained", "partly-allowed"),
        *("consent-order", "deferred-prosecution", "penalty-not-served", "resigned-first"),
        *("term-over", "works-council"),
    )
)
"""Name the terms: of measures, of outcomes, of agreements, of manners and causes."""

COMPOUND = frozenset(("third-party",))
"""Name the terms that keep their hyphen when they are said: they stand before a noun."""
