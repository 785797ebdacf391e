-- Posts one journal of a few lines that touches no lot: what people cause, one at a time. Plain statements, because
-- the plans for sets in ledger_post_many cost a single journal more than its rows do.

CREATE FUNCTION ledger_post_one(
    key text, hash text, kind text, ref text, reversed bigint, posted timestamptz,
    account_codes text[], account_currencies text[], account_kinds text[], account_parties bigint[],
    account_negatives boolean[],
    -- lines: the places of their accounts in `account_codes`, counted from 1
    line_sources int[], line_destinations int[], line_amounts bigint[], line_currencies text[],
    OUT journal_ids bigint[], OUT fresh boolean[]
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    accounts bigint[] := ledger_accounts(account_codes, account_currencies, account_kinds, account_parties,
                                         account_negatives);
    moved bigint[] := array_fill(0::bigint, ARRAY[cardinality(accounts)]);
    journal bigint;
    existing record;
    place int;
BEGIN
    INSERT INTO ledger_journal (idempotency_key, input_hash, kind, reference, posted_at, reverses_id)
    VALUES (key, hash, kind, ref, posted, reversed)
    ON CONFLICT (idempotency_key) DO NOTHING
    RETURNING id INTO journal;
    journal_ids := ARRAY[journal];
    fresh := ARRAY[journal IS NOT NULL];

    IF journal IS NULL THEN
        SELECT id, input_hash INTO existing FROM ledger_journal WHERE idempotency_key = key;
        IF existing.input_hash <> hash THEN
            RAISE EXCEPTION 'a journal with this key did something else' USING ERRCODE = 'MO409';
        END IF;
        journal_ids := ARRAY[existing.id];
        RETURN;
    END IF;

    FOR n IN 1 .. cardinality(line_amounts) LOOP
        moved[line_sources[n]] := moved[line_sources[n]] - line_amounts[n];
        moved[line_destinations[n]] := moved[line_destinations[n]] + line_amounts[n];
    END LOOP;
    FOR place IN SELECT n FROM unnest(accounts) WITH ORDINALITY AS account(id, n) ORDER BY id LOOP
        UPDATE ledger_balance SET amount_minor = amount_minor + moved[place] WHERE account_id = accounts[place];
    END LOOP;
    FOR n IN 1 .. cardinality(line_amounts) LOOP
        INSERT INTO ledger_line (journal_id, seq, source_id, destination_id, amount_minor, currency)
        VALUES (journal, n, accounts[line_sources[n]], accounts[line_destinations[n]], line_amounts[n],
                line_currencies[n]);
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION ledger_post_one FROM PUBLIC;
