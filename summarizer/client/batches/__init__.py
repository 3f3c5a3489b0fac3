"""Requests that are answered later: in batches of an endpoint, or offline, from a file."""
