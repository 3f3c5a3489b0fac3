"""Sends what others have written; knows nothing of briefings.

`webhook` is the address, a secret. `transport` sends once and says what is known of
the outcome. `ledger` remembers on disk what was sent. `delivering` puts them together, so
that a message is posted once, as far as a webhook lets one know.
"""
