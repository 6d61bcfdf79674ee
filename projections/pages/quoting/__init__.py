"""Mark what the page of a report quotes of the record, for a browser to hold it against that.

It imports the events of a page and how they are shown, and is imported by the page of a case.
"""
