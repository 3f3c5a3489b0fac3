"""What an archive is given as: articles in files, rows and lists, each named by its words."""

from summarizer.batch.inputs.given import Given
from summarizer.batch.inputs.places import Inputs, chosen
from summarizer.batch.inputs.rows import mapping_of
from summarizer.batch.inputs.single import row_of

__all__ = ["Given", "Inputs", "chosen", "mapping_of", "row_of"]
