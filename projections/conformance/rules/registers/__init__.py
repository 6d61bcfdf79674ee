"""Judge what happened by the house's registers: who may decide what, which policies are in force.

A register is open until it is first used: that nothing is on it tells nothing. Imports what judges
share, and the projections of registers.
"""
