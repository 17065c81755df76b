"""The verbs of outgoing documents."""
