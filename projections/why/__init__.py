"""What a sanction rests on, down to the evidence.

Imports `wording` and below; every projection above may import it.
"""
