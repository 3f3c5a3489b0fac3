"""`python -m summarizer`, the same as `summarizer`."""

from summarizer.cli.app import main

main()
