"""The embedded model: its weights, and the server that runs it on this machine."""
