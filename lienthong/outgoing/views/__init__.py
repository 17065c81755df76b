"""The pages of drafts and outgoing documents."""
