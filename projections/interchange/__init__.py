"""Give the record to process mining, as OCEL 2.0 and XES; rules of policies as pm4py's models.

Pseudonyms stand for parties, and nothing sealed is written. Imports policies of the domain and the
facts of the projections; the commands `export` and `policy` import it.
"""
