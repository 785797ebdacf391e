-- Posts any number of journals with their lots, set by set: one call for one journal or for thousands.

CREATE FUNCTION ledger_post_many(
    keys text[], hashes text[], kinds text[], refs text[], reversed bigint[], posted timestamptz,
    -- accounts that the lines and lots name
    account_codes text[], account_currencies text[], account_kinds text[], account_parties bigint[],
    account_negatives boolean[],
    -- lines: the place of their journal in `keys`, and of their accounts in `account_codes`, counted from 1
    line_journals int[], line_sources int[], line_destinations int[], line_amounts bigint[], line_currencies text[],
    use_journals int[], use_lots bigint[], use_amounts bigint[],
    lot_journals int[], lot_ids text[], lot_accounts int[], lot_parents bigint[], lot_providers text[],
    lot_charges text[], lot_amounts bigint[], lot_currencies text[], lot_charged timestamptz[],
    OUT journal_ids bigint[], OUT fresh boolean[]
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    account_ids bigint[] := ledger_accounts(account_codes, account_currencies, account_kinds, account_parties,
                                            account_negatives);
    fresh_count int;
BEGIN
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
END
$$;
REVOKE ALL ON FUNCTION ledger_post_many FROM PUBLIC;
