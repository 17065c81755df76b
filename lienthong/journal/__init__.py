"""The append-only, hash-chained record of everything that happened; the timeline of every subject."""
