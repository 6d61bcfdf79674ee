"""Judge the templates of DECLARE in closed form: they know an order with gaps, and no facts.

Imports `domain`; the rest of conformance may import it.
"""
