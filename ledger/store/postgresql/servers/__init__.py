"""Which servers there are: what stands between, what follows, and which can be written.

May import the address, and what is below the store.
"""
