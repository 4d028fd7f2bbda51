"""The law, pure: a State of the record, a day and readings go in, a Standing comes out.

In the order of the treaty: `article_17` (joining), `article_20` (leaving); around them `history` (a
State's memberships and notices), `possibilities` (the days that partial dates allow), `standing`
(the answer on a day), `steps` and `notes` (its reasons), `timeline` (its course), `leaving` and
`state_counts`, `readings` (the open points), `sensitivity` (how firm), `explanation` (all of it).
"""
