"""The command `answerable`. Imports all the rest; nothing imports it."""
