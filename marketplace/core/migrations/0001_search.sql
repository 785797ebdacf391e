-- Full-text search for English and Chinese in one vector: English stems, and for every run of Chinese, Japanese or
-- Korean letters each letter and each pair of neighbours. Rows and queries are cut by the same function, so that a word
-- of two characters is one index look-up (trigrams need three).

--
-- pg_restore runs with an empty search path: a function that others lean on is named with its schema.

CREATE OR REPLACE FUNCTION search_letters(input text, sizes int[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(run[1], place, size)), '{}')
    FROM regexp_matches(input, '[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+', 'g') AS run
    CROSS JOIN LATERAL unnest(sizes) AS wanted(size)
    CROSS JOIN LATERAL generate_series(1, length(run[1]) - wanted.size + 1) AS place
$$;

-- What a row is found by.
CREATE OR REPLACE FUNCTION search_document(input text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_tsvector('english'::regconfig, normalize(input, NFKC))
        || array_to_tsvector(public.search_letters(normalize(input, NFKC), '{1,2}'))
$$;

-- What somebody typed: every English stem and every pair of letters must be there; a letter that stands alone counts
-- for itself. Punctuation means nothing, so nothing typed is a syntax error.
CREATE OR REPLACE FUNCTION search_query(input text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT plainto_tsquery('english'::regconfig, regexp_replace(typed, letters, ' ', 'g'))
        && coalesce((
            SELECT string_agg(quote_literal(term), ' & ')::tsquery
            FROM regexp_matches(typed, letters, 'g') AS run
            CROSS JOIN LATERAL unnest(public.search_letters(run[1], ARRAY[least(2, length(run[1]))])) AS term
        ), ''::tsquery)
    FROM (SELECT normalize(input, NFKC) AS typed,
                 '[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+' AS letters) AS given
$$;
