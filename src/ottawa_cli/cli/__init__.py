"""The command line: parse, ask, print, exit. It computes no date."""
