"""Who may do what with a ledger on a server: its roles, and what verification finds of them.

May import the schema, and what is below the store.
"""
