"""The bank's own pages, for whoever sits at this machine: the statement, the faults and the clock."""
