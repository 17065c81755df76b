"""One permission-aware index over all subjects; it owns no subject.

The story: 1. an operation of an app above writes a record and calls ``operations.index`` in the same transaction;
2. ``lexemes`` turns title, symbol, text, readers and recency into the words of one ``tsvector``; 3. an officer types,
``query_text`` reads what is meant, ``lexemes`` turns it into tiers (the best kind of match first); 4. ``queries.find``
walks tier by tier, newest slice of the index first, and stops when the page is full; 5. the page shows each hit with
what was found in it. What an officer may not read is not in the intersection: it is neither shown nor counted.
"""
