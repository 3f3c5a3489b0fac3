"""`summarizer model`: the embedded model on this machine."""

from typing import Annotated

import typer

from summarizer.cli.report import reported, say, write

app = typer.Typer(
    help="The embedded model: fetch it, find it, serve it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

ModelName = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="A file of weights that ends in .gguf; the embedded ones otherwise.",
        metavar="NAME",
    ),
]


@app.command()
def pull(
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show no progress.")
    ] = False,
) -> None:
    """Fetch the embedded model (1.1 GB) and verify it; continues where it stopped.

    \b
    Example:
      summarizer model pull
    """
    with reported():
        from summarizer.cli.progress import shown  # noqa: PLC0415
        from summarizer.client.serving import weights  # noqa: PLC0415

        with shown(quiet=quiet, fetching=True) as progress:
            file = weights.pull(weights.DEFAULT, progress.fetched)
        write(f"{file}\n", None)


@app.command()
def path() -> None:
    """Print where the verified weights are.

    \b
    Example:
      summarizer model path
    """
    with reported():
        from summarizer.client.serving import weights  # noqa: PLC0415

        write(f"{weights.present()}\n", None)


@app.command("list")
def list_models() -> None:
    """List the models that can be fetched, and whether they are here.

    \b
    Example:
      summarizer model list
    """
    with reported():
        from summarizer.client.serving import weights  # noqa: PLC0415
        from summarizer.errors import WeightsError  # noqa: PLC0415

        one = weights.DEFAULT
        try:
            state = f"here: {weights.present(one)}"
        except WeightsError as exc:
            state = "damaged" if "damaged" in str(exc) else "not fetched"
        write(f"{one.name}\t{one.size / 1e9:.1f} GB\t{one.licence}\t{state}\n", None)


@app.command()
def serve(
    model: ModelName = None,
    port: Annotated[
        int, typer.Option(help="Port on 127.0.0.1; 0 picks one.", min=0, max=65535)
    ] = 0,
    context_tokens: Annotated[
        int, typer.Option(help="Window of the model.", min=512)
    ] = 4096,
) -> None:
    """Serve the embedded model on 127.0.0.1 until Ctrl-C.

    Prints the address and a random key, one a line, for other programs that speak
    the OpenAI API.

    \b
    Example:
      summarizer model serve --port 8765
    """
    with reported():
        import time  # noqa: PLC0415

        from summarizer.client import connect  # noqa: PLC0415
        from summarizer.client.serving import embedded  # noqa: PLC0415

        file, name = connect.weights_of(model)
        with embedded.running(
            file, model=name, context_tokens=context_tokens, port=port
        ) as address:
            write(f"{address.url}\n{address.api_key}\n", None)
            say(f"serving {name}; Ctrl-C ends it")
            try:
                while True:
                    time.sleep(3600)
            except KeyboardInterrupt:
                return
