"""Money without deals, by Hypothesis: funded, protected, released, transferred, refunded, taken back, charged back and
paid out in any order, at a provider that misbehaves, in a program that is killed at its commits and calls.

`house` is who lives there and with what, `world` how one example acts on it, `moves` what may be done, `machine` the
rules that draw them, `calm` how everything recovers, `checks` what must be true then, `report` what was seen.
"""
