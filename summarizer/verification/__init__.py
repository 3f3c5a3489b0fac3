"""Check a saved briefing against its sources again: no model, no network.

The proof and the assembly that made the briefing make its items once more, and these are
compared field by field; what cannot be made again is named with the reason. Other tools' quotes are judged
the same way, as far as they say where a quote comes from.
"""

from summarizer.verification.briefings import source_of, verify
from summarizer.verification.quotes import Quote, verify_quotes

__all__ = ["Quote", "source_of", "verify", "verify_quotes"]
