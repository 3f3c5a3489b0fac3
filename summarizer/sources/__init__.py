"""Read what people have and make an `Article` of it: text, sentences, what to skip."""

from summarizer.sources.article import Article, Metadata, Sentence, make_article
from summarizer.sources.files import read_article

__all__ = ["Article", "Metadata", "Sentence", "make_article", "read_article"]
