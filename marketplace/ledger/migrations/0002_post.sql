-- The only writer of the ledger. Set-based: one call posts one journal or thousands, in one round trip.
--
-- It runs as the tables' owner (SECURITY DEFINER); the program's own role may only read them. Locks are taken in one
-- order everywhere: journals by key, lots by id, balances by account id. `posted_at` is given, never now().
--
-- Raises: check_violation on "no_overdraft" or "lot_not_overused"; unique_violation on "lot_once_per_charge";
-- SQLSTATE MO409 when a key exists with another hash; foreign_key_violation when a line crosses currencies.

CREATE FUNCTION ledger_post(
    keys text[], hashes text[], kinds text[], refs text[], reversed bigint[], posted timestamptz,
    -- accounts that the lines name; opened here if they are new
    account_codes text[], account_currencies text[], account_kinds text[], account_parties bigint[],
    account_negatives boolean[],
    -- lines: the place of their journal in `keys`, and of their accounts in `account_codes`, counted from 1
    line_journals int[], line_sources int[], line_destinations int[], line_amounts bigint[], line_currencies text[],
    use_journals int[], use_lots bigint[], use_amounts bigint[],
    lot_journals int[], lot_ids text[], lot_accounts int[], lot_parents bigint[], lot_providers text[],
    lot_charges text[], lot_amounts bigint[], lot_currencies text[], lot_charged timestamptz[]
) RETURNS TABLE (place int, journal_id bigint, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    account_ids bigint[];
    journal_ids bigint[];
    fresh boolean[];
    fresh_count int;
    existing ledger_journal%ROWTYPE;
    entry record;
BEGIN
    -- A sub-select for each, so that it is always the index that answers, whatever the statistics say.
    SELECT array_agg((SELECT id FROM ledger_account WHERE code = wanted.code AND currency = wanted.currency)
                     ORDER BY wanted.n)
    INTO account_ids
    FROM unnest(account_codes, account_currencies) WITH ORDINALITY AS wanted(code, currency, n);

    IF array_position(account_ids, NULL) IS NOT NULL THEN
        INSERT INTO ledger_account (code, currency, kind, party_id, allow_negative)
        SELECT * FROM unnest(account_codes, account_currencies, account_kinds, account_parties, account_negatives)
            AS wanted(code, currency, kind, party, negative)
        ORDER BY code, currency
        ON CONFLICT (code, currency) DO NOTHING;

        INSERT INTO ledger_balance (account_id, amount_minor, allow_negative)
        SELECT account.id, 0, account.allow_negative
        FROM unnest(account_codes, account_currencies) AS wanted(code, currency)
        JOIN ledger_account AS account USING (code, currency)
        ORDER BY account.id
        ON CONFLICT (account_id) DO NOTHING;

        SELECT array_agg(account.id ORDER BY wanted.n) INTO account_ids
        FROM unnest(account_codes, account_currencies) WITH ORDINALITY AS wanted(code, currency, n)
        JOIN ledger_account AS account USING (code, currency);
    END IF;

    -- One journal of a few lines is what people cause, one at a time: plain statements, half the time of sets.
    IF cardinality(keys) = 1 AND cardinality(line_amounts) <= 8 AND cardinality(use_lots) = 0
        AND cardinality(lot_ids) = 0 THEN
        INSERT INTO ledger_journal (idempotency_key, input_hash, kind, reference, posted_at, reverses_id)
        VALUES (keys[1], hashes[1], kinds[1], refs[1], posted, reversed[1])
        ON CONFLICT (idempotency_key) DO NOTHING
        RETURNING id INTO journal_id;
        place := 1;
        is_new := journal_id IS NOT NULL;
        IF is_new THEN
            FOR entry IN
                SELECT side.account, sum(side.amount)::bigint AS amount
                FROM unnest(line_sources, line_destinations, line_amounts) AS l(source, destination, amount)
                CROSS JOIN LATERAL (VALUES (account_ids[l.source], -l.amount), (account_ids[l.destination], l.amount))
                    AS side(account, amount)
                GROUP BY side.account ORDER BY side.account
            LOOP
                UPDATE ledger_balance SET amount_minor = amount_minor + entry.amount WHERE account_id = entry.account;
            END LOOP;
            FOR n IN 1 .. cardinality(line_amounts) LOOP
                INSERT INTO ledger_line (journal_id, seq, source_id, destination_id, amount_minor, currency)
                VALUES (ledger_post.journal_id, n, account_ids[line_sources[n]], account_ids[line_destinations[n]],
                        line_amounts[n], line_currencies[n]);
            END LOOP;
        ELSE
            SELECT * INTO existing FROM ledger_journal WHERE idempotency_key = keys[1];
            IF existing.input_hash <> hashes[1] THEN
                RAISE EXCEPTION 'a journal with this key did something else' USING ERRCODE = 'MO409';
            END IF;
            journal_id := existing.id;
        END IF;
        RETURN NEXT;
        RETURN;
    END IF;

    WITH inserted AS (
        INSERT INTO ledger_journal (idempotency_key, input_hash, kind, reference, posted_at, reverses_id)
        SELECT wanted.key, wanted.hash, wanted.kind, wanted.ref, posted, wanted.reversed
        FROM unnest(keys, hashes, kinds, refs, reversed) AS wanted(key, hash, kind, ref, reversed)
        ORDER BY wanted.key
        ON CONFLICT (idempotency_key) DO NOTHING
        RETURNING id, idempotency_key
    )
    SELECT array_agg(inserted.id ORDER BY wanted.n), array_agg(inserted.id IS NOT NULL ORDER BY wanted.n),
           count(inserted.id)
    INTO journal_ids, fresh, fresh_count
    FROM unnest(keys) WITH ORDINALITY AS wanted(key, n)
    LEFT JOIN inserted ON inserted.idempotency_key = wanted.key;

    IF fresh_count < cardinality(keys) THEN
        IF EXISTS (
            SELECT 1 FROM unnest(keys, hashes) AS wanted(key, hash)
            JOIN ledger_journal AS journal ON journal.idempotency_key = wanted.key
            WHERE journal.input_hash <> wanted.hash
        ) THEN
            RAISE EXCEPTION 'a journal with this key did something else' USING ERRCODE = 'MO409';
        END IF;
        SELECT array_agg(journal.id ORDER BY wanted.n) INTO journal_ids
        FROM unnest(keys) WITH ORDINALITY AS wanted(key, n)
        JOIN ledger_journal AS journal ON journal.idempotency_key = wanted.key;
    END IF;

    IF fresh_count > 0 THEN
        IF cardinality(use_lots) > 0 THEN
            WITH used AS (
                SELECT u.lot, sum(u.amount) AS amount FROM unnest(use_journals, use_lots, use_amounts) AS u(j, lot, amount)
                WHERE fresh[u.j] GROUP BY u.lot
            ), locked AS MATERIALIZED (
                SELECT lot.id FROM ledger_fundinglot AS lot JOIN used ON used.lot = lot.id
                ORDER BY lot.id FOR NO KEY UPDATE OF lot
            )
            UPDATE ledger_fundinglot AS lot SET remaining_minor = lot.remaining_minor - used.amount
            FROM used JOIN locked ON locked.id = used.lot WHERE lot.id = used.lot;

            INSERT INTO ledger_lotuse (journal_id, lot_id, amount_minor)
            SELECT journal_ids[u.j], u.lot, sum(u.amount)
            FROM unnest(use_journals, use_lots, use_amounts) AS u(j, lot, amount)
            WHERE fresh[u.j] GROUP BY u.j, u.lot;
        END IF;

        WITH delta AS (
            SELECT side.account, sum(side.amount) AS amount
            FROM unnest(line_journals, line_sources, line_destinations, line_amounts) AS l(j, source, destination, amount)
            CROSS JOIN LATERAL (VALUES (account_ids[l.source], -l.amount), (account_ids[l.destination], l.amount))
                AS side(account, amount)
            WHERE fresh[l.j] GROUP BY side.account
        ), locked AS MATERIALIZED (
            SELECT balance.account_id FROM ledger_balance AS balance
            WHERE balance.account_id = ANY (account_ids)
            ORDER BY balance.account_id FOR NO KEY UPDATE
        )
        UPDATE ledger_balance AS balance SET amount_minor = balance.amount_minor + delta.amount
        FROM delta JOIN locked ON locked.account_id = delta.account
        WHERE balance.account_id = delta.account;

        INSERT INTO ledger_line (journal_id, seq, source_id, destination_id, amount_minor, currency)
        SELECT journal_ids[l.j], row_number() OVER (PARTITION BY l.j ORDER BY l.n),
               account_ids[l.source], account_ids[l.destination], l.amount, l.currency
        FROM unnest(line_journals, line_sources, line_destinations, line_amounts, line_currencies) WITH ORDINALITY
            AS l(j, source, destination, amount, currency, n)
        WHERE fresh[l.j];

        IF cardinality(lot_ids) > 0 THEN
            INSERT INTO ledger_fundinglot (public_id, held_in_id, parent_id, provider, charge, amount_minor,
                                           remaining_minor, currency, charged_at)
            SELECT new.id, account_ids[new.account], new.parent, new.provider, new.charge, new.amount, new.amount,
                   new.currency, new.charged
            FROM unnest(lot_journals, lot_ids, lot_accounts, lot_parents, lot_providers, lot_charges, lot_amounts,
                        lot_currencies, lot_charged)
                AS new(j, id, account, parent, provider, charge, amount, currency, charged)
            WHERE fresh[new.j];
        END IF;
    END IF;

    RETURN QUERY SELECT n::int, journal_ids[n], fresh[n] FROM generate_series(1, cardinality(keys)) AS n;
END
$$;

-- The currency of a line is the currency of both its accounts.
ALTER TABLE ledger_line
    ADD CONSTRAINT line_source_currency FOREIGN KEY (source_id, currency) REFERENCES ledger_account (id, currency),
    ADD CONSTRAINT line_destination_currency FOREIGN KEY (destination_id, currency)
        REFERENCES ledger_account (id, currency);
ALTER TABLE ledger_fundinglot
    ADD CONSTRAINT lot_currency FOREIGN KEY (held_in_id, currency) REFERENCES ledger_account (id, currency);

-- Balances are updated in place all day long: room on the page keeps the updates out of the index.
ALTER TABLE ledger_balance SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);

-- Everybody may call a function unless told otherwise; this one moves money.
REVOKE ALL ON FUNCTION ledger_post FROM PUBLIC;
