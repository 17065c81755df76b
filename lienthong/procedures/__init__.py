"""Thủ tục hành chính: what may be asked of the offices, as data with versions, and who is competent.

It owns procedures, their versions, sectors, and which part of an agency handles which sector. It does not own cases: a
case names the version under which it runs.
"""
