"""Where the API lives; what goes wrong under it is told to programs and not to people."""

API = "/api/v1/"
