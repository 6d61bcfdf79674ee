"""One gate for a report: who it is for chooses what is shown, and what is withheld and counted.

Texts are withheld where the record is read, before anything is made of them; what is left is
narrowed to what its readers are concerned with. Imports the report and below; the command line
imports it.
"""
