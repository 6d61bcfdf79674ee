"""A bundle carried in a page of HTML, such as a report.

Imports the bundle's layout and below; `answerable.ledger.bundle.verify` judges what is read here as
it judges a zip.
"""
