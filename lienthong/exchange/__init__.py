"""Trao đổi với bên ngoài: messages to other systems and from them, each partner by its own adapter.

The story: 1. an app above tells facts (``operations.announce``) in its own transaction; every partner that is connected
writes them as its own message, and the message lies in the outbox; 2. the worker sends what is due, for each subject in
the order in which it happened; what a partner refuses waits for an administrator and holds up only its own subject; a
partner that is away is asked again ever more slowly, and nothing is lost; 3. what a partner sends is checked by its
adapter, taken in by whoever declared to take it (``receivers``), and answered with a code and a sentence.
It owns messages, arrivals and the state of each link; it knows no cases and no documents: documents (edXML, QCVN 102)
will lie in the same outbox, written by an adapter of their own.
"""
