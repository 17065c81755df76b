"""Outgoing and internal documents: drafts, their review and signing, issue, dispatch, and what happens afterwards.

It owns what an office writes, from the first line until the sent copy is frozen. The text of a page belongs to
``formatting``, templates and letterheads to ``stationery``, what arrives elsewhere to ``documents``.

The story: 1. an officer begins a draft, often as the answer to an incoming document; 2. reviewers agree or send it
back; 3. somebody with the authority of that day signs; 4. the clerk issues it: number and date in one transaction;
5. it is published: the PDF is made and frozen, recipients inside the system receive it, the task that asked for it is
finished.
"""
