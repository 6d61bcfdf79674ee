"""What a draft names is looked up: parties, events, earlier drafts; and its id is made of its key.

Also reads the JSON that lines are drafts in. Imports the domain, and the errors of an import.
"""
