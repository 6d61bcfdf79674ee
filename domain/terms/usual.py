"""List terms that records usually use where no vocabulary is given, so that languages have them.

Such a field takes any term of a house. These are those of the examples and of most records; others
are said as they were recorded.
"""

from __future__ import annotations

USUAL = (
    *("terminate", "sanction", "no-action", "no-sanction", "close", "refer"),
    *("social-media", "press", "press-release", "website", "email", "letter", "meeting"),
    *("telephone", "web-form", "manager", "hotline"),
    *("fraud", "gifts", "bribery", "harassment", "retaliation", "safety", "pay"),
)
"""List the terms: of decisions, of channels, of offences and issues."""
