"""Questions put to the record, and what-ifs laid over it."""
