"""Check a saved briefing against its sources again: no model, no network.

Everything that code derives is derived once more from the cited sentences and compared
field by field; everything that was copied is looked up. Other tools' quotes are judged
the same way, as far as they say where a quote comes from.
"""

from summarizer.verification.briefings import source_of, verify
from summarizer.verification.quotes import Quote, verify_quotes

__all__ = ["Quote", "source_of", "verify", "verify_quotes"]
