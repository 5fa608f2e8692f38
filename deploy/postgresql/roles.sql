-- Two roles and the database. Once, as a superuser:   psql -f deploy/postgresql/roles.sql postgres
-- Then give each role a password (`\password pedicle_owner`, `\password pedicle`) or let pg_hba.conf know it.
--
--   pedicle_owner   owns the tables: migrations and fixtures
--   pedicle         the running site and the editors' commands: what grants.sql gives it, nothing else

CREATE ROLE pedicle_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;
CREATE ROLE pedicle LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;

-- Collation and encoding of its own, so that the locale of the machine does not matter.
CREATE DATABASE pedicle OWNER pedicle_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
REVOKE ALL ON DATABASE pedicle FROM PUBLIC;
GRANT CONNECT ON DATABASE pedicle TO pedicle;

-- A query that runs this long is a fault; a transaction that idles this long holds others up.
ALTER ROLE pedicle IN DATABASE pedicle SET statement_timeout = '30s';
ALTER ROLE pedicle IN DATABASE pedicle SET lock_timeout = '30s';
ALTER ROLE pedicle IN DATABASE pedicle SET idle_in_transaction_session_timeout = '60s';

\connect pedicle
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO pedicle_owner;
GRANT USAGE ON SCHEMA public TO pedicle;
