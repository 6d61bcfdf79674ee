"""What the page of a report quotes of the record, so that a browser can hold it against that.

It imports the events of a page and how they are shown, and is imported by the page of a case.
"""
