"""What is read and written with libraries that not everybody installs."""

from summarizer.errors import InputError


def missing(what: str, package: str) -> InputError:
    """Say that *package* is not installed, and how it is.

    Args:
        what: What it is needed for: "Parquet files".
        package: Its name.
    """
    return InputError(
        f"{what} need {package}, which is not installed: "
        "pip install 'grounded-briefing[archives]'"
    )
