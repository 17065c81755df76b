"""Reads that span nouns, each shaped for one page or report."""

from lienthong.tasks.queries.chains import Chain, chains

__all__ = ["Chain", "chains"]
