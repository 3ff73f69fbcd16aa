"""Policies as files that people keep, edit and exchange: our JSON, Cedar text, the research code's JSON.

A file that comes in is untrusted: it is read whole or refused with the reason, and nothing in it is dropped.
"""
