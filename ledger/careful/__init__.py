"""Refusing, where care is asked for, what is possible and likely meant otherwise.

A registration that gives somebody another name, and a correction that changes nothing. May import
the store. Recording asks here, once a batch is drafted.
"""
