"""One round of batches: what waits is sent, what came is read. Each step may be killed.

What is sent is written down before, and looked for by its mark before it is sent again. A
reply is kept before its request counts as answered. So a step that is done again changes
nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summarizer.batch.half_price.store import SentBatch, Store
from summarizer.client.batches import lines
from summarizer.client.batches.lines import Result
from summarizer.client.batches.remote import Remote, State
from summarizer.client.purse import Purse, dollars
from summarizer.client.replies import Replies
from summarizer.errors import BudgetError, EndpointError, InputError
from summarizer.settings import Settings

_NO_LINE: Final = "no result came back for it"


@dataclass(frozen=True, slots=True)
class Post:
    """What a round needs.

    Attributes:
        folder: The folder of the output.
        settings: Who is asked.
        store: What waits.
        replies: Where replies are kept.
        remote: Batches at the endpoint.
        purse: Minds the money; None when no price is known.
        most_requests: Requests of one batch.
        most_bytes: Bytes of its file.
    """

    folder: Path
    settings: Settings
    store: Store
    replies: Replies
    remote: Remote
    purse: Purse | None
    most_requests: int = lines.MOST_REQUESTS
    most_bytes: int = lines.MOST_BYTES


# -- sending -------------------------------------------------------------------------


def resume(post: Post) -> None:
    """Send the batches that were written down, and whose sending a kill cut off.

    Raises:
        EndpointError: One cannot be sent.
    """
    for part in post.folder.glob("briefing-*.part"):  # of a step that a kill cut off
        part.unlink()
    for batch in post.store.open_batches():
        if batch.remote_id is None:
            _send(post, batch, is_new=False)


def send(post: Post) -> None:
    """Send what waits, in as many batches as it takes and as may be paid.

    Raises:
        BudgetError: Nothing more may be paid, and nothing is under way.
        EndpointError: A batch cannot be sent.
    """
    for keys in _grouped(post):
        _send(post, post.store.add_batch(keys), is_new=True)
    left = post.store.count("waiting")
    if left and post.purse is not None and not post.store.open_batches():
        budget = dollars(post.purse.budget_usd or 0)
        msg = (
            f"the budget of {budget} is spent: {dollars(post.purse.spent)} were paid, and "
            f"{left:,} requests are left; the same command with a larger --budget-usd goes on"
        )
        raise BudgetError(msg, spent_usd=post.purse.spent)


def _grouped(post: Post) -> Iterator[list[str]]:
    """Part what waits by the limits of a batch; stop where the money ends."""
    purse = post.purse
    keys: list[str] = []
    size = 0
    usd, left = 0.0, purse.left if purse is not None else 0.0
    for one in post.store.waiting():
        if purse is not None:
            usd += purse.price.halved.usd(one.most)
            if usd > left:
                break
        length = len(lines.written(one.key, one.body, post.remote.url))
        if keys and (
            len(keys) >= post.most_requests or size + length > post.most_bytes
        ):
            yield keys
            keys, size = [], 0
        keys.append(one.key)
        size += length
    if keys:
        yield keys


def _send(post: Post, batch: SentBatch, *, is_new: bool) -> None:
    """Send a batch that was written down; an old one may be there already."""
    store, remote = post.store, post.remote
    remote_id = None if is_new else remote.find(batch.mark, batch.at, batch.file_id)
    if remote_id is None:
        file_id = batch.file_id
        if file_id is None and not is_new:
            file_id = remote.find_file(batch.mark)
        if file_id is None:
            file_id = _uploaded(post, batch)
        store.set_file(batch.number, file_id)
        remote_id = remote.create(file_id, batch.mark, batch.at)
    store.set_remote(batch.number, remote_id)


def _uploaded(post: Post, batch: SentBatch) -> str:
    place = post.folder / f"{batch.mark}.jsonl.part"
    usd = 0.0
    try:
        with place.open("wb") as file:
            for one in post.store.of_batch(batch.number):
                file.write(lines.written(one.key, one.body, post.remote.url))
                if post.purse is not None:
                    usd += post.purse.price.halved.usd(one.most)
        if post.purse is not None:
            post.purse.enter(batch.mark, usd)
        return post.remote.upload(place, batch.mark)
    except OSError as exc:
        raise _full(post.folder, exc) from exc
    finally:
        place.unlink(missing_ok=True)


# -- reading -------------------------------------------------------------------------


def collect(post: Post) -> int:
    """Read the results of the batches that have ended.

    Returns:
        How many batches were read.

    Raises:
        EndpointError: The endpoint does not say, or refused a batch as a whole.
    """
    count = 0
    for batch in post.store.open_batches():
        if batch.remote_id is None:
            continue
        state = post.remote.state(batch.remote_id)
        post.store.set_status(batch.number, state.status, state.done)
        if state.is_final:
            _read(post, batch, state)
            count += 1
    return count


def _read(post: Post, batch: SentBatch, state: State) -> None:
    """Read both files of a batch, whatever became of it; then all its requests are told."""
    failed: dict[str, Result] = {}
    for number, file_id in enumerate(state.files):
        place = post.folder / f"{batch.mark}.{number}.part"
        try:
            if not post.remote.download(file_id, place):
                continue  # the endpoint has deleted it: its requests are asked anew
            for result in results(place):
                if not kept(post, result, f"{batch.mark}:"):
                    failed[result.key] = result
        except OSError as exc:
            raise _full(post.folder, exc) from exc
        finally:
            place.unlink(missing_ok=True)
    if state.status == "failed" and not state.files:
        _refused(post, batch, state)
    if state.status.startswith("cancel"):
        post.store.free(batch.number)
    for key in post.store.unread(batch.number):
        why = failed.get(key) or Result(key, reason=_NO_LINE, is_passing=True)
        post.store.unanswered(key, why.reason, is_passing=why.is_passing)
    _close(post, batch)


def _refused(post: Post, batch: SentBatch, state: State) -> None:
    """Take back the requests of a batch that was refused as a whole, and say so."""
    abandon(post, batch)
    says = f"; it says {state.reason!r}" if state.reason else ""
    msg = f"{post.remote.host} refused the batch {batch.remote_id}{says}; the same command sends its requests again"
    raise EndpointError(msg)


def abandon(post: Post, batch: SentBatch) -> None:
    """Take back the requests of a batch that never arrived."""
    post.store.free(batch.number)
    _close(post, batch)


def _close(post: Post, batch: SentBatch) -> None:
    if post.purse is not None:
        post.purse.forget(batch.mark)
    post.store.set_read(batch.number)


def results(place: Path) -> Iterator[Result]:
    """Yield the results of a file; what is none is passed over."""
    with place.open("rb") as file:
        while line := file.readline(lines.LONGEST + 1):
            if (found := lines.read(line)) is not None:
                yield found


def kept(post: "Post | Shelf", result: Result, paid: str | None) -> bool:
    """Keep the reply of a request of ours.

    Args:
        post: Where it is kept.
        result: What became of the request.
        paid: Beginning of the name under which its cost is entered, at half the price;
            None when it cost nothing.

    Returns:
        True for one that is answered, now or before.
    """
    known = post.store.state(result.key)
    if known == "answered":
        return True
    if result.body is None or not known:
        return False
    settings = post.settings
    post.replies.keep(result.key, settings.url, settings.model or "", result.body)
    if post.purse is not None and paid is not None:
        usd = post.purse.price.halved.usd(result.usage)
        article = post.store.payer(result.key)
        post.purse.enter(paid + result.key, usd, article=article)
    post.store.answered(result.key)
    return True


@dataclass(frozen=True, slots=True)
class Shelf:
    """What it takes to keep a reply; attributes as of a `Post`."""

    settings: Settings
    store: Store
    replies: Replies
    purse: Purse | None = None


def _full(folder: Path, exc: OSError) -> InputError:
    msg = f"cannot write to {str(folder)!r}: {exc.strerror}; the same command goes on"
    return InputError(msg)
