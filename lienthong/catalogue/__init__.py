"""Definitions as dated data: the types of documents (later procedures, register kinds, indicator sets).

It owns what kinds there are and from when to when. It does not own records of any kind.

The story: 1. ``load_catalogue`` reads ``data/document_types.toml``, again and again with the same result; 2. forms
offer the types in force on a day; 3. a type that the office meets and the list lacks is added on screen, with its
source; 4. a type that is no more is ended, never deleted; 5. records keep the type of their own time.
"""
