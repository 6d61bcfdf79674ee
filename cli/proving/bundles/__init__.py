"""Make the bundle of a case, with the page that it carries, and verify one.

Imports `shared`, and `again` for its page; `export` and `verify` import it when run.
"""
