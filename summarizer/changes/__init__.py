"""What changed between two briefings of one story, judged on meaning, not on wording.

Pure: two briefings in, a value out. `compare` first finds which item of the old briefing
and which of the new one speak of the same thing (`sameness` scores two items, `pairing`
solves who goes with whom, one to one), then says in which way the two of a pair differ
(`stance`, `answers`, `figures`). What has no partner is new, or is no longer mentioned:
that an article leaves something out does not make it untrue.
"""

from summarizer.changes.compare import compare
from summarizer.changes.supported import supported_only
from summarizer.changes.values import Change, Changes, Edition

__all__ = ["Change", "Changes", "Edition", "compare", "supported_only"]
