"""Shards: a few hundred articles that one worker does, in a folder that all machines share.

What is to be done, what is done and what was paid stand on the disk (`shelf`, `journal`,
`replies`), so that a shard can be done again by anybody; `shard` does one, `leases` keeps all
workers within the limits of the endpoint.
"""
