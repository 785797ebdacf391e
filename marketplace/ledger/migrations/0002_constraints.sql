-- The currency of a line is the currency of both its accounts.
ALTER TABLE ledger_line
    ADD CONSTRAINT line_source_currency FOREIGN KEY (source_id, currency) REFERENCES ledger_account (id, currency),
    ADD CONSTRAINT line_destination_currency FOREIGN KEY (destination_id, currency)
        REFERENCES ledger_account (id, currency);
ALTER TABLE ledger_fundinglot
    ADD CONSTRAINT lot_currency FOREIGN KEY (held_in_id, currency) REFERENCES ledger_account (id, currency);

-- Balances are updated in place all day long: room on the page keeps the updates out of the index.
ALTER TABLE ledger_balance SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);
