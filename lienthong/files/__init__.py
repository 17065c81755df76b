"""Stored files by content hash: receiving, checking, text extraction, previews, integrity."""
