"""Reaching for addresses that strangers give us."""
