"""The append-only, hash-chained record of everything that happened; the timeline of every subject.

It owns events and their proof. What an event *means* in words is declared by the app that records it.

The story: 1. an operation records one event in its own transaction; 2. the event takes its place in the chain of its
subject, its hash covering the one before; 3. the database refuses to change or delete it; 4. a timeline reads the
events of a thread as sentences; 5. seals tie all chains together, so that not even a whole chain can vanish unseen.
"""
