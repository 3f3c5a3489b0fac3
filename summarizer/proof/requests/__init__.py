"""Drafted requests: who asks whom, for what, and whether anybody asks at all."""
