"""What anchor files refuse."""

from marketplace.core.errors import Conflict, Refused


class PortfolioFull(Refused):
    """A portfolio shows a choice, not everything."""

    code = "portfolio_full"


class TooManyChannels(Refused):
    code = "too_many_channels"


class ChannelTwice(Conflict):
    """This anchor has the same channel already, or another one proved that it is hers."""

    code = "channel_twice"


class TooManyDates(Refused):
    code = "too_many_dates"


class OwnChannel(Refused):
    """Nobody of the staff verifies a channel of a party of their own."""

    code = "own_channel"
