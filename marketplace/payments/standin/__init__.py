"""The stand-in: a bank of our own with books of its own, in its own process.

It exists so that Mooring can be run, tested and broken on purpose without a real provider. It imports nothing of
Mooring: two sets of books that share code would agree even when both are wrong.
"""
