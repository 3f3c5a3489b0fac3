"""Who does the shards: this process, or the workers of a cluster. One port for all."""

from summarizer.batch.executors.choosing import opened
from summarizer.batch.executors.port import Ended, Executor

__all__ = ["Ended", "Executor", "opened"]
