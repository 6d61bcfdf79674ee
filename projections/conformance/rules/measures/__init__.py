"""Judge measures: by a guideline, and by how like findings were answered.

Imports what judges share, and the projections of consistency.
"""
