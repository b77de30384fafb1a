"""Search with PostgreSQL's extension RUM, where a server has it.

RUM is an index that hands out what it finds in the order of rank, so that a common
word finds the best of all guides instead of the best of the newest. Set SEARCH_RUM=1
and run `migrate`; docs/operations.md says how to leave it again.
"""
