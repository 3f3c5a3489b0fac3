"""Object storage: s3://, gs://, az://, and file:// and memory:// in the same way."""

from summarizer.batch.storage.objects import Object, check, is_storage, listed
from summarizer.batch.storage.putting import Bucket

__all__ = ["Bucket", "Object", "check", "is_storage", "listed"]
