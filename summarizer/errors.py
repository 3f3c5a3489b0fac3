"""One error tree: what went wrong, said to the person who must act.

SummarizerError                 1   exit code
├── InputError                  3   the article or a file beside it
├── SettingsError               4   options, environment, profile
├── WeightsError                5   the embedded model's file or server
├── ModelError                  1   a question to the model failed
│   ├── EndpointError           6   network, time, a fault of the server
│   │   └── AccessError         7   wrong key, no quota, unknown model
│   ├── ModelOutputError        8   no answer that fits the schema
│   ├── TooLongError            8   a question that the model's window does not hold
│   └── SuspendedError          1   a question that is asked later; the article waits
│       ├── BudgetError        13   it would cost more than may be paid
│       └── WaitingError       14   its answer comes with a batch
├── IncompleteError             9   --strict, and the briefing has holes
├── VerificationError          10   `verify` found something that does not hold
├── DeliveryError              11   a message was not posted, or nobody knows
└── InterruptedRunError       130   Ctrl-C; what was finished is delivered

2 is the command line's own code for wrong usage.
"""

from schemas.briefing import Briefing


class SummarizerError(Exception):
    """The root of all errors that this package raises on purpose."""

    exit_code = 1


class InputError(SummarizerError):
    """The article, or a file beside it, cannot be used."""

    exit_code = 3


class SettingsError(SummarizerError):
    """An option or a variable of the environment has no usable value."""

    exit_code = 4


class WeightsError(SummarizerError):
    """The embedded model cannot be fetched, trusted or started."""

    exit_code = 5


class ModelError(SummarizerError):
    """A question to the model failed.

    Attributes:
        calls: Requests that were sent for it, 0 or more.
        prompt_tokens: Tokens that they read, as far as the server said.
        completion_tokens: Tokens that they wrote, as far as the server said.
    """

    def __init__(
        self,
        message: str,
        *,
        calls: int = 0,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        super().__init__(message)
        self.calls = calls
        self.prompt_tokens = prompt_tokens
        self.completion_tokens = completion_tokens


class EndpointError(ModelError):
    """The model's server did not answer, or answered with a fault of its own.

    Attributes:
        status: HTTP status, or None when there was no answer.
    """

    exit_code = 6

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        calls: int = 0,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        super().__init__(
            message,
            calls=calls,
            prompt_tokens=prompt_tokens,
            completion_tokens=completion_tokens,
        )
        self.status = status


class AccessError(EndpointError):
    """The server refuses us: key, quota or model. Asking again cannot help."""

    exit_code = 7


class ModelOutputError(ModelError):
    """No answer that fits the schema, after the last re-ask."""

    exit_code = 8


class TooLongError(ModelError):
    """A question does not fit the model's window; a shorter one may."""

    exit_code = 8


class SuspendedError(ModelError):
    """A question is asked later: what it is about is not failed, but to do."""


class BudgetError(SuspendedError):
    """The next request may cost more than is left to pay.

    Attributes:
        spent_usd: US dollars that were paid.
    """

    exit_code = 13

    def __init__(self, message: str, *, spent_usd: float = 0.0) -> None:
        super().__init__(message)
        self.spent_usd = spent_usd


class WaitingError(SuspendedError):
    """An answer comes later, with a batch or a file."""

    exit_code = 14


class IncompleteError(SummarizerError):
    """The briefing has holes and the caller asked for none."""

    exit_code = 9


class VerificationError(SummarizerError):
    """A briefing says what its sources do not bear out."""

    exit_code = 10


class DeliveryError(SummarizerError):
    """A message was not posted, or nobody knows whether it was.

    Attributes:
        posted: Messages of the briefing that surely were posted, 0 or more.
        unclear: True when one was sent and its answer was lost.
        status: HTTP status of the last answer, or None when there was none.
        retry_after_s: Seconds to wait that it asked for, or None when it did not.
    """

    exit_code = 11

    def __init__(
        self,
        message: str,
        *,
        posted: int = 0,
        unclear: bool = False,
        status: int | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message)
        self.posted = posted
        self.unclear = unclear
        self.status = status
        self.retry_after_s = retry_after_s


class InterruptedRunError(SummarizerError):
    """The run was interrupted.

    Attributes:
        briefing: What was finished, with the rest named as holes; None when nothing
            was.
    """

    exit_code = 130

    def __init__(self, message: str, *, briefing: Briefing | None = None) -> None:
        super().__init__(message)
        self.briefing = briefing
