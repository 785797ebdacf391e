"""The card acquirer: fees, money that is available later, connected accounts with balances of their own, disputes.

Over the same books, clock, faults and sender as the test bank's side. Its events bear Stripe's names, for want of
a reason to invent others.
"""
