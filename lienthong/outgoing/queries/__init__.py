"""Reads of outgoing documents."""
