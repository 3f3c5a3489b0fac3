"""`summarizer watch --site`: the stories as pages that anybody can open, without a server.

`write` is all that others call. It reads the chronicle and writes only what changed.
"""

from summarizer.watch.site.writing import Site, Written, write

__all__ = ["Site", "Written", "write"]
