"""What the commands of `answerable policy` share: how a policy is found, shown and compared.

Imports `shared` and what is asked of those who judge; the module `policy` imports it.
"""
