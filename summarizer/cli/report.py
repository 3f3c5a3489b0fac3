"""Turn errors into one line on standard error and an exit code; a bug still crashes."""

import contextlib
import os
import sys
from collections.abc import Iterator

import typer

from summarizer.cli import streams

_warned: set[str] = set()


@contextlib.contextmanager
def reported() -> Iterator[None]:
    """Report our own errors, Ctrl-C and a reader that went away."""
    from summarizer.errors import SummarizerError  # noqa: PLC0415  pydantic is slow

    _warned.clear()
    try:
        yield
    except SummarizerError as exc:
        say(f"error: {exc}")
        raise typer.Exit(exc.exit_code) from exc
    except KeyboardInterrupt as exc:
        say("error: interrupted before anything was finished")
        raise typer.Exit(130) from exc
    except BrokenPipeError as exc:
        # The reader of our output (`| head`) has gone: nothing more to say to it.
        raise typer.Exit(0) from exc


def say(words: str) -> None:
    """Print a line for the person, without anything that acts on a terminal."""
    streams.tell("".join(c if c.isprintable() else " " for c in words))


def warn(words: str) -> None:
    """Print a warning, once in a run."""
    if words not in _warned:
        _warned.add(words)
        say(f"warning: {words}")


def check_output(output: str | None) -> None:
    """Find out whether a result can be written, before anything is paid for.

    Raises:
        InputError: It cannot.
    """
    if output is None or output == "-":
        if sys.stdout is None:
            raise _unwritable(streams.STANDARD_OUTPUT, "it is closed")
        return
    folder = os.path.dirname(output) or "."  # noqa: PTH120  plain is quick
    if os.path.isdir(output):  # noqa: PTH112
        raise _unwritable(repr(output), "it is a folder")
    if not os.path.isdir(folder):  # noqa: PTH112
        raise _unwritable(repr(output), f"there is no folder {folder!r}")
    _save("", output, keep=False)


def write(text: str, output: str | None) -> None:
    """Write a result to a file or to standard output.

    Raises:
        InputError: It cannot be written.
    """
    if output is not None and output != "-":
        _save(text, output)
        return
    try:
        streams.put(text)
    except BrokenPipeError:
        raise
    except OSError as exc:
        why = exc.strerror or str(exc)
        raise _unwritable(streams.STANDARD_OUTPUT, why) from exc


def _save(text: str, output: str, *, keep: bool = True) -> None:
    """Write a file as a whole: a reader sees the old one or the new one, no half.

    Args:
        text: What to write.
        output: The file; a device or a pipe is written to as it is.
        keep: False only tries whether it can be written.

    Raises:
        InputError: It cannot be written; nothing is left behind.
    """
    is_device = os.path.exists(output) and not os.path.isfile(output)  # noqa: PTH110, PTH113
    temporary = output if is_device else f"{output}.part"
    try:
        with open(temporary, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(text)
        if keep and not is_device:
            os.replace(temporary, output)  # noqa: PTH105
    except OSError as exc:
        raise _unwritable(repr(output), exc.strerror or str(exc)) from exc
    finally:
        if not is_device:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108


def _unwritable(what: str, why: str) -> Exception:
    from summarizer.errors import InputError  # noqa: PLC0415  pydantic is slow

    return InputError(f"cannot write {what}: {why}")
