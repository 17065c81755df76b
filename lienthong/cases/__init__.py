"""Hồ sơ một cửa: what a citizen or an enterprise hands in, from the counter to the result.

Its main story: a desk receives a case and promises a time; the case moves from step to step between units under one
code and one clock; what is missing is asked for once; the result is signed in ``outgoing``; the desk hands it over.
It owns cases, hand-overs, supplements, suspensions, extensions, apologies, consultations and their figures.
"""
