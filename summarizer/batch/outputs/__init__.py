"""What is made of an archive's rows: tables, Parquet, pages, an index, a report."""

from summarizer.batch.outputs.delivering import check, deliver, made

__all__ = ["check", "deliver", "made"]
