"""Work out what is said of a person in a case, each as it stands at the moment asked about.

Imports the facts, and of accountability what acts upon findings and sanctions.
"""
