"""Judge whether something was done in time, exactly, where dates are known only within bounds.

Closed forms over bounds, no search: each holds against brute force over all worlds. It imports the
domain's dates, zones and terms, and the values of worlds; it knows no facts and no cases.
"""
