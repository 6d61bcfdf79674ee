"""Writing events on a server: functions there, and what calls them or copies rows.

It imports no more than the folder above it, and the driver.
"""
