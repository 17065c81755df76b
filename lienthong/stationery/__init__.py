"""Stationery: letterheads of units by date, and templates of the document types.

It owns what is ready before anybody writes: the head that a unit prints in a period, and the skeleton of each type, in
the form of the system and as DOCX. What is written with them belongs to ``outgoing``.
"""
