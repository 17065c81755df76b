"""Numbers without gaps for each series and year; void rows with their reason; the balance check.

It owns who got which number. It does not own the books and papers on which the numbers stand.

The story: 1. a book opens its series; 2. an operation takes a number as the last step of its transaction, so that a
rollback gives it back; 3. a number that must not be used becomes a void row with a reason; 4. at any moment
issued + void + reserved = the highest number of the year.
"""
