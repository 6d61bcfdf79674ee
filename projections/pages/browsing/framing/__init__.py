"""The parts that pages of `browse` share: their frame, their addresses, of when they tell.

It imports no page.
"""
