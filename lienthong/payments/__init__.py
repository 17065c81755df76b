"""Phí, lệ phí: what is to be paid for a subject, how it was paid, and what the gateways say of it.

It owns charges, payments, callbacks and reconciliation. It knows no case: a charge is about a subject.
"""
