"""Sổ quản lý: the books in which offices keep what they granted, by number, holder and validity.

It owns kinds of registers (data files), their books and entries. It knows no case: an entry comes of a subject.
"""
