"""Definitions as dated data: document types; reads data/."""
