"""Telling people: notices in the app, e-mail and SMS through an outbox, the morning digest.

The story: 1. an operation above calls ``operations.tell`` in its own transaction: a notice for each post, and a
delivery for each officer who wants e-mail of that kind; 2. the worker takes what is due, outside quiet hours, and sends
it; what fails is tried again, ever more slowly; 3. when the thing is done the operation calls ``operations.clear``:
notices vanish and what was not yet sent is not sent; 4. each working morning the digest says what there is to do.
It owns no work and no calendar: apps above declare kinds, contributors of the digest and working time.
"""
