"""Whether a case was handled as the checks require.

Imports `evidence` and below; `report`, `replay` and `gaps` may import it.
"""
