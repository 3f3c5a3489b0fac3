"""`summarizer batch --half-price`, and the commands that look at its batches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.report import reported, write

if TYPE_CHECKING:
    from summarizer.batch.inputs import Given
    from summarizer.batch.job import Job
    from summarizer.settings import Settings

Folder = Annotated[
    str, typer.Argument(help="Folder that the archive goes to.", metavar="OUT")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Whether answers come later, and how."""

    half_price: Annotated[
        bool,
        typer.Option(
            "--half-price",
            help="Ask in batches of OpenAI or Azure: half the price, within a day.",
        ),
    ] = False
    wait: Annotated[
        bool,
        typer.Option("--wait", help="Wait for the batches; else the run ends with 14."),
    ] = False
    poll: Annotated[
        float | None,
        typer.Option(
            "--poll",
            help="Seconds between two looks at the batches; 60.",
            metavar="SECONDS",
            min=0.01,
        ),
    ] = None
    finish_live: Annotated[
        bool,
        typer.Option(
            "--finish-live",
            help="Send no more batches: ask what they left out at once, at the full price.",
        ),
    ] = False
    write_requests: Annotated[
        str | None,
        typer.Option(
            "--write-requests",
            help="Ask nothing: write the requests to this file, as `vllm run-batch` reads it.",
            metavar="FILE",
        ),
    ] = None
    read_results: Annotated[
        str | None,
        typer.Option(
            "--read-results",
            help="Take the answers from a file that `vllm run-batch` wrote.",
            metavar="FILE",
        ),
    ] = None

    def check(self, cluster: str | None) -> None:
        """Refuse options that do not go together.

        Args:
            cluster: Who else does it; None for this process alone.

        Raises:
            BadParameter: Some do not.
        """
        remote = self.half_price or self.finish_live
        if cluster is not None and (remote or self.is_offline):
            msg = "batches are asked from one process: leave out --cluster"
            raise typer.BadParameter(msg)
        if remote and self.is_offline:
            msg = "--half-price and a file of requests or results do not go together"
            raise typer.BadParameter(msg)
        if self.wait and not remote:
            raise typer.BadParameter("--wait waits for batches: add --half-price")

    @property
    def is_offline(self) -> bool:
        """True when requests and results are files."""
        return self.write_requests is not None or self.read_results is not None

    def run(self, job: "Job", articles: "Callable[[], Iterable[Given]]") -> None:
        """Do the articles that are not done; errors are those of the way that is taken."""
        from summarizer.batch.half_price import running  # noqa: PLC0415  slow

        if not job.is_asked:
            job.run(articles())
            return
        if self.half_price or self.finish_live:
            running.HalfPrice(
                wait=self.wait,
                finish_live=self.finish_live,
                poll_s=self.poll or running.POLL_S,
            ).run(job, articles)
            return
        running.check_none_open(job.folder)
        if not self.is_offline:
            job.run(articles())
            return
        running.Offline(_path(self.write_requests), _path(self.read_results)).run(
            job, articles
        )


def _path(name: str | None) -> Path | None:
    return None if name is None else Path(name)


@options.grouped
def status(folder: Folder, *, endpoint: options.Endpoint) -> None:
    """Say how the batches of OUT stand; OUT and the key of the account are enough.

    \b
    Example:
      summarizer batch status out
    """
    with reported():
        from summarizer.batch.half_price import looking  # noqa: PLC0415  slow

        write(looking.status(Path(folder), _settings(folder, endpoint)), None)


@options.grouped
def collect(folder: Folder, *, endpoint: options.Endpoint) -> None:
    """Read the results of the batches of OUT that have ended, and keep them there.

    The command that runs the archive then makes briefings of them.

    \b
    Example:
      summarizer batch collect out
    """
    with reported():
        from summarizer.batch.half_price import looking  # noqa: PLC0415  slow

        write(looking.collect(Path(folder), _settings(folder, endpoint)), None)


@options.grouped
def cancel(folder: Folder, *, endpoint: options.Endpoint) -> None:
    """Cancel the batches of OUT; what they have answered is paid, and can be collected.

    \b
    Example:
      summarizer batch cancel out
    """
    with reported():
        from summarizer.batch.half_price import looking  # noqa: PLC0415  slow

        write(looking.cancel(Path(folder), _settings(folder, endpoint)), None)


def _settings(folder: str, endpoint: options.Endpoint) -> "Settings":
    """Take the model and the profile that the folder knows, and the address and key of the user.

    An address that a folder names is not believed: whoever made it would get the key.
    """
    from summarizer.batch.half_price import looking  # noqa: PLC0415  slow

    known = looking.about(Path(folder))
    completed = changed(
        endpoint,
        model=endpoint.model or known.get("model"),
        profile=endpoint.profile or known.get("profile"),
    )
    return completed.configured().settings
