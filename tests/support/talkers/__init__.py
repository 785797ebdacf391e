"""People who talk through a running Mooring: their browsers, without the browser."""
