"""What must always be true between documents, releases and the ledger."""

from collections.abc import Iterator

from marketplace.core.invariants import invariant
from marketplace.ledger.invariants import rows


@invariant
def numbers_have_no_gap() -> Iterator[str]:
    for issuer, kind, year, last, count, most in rows("""
        SELECT series.issuer, series.kind, series.year, series.last, count(document.id), max(document.sequence)
        FROM documents_series AS series LEFT JOIN documents_document AS document ON document.series_id = series.id
        GROUP BY series.id
        HAVING series.last <> count(document.id) OR series.last <> coalesce(max(document.sequence), 0)
    """):
        yield f"{kind} {year} of {issuer} is at {last}, there are {count}, the highest is {most}"


@invariant
def what_was_invoiced_less_what_was_credited_is_what_was_earned() -> Iterator[str]:
    """Of the months that are closed, by currency: invoices less credit notes against revenue and VAT in the ledger."""
    for currency, papers, books in rows("""
        WITH closed AS (
            SELECT (max(first) + interval '1 month') AT TIME ZONE 'UTC' AS ends FROM documents_closedmonth
        ), papers AS (
            SELECT currency, sum(CASE kind WHEN 'invoice' THEN total_minor ELSE -total_minor END) AS amount
            FROM documents_document WHERE kind IN ('invoice', 'credit_note') GROUP BY currency
        ), earned AS (
            SELECT line.currency, line.amount_minor AS amount
            FROM closed
            JOIN contracts_release AS release ON release.at < closed.ends
            JOIN ledger_journal AS journal ON journal.reference = release.public_id AND journal.kind = 'released'
            JOIN ledger_line AS line ON line.journal_id = journal.id
            JOIN ledger_account AS account ON account.id = line.destination_id
            WHERE account.kind IN ('revenue', 'tax')
            UNION ALL
            SELECT line.currency, -line.amount_minor
            FROM closed
            JOIN contracts_release AS release ON release.at < closed.ends
            JOIN documents_feereturn AS returned ON returned.release_id = release.id
            JOIN ledger_journal AS journal
                ON journal.reference = returned.public_id AND journal.kind = 'fee_returned'
            JOIN ledger_line AS line ON line.journal_id = journal.id
        ), books AS (SELECT currency, sum(amount) AS amount FROM earned GROUP BY currency)
        SELECT currency, coalesce(papers.amount, 0), coalesce(books.amount, 0)
        FROM papers FULL JOIN books USING (currency)
        WHERE EXISTS (SELECT 1 FROM documents_closedmonth)
            AND NOT EXISTS (SELECT 1 FROM documents_document, closed
                            WHERE month >= (closed.ends AT TIME ZONE 'UTC')::date)
            AND coalesce(papers.amount, 0) <> coalesce(books.amount, 0)
    """):
        yield f"{currency}: invoices less credit notes are {papers}, the ledger says {books}"


@invariant
def an_invoice_is_the_sum_of_its_releases() -> Iterator[str]:
    for number, net, tax, fee, vat in rows("""
        SELECT document.number, document.net_minor, document.tax_minor,
               coalesce(sum(one.fee_minor), 0), coalesce(sum(one.vat_minor), 0)
        FROM documents_document AS document
        LEFT JOIN documents_invoicedrelease AS one ON one.invoice_id = document.id
        WHERE document.kind = 'invoice'
        GROUP BY document.id
        HAVING document.net_minor <> coalesce(sum(one.fee_minor), 0)
            OR document.tax_minor <> coalesce(sum(one.vat_minor), 0)
    """):
        yield f"{number} says {net} + {tax}, its releases {fee} + {vat}"
