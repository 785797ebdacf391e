"""The levers of a test: faults, the clock, where webhooks go, and whether the books add up."""
