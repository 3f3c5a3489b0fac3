"""Pages of the web: which addresses may be asked, and how a page is fetched and kept."""
