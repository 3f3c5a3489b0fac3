"""Turn errors into one line on standard error and an exit code; a bug still crashes."""

import contextlib
import os
import sys
from collections.abc import Iterator

import typer


@contextlib.contextmanager
def reported() -> Iterator[None]:
    """Report our own errors, Ctrl-C and a reader that went away."""
    from summarizer.errors import SummarizerError  # noqa: PLC0415  pydantic is slow

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
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from exc


def say(words: str) -> None:
    """Print a line for the person, without anything that acts on a terminal."""
    shown = "".join(c if c.isprintable() else " " for c in words)
    sys.stderr.write(f"{shown}\n")


def write(text: str, output: str | None) -> None:
    """Write a result to a file or to standard output.

    Raises:
        InputError: The file cannot be written.
    """
    if output is None or output == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    from summarizer.errors import InputError  # noqa: PLC0415

    temporary = f"{output}.part"
    try:
        with open(temporary, "w", encoding="utf-8") as file:  # noqa: PTH123  plain is quick
            file.write(text)
        os.replace(temporary, output)  # noqa: PTH105  a reader sees old or new, no half
    except OSError as exc:
        msg = f"cannot write {output!r}: {exc.strerror}"
        raise InputError(msg) from exc
