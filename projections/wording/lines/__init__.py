"""One line a kind of event, a module for each part of the catalogue.

Imports `facts` and the words beside it; `wording.sentence` puts the lines together.
"""
