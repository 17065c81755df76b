"""Liên Thông: the work of a Vietnamese province's office, joined up. See docs/architecture.md."""
