"""What Slack's webhooks answer: what to try again, and what to say and do."""

import re
from typing import Final

from summarizer.delivery.transport import Answered, NotSent, Outcome, Unknown

_NEW_WEBHOOK: Final = "make a new incoming webhook and set SLACK_WEBHOOK_URL to it"
_OUR_FAULT: Final = "please report it, with the output of --dry-run"

_REMEDIES: Final = {
    "invalid_payload": f"Slack cannot read the message: {_OUR_FAULT}",
    "invalid_blocks": f"Slack refuses a block of the message: {_OUR_FAULT}",
    "invalid_blocks_format": f"Slack refuses a block of the message: {_OUR_FAULT}",
    "invalid_attachments": f"Slack refuses the message: {_OUR_FAULT}",
    "msg_too_long": f"Slack finds the message too long: {_OUR_FAULT}",
    "msg_blocks_too_long": f"Slack finds the message too long: {_OUR_FAULT}",
    "no_text": f"Slack finds no text in the message: {_OUR_FAULT}",
    "no_service": f"this webhook was switched off or removed: {_NEW_WEBHOOK}",
    "no_service_id": f"this address is no webhook: {_NEW_WEBHOOK}",
    "invalid_token": f"this webhook is not known to Slack: {_NEW_WEBHOOK}",
    "no_team": f"the workspace is not known to Slack: {_NEW_WEBHOOK}",
    "no_active_hooks": f"this webhook was switched off: {_NEW_WEBHOOK}",
    "team_disabled": "the workspace is not active any more: ask its administrator",
    "user_not_found": f"whom this webhook posts to is gone: {_NEW_WEBHOOK}",
    "channel_not_found": f"the channel is gone: {_NEW_WEBHOOK} for another channel",
    "channel_is_archived": "the channel is archived: restore it, or "
    f"{_NEW_WEBHOOK} for another channel",
    "action_prohibited": "an administrator has restricted posting: ask to allow this app",
    "posting_to_general_channel_denied": "posting to this channel is restricted: ask "
    "an administrator, or choose another channel",
}


def is_delivered(outcome: Outcome) -> bool:
    """Tell whether Slack said that the message was posted."""
    return (
        isinstance(outcome, Answered)
        and outcome.status == 200
        and outcome.body.strip() == "ok"
    )


def is_unclear(outcome: Outcome) -> bool:
    """Tell whether the message may have been posted without our knowing.

    A gateway's 504 and a 200 that does not say "ok" leave it open. Any other answer
    of 500 and above is Slack's word that the message was not posted.
    """
    if isinstance(outcome, Answered):
        return outcome.status == 504 or (
            outcome.status == 200 and not is_delivered(outcome)
        )
    return isinstance(outcome, Unknown)


def is_transient(outcome: Outcome) -> bool:
    """Tell whether the same message may be posted a little later, and was not yet."""
    if isinstance(outcome, Answered):
        limited = outcome.status == 429 or outcome.status >= 500
        return limited and not is_unclear(outcome)
    return isinstance(outcome, NotSent)


def explained(outcome: Outcome, tries: int) -> str:
    """Say why a message was not posted, and what to do; never what Slack's page says.

    Args:
        outcome: The last one.
        tries: Requests that were sent for the message, 1 or more.
    """
    if isinstance(outcome, NotSent):
        return f"Slack cannot be reached ({outcome.reason}; {tries} tries)"
    if isinstance(outcome, Unknown):
        return f"{outcome.reason} after it was sent"
    word = re.match(r"[a-z_]{1,60}(?![\w<])", outcome.body.strip())
    code = word.group() if word else ""
    if outcome.status == 429:
        return f"Slack is still limiting our rate ({tries} tries): try again later"
    if outcome.status >= 500:
        return f"Slack answered {outcome.status} ({tries} tries): try again later"
    if code in _REMEDIES:
        return f"{_REMEDIES[code]} ({outcome.status} {code})"
    named = f" {code}" if code else ""
    return f"Slack answered {outcome.status}{named}: check the webhook"
