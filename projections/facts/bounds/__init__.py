"""When a fact can have happened, by its own date and by the dates of what it is linked to.

It imports facts, what they rest on, and how dates are read; what looks at a case imports it.
"""
