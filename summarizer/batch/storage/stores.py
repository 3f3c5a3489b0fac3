"""One store for each bucket, and its errors in one sentence each.

The only module that knows obstore. Keys come from the environment (AWS_ACCESS_KEY_ID,
GOOGLE_APPLICATION_CREDENTIALS, AZURE_STORAGE_ACCOUNT_KEY, …), which obstore reads by
itself. What it says of an error may hold an address with a signature: none of it is shown.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from types import ModuleType
from typing import Any, Final

from summarizer.errors import InputError
from summarizer.sources.containers import extra

SCHEMES: Final = frozenset({"s3", "gs", "az", "file", "memory"})
_PATIENCE: Final[Any] = {"max_retries": 4, "retry_timeout": timedelta(seconds=60)}
_ALLOWED: Final = "the storage refuses access: are the keys for it in the environment?"


def parted(address: str) -> tuple[str, str, str]:
    """Part an address into its scheme, its bucket and its path.

    Raises:
        InputError: It has no bucket, or holds a key or a query.
    """
    scheme, _, rest = address.partition("://")
    bucket, _, path = rest.partition("/")
    if "@" in bucket or "?" in rest:
        # Shown to nobody: it may be a key.
        msg = f"an address of {scheme}:// is {scheme}://BUCKET/PATH, without a key or a query: keys come from the environment"
        raise InputError(msg)
    if scheme in {"file", "memory"}:
        return scheme, "", rest.lstrip("/")
    if not bucket:
        msg = f"{address!r} names no bucket: {scheme}://BUCKET/PATH"
        raise InputError(msg)
    return scheme, bucket, path


@cache
def store(scheme: str, bucket: str) -> Any:
    """Open a bucket, once in a process.

    Raises:
        InputError: obstore is not installed, or a setting of the environment is wrong.
    """
    stores = library("obstore.store")
    if scheme == "memory":
        return stores.MemoryStore()
    if scheme == "file":
        return stores.LocalStore("/")
    with told(f"{scheme}://{bucket}"):
        return stores.from_url(f"{scheme}://{bucket}", retry_config=_PATIENCE)


def library(name: str = "obstore") -> ModuleType:
    """Load obstore.

    Raises:
        InputError: It is not installed.
    """
    from importlib import import_module  # noqa: PLC0415

    try:
        import obstore  # noqa: F401, PLC0415  slow, and not everybody has it
    except ImportError as exc:
        raise extra.missing("addresses of object storage", "obstore") from exc
    return import_module(name)


@contextmanager
def told(address: str) -> Iterator[None]:
    """Say in one sentence what went wrong with *address*, and nothing that obstore says.

    Raises:
        InputError: Something did.
    """
    found = library("obstore.exceptions")
    try:
        yield
    except FileNotFoundError:
        msg = f"there is nothing at {address!r}"
        raise InputError(msg) from None
    except (found.PermissionDeniedError, found.UnauthenticatedError):
        msg = f"cannot reach {address!r}: {_ALLOWED}"
        raise InputError(msg) from None
    except (found.BaseError, OSError, ValueError) as exc:
        msg = f"cannot reach {address!r}: {_why(exc)}"
        raise InputError(msg) from None


def _why(exc: Exception) -> str:
    """Sort an error by its words, without repeating them."""
    words = str(exc).lower()
    if any(mark in words for mark in ("accessdenied", "403", "401", "credential")):
        return _ALLOWED
    if "error sending request" in words or "connect" in words:
        return "the storage does not answer"
    if "region" in words:
        return "set AWS_REGION to the region of the bucket"
    return f"the storage failed ({type(exc).__name__})"
