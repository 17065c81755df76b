"""Official documents: incoming documents, their books, instruction and answer.

It owns what arrives, under which number, who reads it and what the leader wrote on it. The work that follows belongs
to ``tasks``, the files to ``files``.

The story: 1. a file is dropped: an ``Intake`` waits with the metadata proposed from its text; 2. the clerk confirms and
the document gets its number in the book; 3. it goes to a leader; 4. the leader's instruction becomes tasks of units and
persons; 5. when the last task is verified, the document is settled, and the follow-up book says how.
"""
