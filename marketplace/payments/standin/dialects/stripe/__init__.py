"""Stripe's HTTP, as its official SDK speaks it: v1 as forms, v2 as JSON."""
