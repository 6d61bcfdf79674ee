"""The store that the record lies in: what every store offers, and what is read and written there.

Imports `entry`, `tlog` and below; any floor above may import it, but for the folders of the stores.
"""
