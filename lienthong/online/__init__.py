"""What citizens and enterprises do from home: find a procedure, hand in a case, follow it.

Nobody here is an officer: every page shows what the reader has shown to be theirs, and nothing else.
"""
