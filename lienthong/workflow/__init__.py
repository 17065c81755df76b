"""Quy trình: flows as data, the allowed actions, what they do to the clock, and how a flow is drawn. Pure.

It owns the closed vocabulary of actions, the faults that a flow may have, the national status of a case and the rule of
punctuality. It knows no case: it answers from facts that it is given.
"""
