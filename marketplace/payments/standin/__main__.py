"""`python -m marketplace.payments.standin migrate`: the same as its manage.py."""

from marketplace.payments.standin.manage import main

main()
