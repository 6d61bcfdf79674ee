"""Look up what a draft names: parties, events, earlier drafts; and make its id of its key.

Also reads the JSON that lines are drafts in. Imports the domain, and the errors of an import.
"""
