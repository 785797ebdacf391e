-- The ids of the accounts with these codes and currencies, in their order. Those that do not exist yet are opened.
-- For the posting functions, whose rights, search path and plan mode it takes over.

CREATE FUNCTION ledger_accounts(codes text[], currencies text[], kinds text[], parties bigint[], negatives boolean[])
RETURNS bigint[] LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    ids bigint[];
BEGIN
    -- A sub-select for each, so that it is always the index that answers, whatever the statistics say.
    ids := ARRAY(
        SELECT (SELECT id FROM ledger_account WHERE code = wanted.code AND currency = wanted.currency)
        FROM unnest(codes, currencies) WITH ORDINALITY AS wanted(code, currency, n) ORDER BY n
    );

    IF array_position(ids, NULL) IS NOT NULL THEN
        INSERT INTO ledger_account (code, currency, kind, party_id, allow_negative)
        SELECT * FROM unnest(codes, currencies, kinds, parties, negatives) AS wanted(code, currency, kind, party, negative)
        ORDER BY code, currency
        ON CONFLICT (code, currency) DO NOTHING;

        INSERT INTO ledger_balance (account_id, amount_minor, allow_negative)
        SELECT account.id, 0, account.allow_negative
        FROM unnest(codes, currencies) AS wanted(code, currency)
        JOIN ledger_account AS account USING (code, currency)
        ORDER BY account.id
        ON CONFLICT (account_id) DO NOTHING;

        SELECT array_agg(account.id ORDER BY wanted.n) INTO ids
        FROM unnest(codes, currencies) WITH ORDINALITY AS wanted(code, currency, n)
        JOIN ledger_account AS account USING (code, currency);
    END IF;
    RETURN ids;
END
$$;
REVOKE ALL ON FUNCTION ledger_accounts FROM PUBLIC;
