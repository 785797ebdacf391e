"""The files that a bank and we exchange, read and written. Pure: no framework, no database."""
