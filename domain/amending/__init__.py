"""Check what events say of earlier ones: corrections of fields, erasures of texts.

Imports the fields of all kinds; whoever records an event imports it.
"""
