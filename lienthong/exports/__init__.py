"""Exports: long output that a job makes while the officer goes on, with progress, kept for a while.

It owns the order, its progress and the finished file. What is in it comes from the app that declares the kind.
"""
