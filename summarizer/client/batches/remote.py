"""Batches at an endpoint: OpenAI's Files and Batches, and Azure's, which are alike.

What is made there is made once: before anything is sent again that may have arrived, it is
looked for by its mark, which stands in the name of the file and in the batch's metadata.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import openai
from openai.types import Batch
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    wait_random_exponential,
)

from summarizer.client import profiles
from summarizer.client.asking import deadline, faults
from summarizer.client.asking.endpoint import LOST
from summarizer.client.batches import lines
from summarizer.errors import SettingsError
from summarizer.ports import Usage
from summarizer.settings import Settings

_DoneT = TypeVar("_DoneT")
_MARK: Final = "grounded_briefing"
"""Key of a batch's metadata under which its mark stands."""

_TRANSFER_S: Final = 3_600.0
"""Seconds for a file of 200 MB: 60 kB a second and more."""

_SKEW_S: Final = 86_400.0
"""Seconds by which the endpoint's clock may differ from ours."""

_FILE_S: Final = 2.0
_FILE_LOOKS: Final = 60
"""Seconds between two looks at a file that Azure reads, and how many there are."""

_FINAL: Final = frozenset({"completed", "failed", "expired", "cancelled", "canceled"})
_BACKOFF: Final = wait_random_exponential(multiplier=0.5, max=20)


@dataclass(frozen=True, slots=True)
class State:
    """A batch, as the endpoint says it stands.

    Attributes:
        id: Its name there.
        status: A word of the endpoint: validating, in_progress, completed, …
        done: Requests that are answered.
        failed: Requests that failed.
        total: Requests in all; 0 while they are counted.
        files: Its files of answers and of errors, those that there are.
        reason: Why the batch as a whole failed; "" when it did not.
    """

    id: str
    status: str
    done: int = 0
    failed: int = 0
    total: int = 0
    files: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_final(self) -> bool:
        """True when nothing more will come of it."""
        return self.status in _FINAL


class Remote:
    """Batches at one endpoint."""

    def __init__(
        self, settings: Settings, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Open a client; nothing is sent yet.

        Raises:
            SettingsError: The endpoint is known to have no batches.
        """
        name = profiles.choose(settings).name
        if name not in {"openai", "azure"}:
            msg = (
                f"the profile {name!r} has no batches at half price: OpenAI and Azure "
                "have (--profile openai for one that has the same API)"
            )
            raise SettingsError(msg)
        self.url = lines.AZURE_URL if name == "azure" else lines.URL
        self._settings, self._sleep = settings, sleep
        self._sdk = openai.OpenAI(
            base_url=settings.url,
            api_key=settings.api_key or "none",
            timeout=_TRANSFER_S,
            max_retries=0,
            http_client=deadline.client(),
        )

    @property
    def host(self) -> str:
        """Host of the endpoint."""
        return self._sdk.base_url.host

    def upload(self, file: Path, mark: str) -> str:
        """Upload a file of requests, unless it is there.

        Returns:
            Its name there.

        Raises:
            EndpointError: It cannot be uploaded.
        """

        def sent() -> str:
            with file.open("rb") as raw:
                named = (f"{mark}.jsonl", raw, "application/jsonl")
                return self._sdk.files.create(file=named, purpose="batch").id

        return self._once(sent, lambda: self._find_file(mark))

    def find_file(self, mark: str) -> str | None:
        """Look for a file of requests by its mark.

        Raises:
            EndpointError: The endpoint does not list its files.
        """
        return self._patiently(lambda: self._find_file(mark))

    def _find_file(self, mark: str) -> str | None:
        for one in self._sdk.files.list(purpose="batch", limit=1_000):
            if one.filename == f"{mark}.jsonl":
                return one.id
        return None

    def create(self, file_id: str, mark: str, since_s: float) -> str:
        """Create a batch of an uploaded file, unless it is there.

        Args:
            file_id: The file.
            mark: What tells this batch from all others.
            since_s: When it was first meant to be created, in seconds since 1970.

        Returns:
            Its name there.

        Raises:
            EndpointError: It cannot be created.
        """

        def sent() -> str:
            self._wait_for(file_id)
            return self._sdk.batches.create(
                input_file_id=file_id,
                endpoint=self.url,  # type: ignore[arg-type]  # Azure has its own
                completion_window="24h",
                metadata={_MARK: mark},
            ).id

        return self._once(sent, lambda: self._find(mark, since_s, file_id))

    def _wait_for(self, file_id: str) -> None:
        """Wait until Azure has read a file: before that it makes no batch of it."""
        if self.url != lines.AZURE_URL:
            return
        for _ in range(_FILE_LOOKS):
            if self._sdk.files.retrieve(file_id).status in {"processed", "error"}:
                return
            self._sleep(_FILE_S)

    def find(self, mark: str, since_s: float, file_id: str | None = None) -> str | None:
        """Look for a batch by its mark, or by the file that it was made of.

        Raises:
            EndpointError: The endpoint does not list its batches.
        """
        return self._patiently(lambda: self._find(mark, since_s, file_id))

    def _find(self, mark: str, since_s: float, file_id: str | None) -> str | None:
        page = self._sdk.batches.list(limit=100)
        while True:
            for one in page.data:
                is_marked = (one.metadata or {}).get(_MARK) == mark
                if is_marked or (file_id is not None and one.input_file_id == file_id):
                    return one.id
            is_old = all(one.created_at < since_s - _SKEW_S for one in page.data)
            if is_old or not page.has_next_page():
                return None
            page = page.get_next_page()

    def state(self, batch_id: str) -> State:
        """Ask how a batch stands.

        Raises:
            EndpointError: The endpoint does not say.
        """
        return _state(self._patiently(lambda: self._sdk.batches.retrieve(batch_id)))

    def cancel(self, batch_id: str) -> State:
        """Cancel a batch; what it has answered is paid, and can be read.

        Raises:
            EndpointError: It cannot be cancelled.
        """
        return _state(self._patiently(lambda: self._sdk.batches.cancel(batch_id)))

    def download(self, file_id: str, place: Path) -> bool:
        """Download a file of results.

        Returns:
            False when the endpoint has it no more.

        Raises:
            EndpointError: It cannot be downloaded as a whole.
        """

        def fetched() -> bool:
            create = self._sdk.files.with_streaming_response.content
            try:
                with create(file_id) as response, place.open("wb") as file:
                    for chunk in response.iter_bytes():
                        file.write(chunk)
            except openai.NotFoundError:
                return False
            return True

        return self._patiently(fetched)

    def close(self) -> None:
        """Close the connections."""
        self._sdk.close()

    def _once(self, send: Callable[[], str], find: Callable[[], str | None]) -> str:
        """Send what makes something; before it is sent again, look whether it is there."""
        tried = False

        def attempt() -> str:
            nonlocal tried
            if tried and (found := find()) is not None:
                return found
            tried = True
            return send()

        return self._patiently(attempt)

    def _patiently(self, act: Callable[[], _DoneT]) -> _DoneT:
        """Act, again where the transport or the server failed for a moment."""

        def once() -> _DoneT:
            with deadline.running(_TRANSFER_S) as limit:
                try:
                    return act()
                except LOST as exc:
                    raise faults.lost(exc, self.host, limit) from exc

        settings = self._settings
        trying = Retrying(
            retry=retry_if_exception(faults.is_transient),
            wait=_wait_s,
            stop=lambda state: (
                state.attempt_number >= settings.max_tries
                or state.idle_for + state.upcoming_sleep > settings.max_wait_s
            ),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return trying(once)
        except Exception as exc:  # noqa: BLE001  all of it becomes one of our errors
            spoken = faults.explain(exc, self.host, settings.model or "", Usage())
            failure = faults.without_key(spoken, settings.api_key)
        raise failure  # out here: the SDK's error would be its context, key and all


def _wait_s(state: RetryCallState) -> float:
    """Wait as long as the server asks, otherwise a random, growing time."""
    exc = state.outcome.exception() if state.outcome else None
    asked = faults.retry_after_s(exc, time.time())
    return asked if asked is not None else _BACKOFF(state)


def _state(batch: Batch) -> State:
    counts = batch.request_counts
    errors = (batch.errors.data or []) if batch.errors else []
    reasons = [" ".join((one.message or one.code or "").split()) for one in errors]
    return State(
        id=batch.id,
        status=batch.status,
        done=counts.completed if counts else 0,
        failed=counts.failed if counts else 0,
        total=counts.total if counts else 0,
        files=tuple(f for f in (batch.output_file_id, batch.error_file_id) if f),
        reason="; ".join(filter(None, reasons))[:200],
    )


@contextmanager
def opened(settings: Settings) -> Iterator[Remote]:
    """Open batches at an endpoint, and close the connections.

    Raises:
        SettingsError: The endpoint is known to have no batches.
    """
    remote = Remote(settings)
    try:
        yield remote
    finally:
        remote.close()
