"""The `answerable` command line."""
