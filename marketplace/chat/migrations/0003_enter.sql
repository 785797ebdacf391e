-- What has to be known before something is said, asked under the locks of `core/locks.py`: the person, then the
-- conversation. Each statement sees what was committed before it, so whoever waited for a lock counts what the other
-- one wrote. `which` is null when the party does not take part.

CREATE FUNCTION chat_enter(
    asked text, speaker bigint, speaking_for bigint, own_number text, since timestamptz, mail text,
    OUT which bigint, OUT about_a text, OUT titled text, OUT known bigint, OUT parties text, OUT blocked boolean,
    OUT lately int, OUT waits boolean
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    SELECT id INTO which FROM chat_conversation
    WHERE public_id = asked
      AND EXISTS (SELECT FROM chat_participant WHERE conversation_id = chat_conversation.id AND party_id = speaking_for);
    IF which IS NULL THEN
        RETURN;
    END IF;
    PERFORM FROM accounts_user WHERE id = speaker FOR NO KEY UPDATE;
    SELECT about, title INTO about_a, titled FROM chat_conversation WHERE id = which FOR NO KEY UPDATE;
    SELECT id INTO known FROM chat_message
    WHERE conversation_id = which AND by_id = speaker AND client_id = own_number;
    SELECT string_agg(accounts_party.public_id, ' ' ORDER BY accounts_party.id),
           EXISTS (SELECT FROM chat_block WHERE party_id = ANY (array_agg(accounts_party.id))
                                            AND blocked_id = ANY (array_agg(accounts_party.id)))
    INTO parties, blocked
    FROM chat_participant JOIN accounts_party ON accounts_party.id = party_id
    WHERE conversation_id = which;
    SELECT count(*) INTO lately FROM chat_message WHERE by_id = speaker AND at > since;
    waits := EXISTS (SELECT FROM core_timer WHERE kind = mail AND aggregate = asked AND state = 'pending');
END
$$;
REVOKE ALL ON FUNCTION chat_enter FROM PUBLIC;
