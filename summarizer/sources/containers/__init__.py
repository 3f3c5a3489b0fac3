"""Files that hold many articles: tables and crawls. One module each knows its library."""
