"""A briefing as Slack messages, each within Slack's limits."""

from summarizer.render.slack.briefing import messages, render

__all__ = ["messages", "render"]
