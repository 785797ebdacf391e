class StackError(Exception):
    """The services cannot start; the message is one sentence that says what to do."""
