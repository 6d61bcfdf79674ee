"""What a draft rests on beside the cases: where the log ends, what is expected, what is remembered.

It imports what its floor does: entries, and the parts of the store that read.
"""
