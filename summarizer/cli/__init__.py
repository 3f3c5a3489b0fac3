"""The command line: arguments, environment, progress, printing, exit codes.

Standard output carries the result and nothing else; all the rest goes to standard
error. Everything slow is imported inside the commands, so that `--help` is quick. Each
command is in `commands`; what several of them share lies beside it.
"""

from summarizer.cli.app import app, main

__all__ = ["app", "main"]
