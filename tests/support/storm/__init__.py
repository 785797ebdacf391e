"""A storm over deals: thousands of random steps of everybody at once, against a bank that misbehaves, in a program that
is killed at its commits. `crew` is who there is, `moves` what they do, `weather` what goes wrong, `books` what must be
true afterwards, `drive` all of it in one seeded run.
"""
