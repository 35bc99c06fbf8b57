DROP TABLE text_states;
