"""The page of a report that a bundle carries, and the same made again and compared with it.

Imports what a page is made of and what is read of a bundle; `bundles` and `verify` import it.
"""
