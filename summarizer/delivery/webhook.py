"""The address of an incoming webhook: whoever has it can post, so it is a secret.

It is never shown: not in a repr, a log line, an error or a file. Errors say what is
wrong with it without its words.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urlsplit

from summarizer.errors import SettingsError
from summarizer.sources.files import read_text

VARIABLE: Final = "SLACK_WEBHOOK_URL"
_HOSTS: Final = {"hooks.slack.com", "hooks.slack-gov.com"}
_LOCAL: Final = {"127.0.0.1", "localhost"}
_FORM: Final = "it looks like https://hooks.slack.com/services/T…/B…/…"
_MAX_CHARS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """An incoming webhook of Slack; on this machine, for tests, any server.

    Attributes:
        url: Secret; never shown.

    Raises:
        SettingsError: It is no address of an incoming webhook.
    """

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        if (wrong := _fault(self.url)) is not None:
            msg = f"the webhook URL {wrong} ({_FORM}; it is not shown here)"
            raise SettingsError(msg)

    @property
    def channel(self) -> str:
        """A name for the channel behind it, from which it cannot be found."""
        digest = hashlib.sha256(b"grounded-briefing webhook\0" + self.url.encode())
        return digest.hexdigest()

    @property
    def is_local(self) -> bool:
        """True for a server on this machine."""
        return urlsplit(self.url).hostname in _LOCAL


def find(environ: Mapping[str, str], file: str | None) -> Webhook:
    """Read the webhook from *file*, or else from `SLACK_WEBHOOK_URL`.

    Args:
        environ: The environment.
        file: A file that holds the URL and nothing else; None for none.

    Raises:
        SettingsError: There is none, or it is no address of an incoming webhook.
        InputError: The file cannot be read.
    """
    if file is not None:
        return Webhook(read_text(file, max_chars=_MAX_CHARS).strip())
    url = environ.get(VARIABLE, "").strip()
    if not url:
        msg = f"no webhook to post to: set {VARIABLE} or pass --webhook-url-file FILE"
        raise SettingsError(msg)
    return Webhook(url)


def _fault(url: str) -> str | None:
    """Say what is wrong with *url*, without its words."""
    if not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        return "holds spaces, line breaks or marks that no URL has"
    parts = _split(url)
    if parts is None:
        return "is no URL"
    if parts.username is not None or parts.query or parts.fragment:
        return "holds more than host and path"
    if parts.hostname in _LOCAL and parts.scheme in {"http", "https"}:
        return None
    if parts.scheme != "https":
        return "does not start with https://"
    if parts.hostname not in _HOSTS or parts.port not in {None, 443}:
        return "is not on hooks.slack.com"
    if not parts.path.startswith("/services/"):
        return "is not that of an incoming webhook"
    return None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # read here, since it raises when it is no number
    except ValueError:
        return None
    return parts
