DROP TABLE sign_in_failures;
DROP TABLE sign_ins;
DROP TABLE invitations;
DROP TABLE accreditations;
DROP TABLE accounts;
DROP TABLE delegations;
