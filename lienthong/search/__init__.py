"""One permission-aware index over all subjects; it owns no subject."""
