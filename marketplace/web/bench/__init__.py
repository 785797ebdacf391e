"""Rows by the million, for measuring: a market of any size in a database of its own, the same every time.

There is no money in it, no history and nobody who signs in: what the hall, the directory and the public pages read.
"""
