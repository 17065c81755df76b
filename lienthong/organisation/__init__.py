"""Units with periods and succession, officers, posts, substitution, delegation, signing authority; who acts.

It owns who belongs where, from when to when, and with what rights. It does not own work (``tasks``) nor accounts
(``identity``).

The story: 1. an administrator enters a unit under its parent, with its codes; 2. an officer is given a post in it;
3. at the counter of every request the officer's post becomes an ``Actor``; 4. when away, another stands in for the
post; 5. when units merge, a succession says who takes over what, and nothing that was is rewritten.
"""
