"""Telling people: notices in the app, e-mail through an outbox, the morning digest."""
