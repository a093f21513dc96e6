"""Who may do what: accounts and their roles, sign-ins that can be ended, one-time links, the log of privileged acts.

Public pages never come here: only routes that `permissions.tsv` keeps for somebody read the cookie.
"""
