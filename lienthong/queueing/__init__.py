"""Xếp hàng: numbers at the counter and appointments.

It owns service points, tickets, slots and appointments of a one-stop desk. It knows no case.
"""
