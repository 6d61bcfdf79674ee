"""Put together what is told over all cases: who is accountable, how alike, how soon, who is barred.

Imports `registers`, `blocks`, `figures` and below; pages may import it.
"""
