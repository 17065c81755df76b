"""Stored files by content hash: receiving, checking, text extraction, previews, attachments, integrity.

It owns the bytes and what is known of them. It does not own what a file is *for*: a higher app attaches it to a record
(``Subject``), and who sees the record sees the file.

The story: 1. bytes stream in, are hashed on the way and looked at (``inspection``); 2. what is refused leaves nothing;
3. what is taken is durable before it is acknowledged, and the same bytes are kept once (``Blob``); 4. a job reads the
text (``FileText``) in a process of its own with limits; 5. an operation above attaches the file, and pages show it.
"""
