"""Find what a draft rests on beside the cases: where the log ends, what is expected or remembered.

It imports what its floor does: entries, and the parts of the store that read.
"""
