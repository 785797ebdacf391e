"""What every dialect speaks about: books, checkouts, refunds, the event log, faults and the clock."""
