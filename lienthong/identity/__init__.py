"""Who signs in: users, passwords, second factors, sessions, invitations.

It does not know what an officer may do (``organisation``) nor how pages look (``ui``).
"""
