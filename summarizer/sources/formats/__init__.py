"""One module a format, and the child process that runs them.

Nothing is loaded here: the child starts with the one reader that it needs.
"""
