"""Reports over all apps: the monthly report of document processing, and reports that become drafts.

It owns no rows: it counts what the apps below keep, and begins drafts with what it counted. Who reads what is theirs.
"""
