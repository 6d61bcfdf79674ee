"""Words of a language that are names as well, and mostly are none where they stand in a text."""

from __future__ import annotations

GRAMMAR = """
a about after again all also always am an and any are as at back be because been before but
by came can come could day did do does done down each even every few find first for from
gave get give go good got great had has have he her here him his how if in into is it its
just know last less let like little long made make many may me might more most much must my
never new next no nor not now of off old on once one only or other our out over own put said
same saw say see set she should so some still such sure take tell than that the their them
then there these they thing this those through time to told too took two under until up us
use very want was way we well went were what when where which while who why will with work
would yes yet you your
"""
"""The words that sentences are made with, and that are names in one language or another."""

ALSO_NAMES = """
august autumn banks bar battle bell best bill bills black blue bond book bridge brook brown
case cash chance chase church close cook cross early east faith field fields fine fish
forest fox free gates glass golden grace grant gray green grey hand harm hill holder holiday
home hope house hunt judge june justice key keys kind lake land lane law lock love major man
march mark marks miles mill north page park parks patience pay penny pool poor price pride
proper rain rank read reed rich right ring rivers rock rose sales sanction sharp short
silver small south speaker spring stand star steel stern stone store story street strong sum
summer swift term true trust wall ward waters weeks west wheeler white winter wise wood
woods worth young
"""
"""Other words that are family names or given names, too."""

ORDINARY = frozenset(f"{GRAMMAR}{ALSO_NAMES}".split())
"""Words that mostly name nobody, though somebody is called so."""
