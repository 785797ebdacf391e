"""How much of everything an anchor file holds."""

PORTFOLIO = 24
CHANNELS = 12
TIMES_OFF = 24
MOST_FOLLOWERS = 2_000_000_000
