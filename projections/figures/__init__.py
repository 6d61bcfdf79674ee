"""Work out the figures that ethics and compliance programmes publish, over all cases.

Imports `metrics`, `documents`, `caseload` and below; any floor above may import it.
"""
