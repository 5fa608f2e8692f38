-- What the running site may do. As pedicle_owner, after every `manage.py migrate`:
--     psql -f deploy/postgresql/grants.sql pedicle
-- Begins from nothing and can be repeated. A new table gives nothing before this was run.

\set ON_ERROR_STOP on
BEGIN;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM pedicle;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM pedicle;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO pedicle;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO pedicle;

-- Append-only: a trigger refuses to change or delete a revision or an act; this role cannot even ask,
-- and it cannot take the trigger away.
REVOKE UPDATE, DELETE ON procedures_revision, procedures_act FROM pedicle;

-- Written by migrations and fixtures only.
REVOKE INSERT, UPDATE, DELETE ON
    django_migrations, django_content_type, auth_permission, auth_group, auth_group_permissions,
    procedures_vocabulary
    FROM pedicle;

COMMIT;
