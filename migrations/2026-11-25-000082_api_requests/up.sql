CREATE TABLE api_requests (
    token_id TEXT NOT NULL REFERENCES api_tokens (id),
    request_key TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    reference TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (token_id, request_key)
);
