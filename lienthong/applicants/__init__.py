"""Người nộp hồ sơ: the citizens, enterprises and organisations that hand in cases, each once.

It owns who they are, by which papers, where they live and how they are reached. Accounts belong to identity.
"""
