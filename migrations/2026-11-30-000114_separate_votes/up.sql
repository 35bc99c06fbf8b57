-- Paragraphs of a decision that a member asked to have voted separately, before the rest is voted as a whole.
CREATE TABLE decision_parts (
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    letter TEXT NOT NULL,
    paragraph INTEGER NOT NULL,
    text_en TEXT NOT NULL,
    text_ru TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES delegations (id),
    is_kept BOOLEAN,
    PRIMARY KEY (decision_id, letter),
    UNIQUE (decision_id, paragraph)
);

CREATE TABLE decision_part_votes (
    decision_id TEXT NOT NULL,
    letter TEXT NOT NULL,
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'abstain', 'not-voting', 'absent')),
    PRIMARY KEY (decision_id, letter, delegation_id),
    FOREIGN KEY (decision_id, letter) REFERENCES decision_parts (decision_id, letter)
);
