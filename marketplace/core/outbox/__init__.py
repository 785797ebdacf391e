"""From an event's row to its handlers: at least once, with a lease, a backoff and an end.

`registry` knows who handles what; `relay` claims and delivers; `nudge` wakes the relay after a commit. Nothing is
lost if the process dies anywhere in between: the row is still there, and the beat finds it.
"""
