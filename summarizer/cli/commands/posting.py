"""`summarizer post`, and what `summarizer brief --post` shares with it."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.commands.saved import one_of_two, read_soundly
from summarizer.cli.forms import SupportedOnly
from summarizer.cli.report import reported, say, write

if TYPE_CHECKING:
    from schemas.briefing import Briefing
    from summarizer.delivery.webhook import Webhook

WebhookFile = Annotated[
    str | None,
    typer.Option(
        "--webhook-url-file",
        help="File with the webhook’s URL, instead of SLACK_WEBHOOK_URL.",
        metavar="FILE",
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Post even what was posted before.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Whether a new briefing is posted to Slack, and where."""

    post: Annotated[bool, typer.Option("--post", help="Post it to Slack as well.")] = (
        False
    )
    force: Force = False
    webhook_url_file: WebhookFile = None

    def check(self) -> None:
        """Refuse options that need another one.

        Raises:
            BadParameter: --post is missing.
        """
        if (self.force or self.webhook_url_file is not None) and not self.post:
            msg = "--force and --webhook-url-file go with --post"
            raise typer.BadParameter(msg)

    def webhook(self) -> "Webhook | None":
        """Find the webhook; None when nothing is to be posted."""
        return found_webhook(self.webhook_url_file) if self.post else None


def post(
    briefing: Annotated[
        str,
        typer.Argument(
            help="A briefing in JSON, or - for standard input.", metavar="BRIEFING"
        ),
    ],
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            help="An earlier briefing: post only what changed since then.",
            metavar="OLD",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Print the messages as a JSON array; send nothing."
        ),
    ] = False,
    supported_only: SupportedOnly = False,
    force: Force = False,
    first: Annotated[
        int | None,
        typer.Option(
            "--from",
            help="Go on with this message: the ones before are in the channel.",
            metavar="N",
            min=1,
        ),
    ] = None,
    webhook_url_file: WebhookFile = None,
) -> None:
    """Post BRIEFING to Slack, by an incoming webhook.

    SLACK_WEBHOOK_URL or --webhook-url-file names the webhook; it is never shown.
    A briefing that was posted to a channel is not posted there again, and a run that
    ended early is gone on with. What was posted is remembered in the user's state
    directory, or in SUMMARIZER_STATE_DIR. With --since only what changed is posted, and
    nothing when nothing did. Unconfirmed items are marked and come last in their part;
    --supported-only leaves them out.

    \b
    Examples:
      summarizer post story.json
      summarizer post story.json --webhook-url-file ~/.config/slack-webhook
      summarizer post story.json --since yesterday.json
      summarizer post story.json --dry-run
    """
    with reported():
        one_of_two(briefing, since)
        read = read_soundly(briefing)
        earlier = read_soundly(since) if since is not None else None
        if dry_run:
            write(_messages(read, earlier, first, supported_only=supported_only), None)
            return
        webhook = found_webhook(webhook_url_file)
        send(
            read,
            webhook,
            since=earlier,
            force=force,
            first=first,
            supported_only=supported_only,
        )


def _messages(
    briefing: "Briefing",
    since: "Briefing | None",
    first: int | None,
    *,
    supported_only: bool,
) -> str:
    """Write what would be posted, as a JSON array.

    Raises:
        DeliveryError: There is no message *first*.
    """
    from summarizer import posting  # noqa: PLC0415  slow; not for --help
    from summarizer.delivery.delivering import check_first  # noqa: PLC0415

    made = posting.messages(briefing, since, supported_only=supported_only)
    check_first(first, len(made))
    left = made[(first or 1) - 1 :]
    return json.dumps(left, ensure_ascii=False, indent=2) + "\n"


def found_webhook(file: str | None) -> "Webhook":
    """Find the webhook in *file* or in the environment.

    Raises:
        SettingsError: There is none that can be used.
        InputError: The file cannot be read.
    """
    from summarizer.delivery import webhook  # noqa: PLC0415  slow; not for --help

    return webhook.find(os.environ, file)


def send(
    briefing: "Briefing",
    webhook: "Webhook",
    *,
    since: "Briefing | None" = None,
    force: bool,
    first: int | None = None,
    supported_only: bool = False,
) -> None:
    """Post *briefing*, and say what was done.

    Raises:
        DeliveryError: A message was not posted, or nobody knows.
    """
    from summarizer import posting  # noqa: PLC0415  slow; not for --help
    from summarizer.delivery.ledger import VARIABLE  # noqa: PLC0415

    folder = os.environ.get(VARIABLE, "").strip()
    try:
        receipt = posting.post(
            briefing,
            webhook_url=webhook,
            since=since,
            force=force,
            first=first,
            supported_only=supported_only,
            state_dir=Path(folder) if folder else None,
        )
    except KeyboardInterrupt as exc:
        say("error: interrupted; the same command goes on where it can")
        raise typer.Exit(130) from exc
    count = receipt.messages
    kind = "message" if count == 1 else "messages"
    if count == 0:
        what = "no supported item" if supported_only else "nothing"
        say(f"nothing posted: {what} changed since the earlier briefing")
    elif receipt.posted == 0:
        say(f"nothing posted: this was posted before ({count} {kind}); see --force")
    elif receipt.posted < count:
        say(f"posted {receipt.posted} of {count} {kind}; the others were there")
    else:
        say(f"posted {count} {kind}")
