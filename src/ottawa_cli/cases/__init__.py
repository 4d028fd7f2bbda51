"""Cases without a record: one as texts, or tables of them."""
