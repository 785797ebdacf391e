-- Gives the conversation its next number and keeps what was said under it; who said it has read up to there. The caller
-- has locked the conversation.

CREATE FUNCTION chat_say(
    conversation bigint, named text, party bigint, speaker bigint, own_number text, words text, attached text[],
    answers bigint, after_warning boolean, card_kind text, card_of text, said timestamptz,
    OUT message bigint, OUT number int
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    UPDATE chat_conversation SET last_seq = last_seq + 1, said_seq = last_seq + 1, last_at = said
    WHERE id = conversation
    RETURNING last_seq INTO number;
    INSERT INTO chat_message (public_id, conversation_id, seq, party_id, by_id, client_id, text, files, reply_to_id,
                              warned, card, card_id, at)
    VALUES (named, conversation, number, party, speaker, own_number, words, attached, answers,
            after_warning, card_kind, card_of, said)
    RETURNING id INTO message;
    IF speaker IS NOT NULL THEN
        INSERT INTO chat_readmark AS mark (conversation_id, party_id, user_id, arrived_seq, seq, told_seq)
        VALUES (conversation, party, speaker, 0, number, 0)
        ON CONFLICT (conversation_id, party_id, user_id) DO UPDATE SET seq = EXCLUDED.seq WHERE mark.seq < EXCLUDED.seq;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION chat_say FROM PUBLIC;
