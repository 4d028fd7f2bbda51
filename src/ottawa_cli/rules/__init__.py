"""The law, pure: a State of the record, a day and readings go in, a Standing comes out.

In the order of the treaty: `article_17` (joining), `article_20` (leaving); around
them `course` (a State's spells and notices), `standing` (the answer on a day),
`derivation` and `notes` (its reasons) and `readings` (the open points).
"""
