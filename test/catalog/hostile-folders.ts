/** A folder of migrations with everything that misleads a reader of it, and the schema that its tool makes of it. */
export interface HostileFolder {
  readonly tool: string;
  /** The path that a config names, where it is not the folder itself. */
  readonly source?: string;
  readonly files: Readonly<Record<string, string>>;
  /** The migration among them that is a program. */
  readonly program?: string;
  /** Files that are named as left out. */
  readonly leftOut: readonly string[];
  /** The tables that the tool makes, with their columns; `app.held` is made within a transaction, `unheld` outside. */
  readonly tables: readonly string[];
}

const users = 'CREATE TABLE users (id int PRIMARY KEY);\n';
const name = 'ALTER TABLE users ADD name text;\n';
const mail = 'ALTER TABLE users RENAME name TO mail;\n';
const drop = 'DROP TABLE users;\n';
const stray = 'DROP SCHEMA public CASCADE;\n';
const mysql = 'CREATE TABLE `users` (id int AUTO_INCREMENT);\n';
const own = (table: string) => `CREATE TABLE ${table} (version bigint, dirty boolean);\n`;

/** A table whose schema tells whether its file ran in one transaction. */
const local = (table: string) => `SET LOCAL search_path = app;\nCREATE TABLE ${table} (id int);\n`;
const held = `CREATE SCHEMA app;\n${local('held')}`;
const unheld = local('unheld');
const both = ['app.held (id)', 'public.unheld (id)', 'public.users (id, mail)'];

/** The marks of a tool that has both directions in one file. */
interface Marks {
  readonly up: string;
  readonly down: string;
  readonly upAlone?: string;
}

function sections({ up, down, upAlone = up }: Marks) {
  const back = `${down}\n${drop}`;
  return {
    file: (text: string) => `-- a comment\n${up}\n${text}\n${back}`,
    unheld: `${upAlone}\n${unheld}\n${back}`,
  };
}

const dbmate = sections({
  up: '-- migrate:up',
  upAlone: '-- migrate:up transaction:false',
  down: '-- migrate:down',
});
const goose = sections({
  up: '-- +goose Up',
  upAlone: '-- +goose NO TRANSACTION\n-- +goose Up',
  down: '-- +goose Down',
});
const sqlMigrate = sections({
  up: '-- +migrate Up',
  upAlone: '-- +migrate Up notransaction',
  down: '-- +migrate Down',
});
const pgMigrate = sections({ up: '-- Up Migration', down: '-- Down Migration' });
const tern = (text: string) => `${text}\n---- create above / drop below ----\n${drop}`;

export const hostileFolders: readonly HostileFolder[] = [
  {
    tool: 'Prisma',
    files: {
      'migration_lock.toml': 'provider = "postgresql"',
      '10_name/migration.sql': users + own('_prisma_migrations'),
      '10_name/down.sql': drop,
      '20240101000000_a/migration.sql': name,
      '2_mail/migration.sql': `BEGIN;\n${mail}COMMIT;\n`,
      '3_held/migration.sql': held,
      'seed.sql': stray,
    },
    leftOut: ['seed.sql'],
    tables: ['app.held (id)', 'public.users (id, mail)'],
  },
  {
    tool: 'Drizzle',
    files: {
      'meta/_journal.json': JSON.stringify({
        entries: ['0010_users', '0002_name', '0003_mail', '0004_held'].map((tag, idx) => ({ idx, tag })),
      }),
      'meta/0002_snapshot.json': '{}',
      '0010_users.sql': `${users}--> statement-breakpoint\nCREATE SCHEMA drizzle;\n${own('drizzle.__drizzle_migrations')}`,
      '0002_name.sql': name,
      '0003_mail.sql': mail,
      '0004_held.sql': held,
      '0005_forgotten.sql': stray,
      '0003_mail.down.sql': drop,
    },
    leftOut: ['0005_forgotten.sql'],
    tables: ['app.held (id)', 'public.users (id, mail)'],
  },
  {
    tool: 'Flyway',
    files: {
      'V6__users.sql': users + own('flyway_schema_history'),
      'V6_2__name.sql': name,
      'later/V6.10__mail.sql': mail,
      'V007__held.sql': held,
      'V8__unheld.sql': unheld,
      'V8__unheld.sql.conf': 'executeInTransaction=false\r\n',
      'V9__Backfill.java': 'public class V9__Backfill {}',
      'V10__users.mysql.sql': mysql,
      'U6__users.sql': drop,
      'R__view.sql': 'CREATE OR REPLACE VIEW mails AS SELECT mail FROM users;\n',
      'beforeMigrate.sql': 'CREATE TABLE before (id int);\n',
      'afterMigrate__last.sql': 'CREATE TABLE after AS SELECT mail FROM mails;\n',
      'afterClean.sql': stray,
      'grants.sql': stray,
    },
    program: 'V9__Backfill.java',
    leftOut: ['V10__users.mysql.sql', 'afterClean.sql', 'grants.sql'],
    tables: ['app.held (id)', 'public.after (mail)', 'public.before (id)', 'public.mails (mail)', ...both.slice(1)],
  },
  {
    tool: 'golang-migrate',
    files: {
      '9_users.up.sql': users + own('schema_migrations'),
      '9_users.down.sql': drop,
      '010_name.up.sql': name,
      '0010_name.down.sql': drop,
      '11_mail.up.sql': `BEGIN;\n${mail}COMMIT;\n`,
      '11_mail.down.sql': drop,
      '12_held.up.sql': held,
      '12_held.mysql.up.sql': mysql,
      'schema.sql': stray,
      'old/1_old.up.sql': stray,
    },
    leftOut: ['12_held.mysql.up.sql', 'old/1_old.up.sql', 'schema.sql'],
    tables: ['app.held (id)', 'public.users (id, mail)'],
  },
  {
    tool: 'sqlx',
    files: {
      '20230101000000_users.sql': users + own('_sqlx_migrations'),
      '202302010000_name.sql': 'CREATE SCHEMA first;\n',
      '20230301000000_name.up.sql': name,
      '20230301000000_name.down.sql': drop,
      '20230302000000_mail.sql': mail,
      '20230303000000_held.sql': held,
      '20230304000000_unheld.sql': `-- no-transaction\n${unheld}`,
      'fixtures/users.sql': stray,
    },
    leftOut: ['fixtures/users.sql'],
    tables: both,
  },
  {
    tool: 'dbmate',
    files: {
      '20230101000000_users.sql': dbmate.file(users + own('schema_migrations')),
      '20230102000000_name.sql': dbmate.file(name),
      '20230103000000_mail.sql': dbmate.file(mail),
      '20230104000000_held.sql': dbmate.file(held),
      '20230105000000_unheld.sql': dbmate.unheld,
      '20230106000000_x.mysql.sql': dbmate.file(mysql),
      'schema.sql': stray,
    },
    leftOut: ['20230106000000_x.mysql.sql', 'schema.sql'],
    tables: both,
  },
  {
    tool: 'goose',
    files: {
      '9_users.sql': goose.file(users + own('goose_db_version')),
      '00010_name.sql': goose.file(`-- +goose StatementBegin\nDO $$ BEGIN\n${name}END $$;\n-- +goose StatementEnd`),
      '11_mail.sql': goose.file(mail),
      '12_backfill.go': 'package migrations',
      '13_held.sql': goose.file(held),
      '20230105000000_unheld.sql': goose.unheld,
      'main.go': 'package main',
      'seed.sql': stray,
    },
    program: '12_backfill.go',
    leftOut: ['seed.sql'],
    tables: both,
  },
  {
    tool: 'sql-migrate',
    files: {
      '9-users.sql': sqlMigrate.file(users + own('gorp_migrations')),
      '0010-name.sql': sqlMigrate.file(`-- +migrate StatementBegin\n${name}-- +migrate StatementEnd`),
      '11_mail.sql': `${sqlMigrate.file('')}-- +migrate Up\n${mail}`,
      '12-held.sql': sqlMigrate.file(held),
      '20230105000000-unheld.sql': sqlMigrate.unheld,
      'dump.sql': stray,
    },
    leftOut: ['dump.sql'],
    tables: both,
  },
  {
    tool: 'node-pg-migrate',
    files: {
      '1700000000000_users.sql': pgMigrate.file(users + own('pgmigrations')),
      '1700000000001_name.sql': `-- Down Migration\n${drop}-- Up Migration\n${name}`,
      '1700000000002_backfill.js': 'exports.up = () => {};',
      '1700000000003_mail.sql': pgMigrate.file(mail),
      '1700000000004_held.sql': pgMigrate.file(held),
      'seed.sql': stray,
    },
    program: '1700000000002_backfill.js',
    leftOut: ['seed.sql'],
    tables: ['app.held (id)', 'public.users (id, mail)'],
  },
  {
    tool: 'Diesel',
    files: {
      '00000000000000_diesel_initial_setup/up.sql': 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;\n',
      '00000000000000_diesel_initial_setup/down.sql': 'DROP FUNCTION f();\n',
      '20170101000000_users/up.sql': users,
      '20170101000000_users/down.sql': drop,
      '2017-09-23-182408_name/up.sql': name,
      '2017-09-23-182408_name/down.sql': drop,
      '20171001000000_mail/up.sql': mail,
      '20171001000000_mail/down.sql': drop,
      '2018-01-01-000000_held/up.sql': held,
      '2018-01-01-000000_held/down.sql': drop,
      '2018-01-02-000000_unheld/up.sql': unheld,
      '2018-01-02-000000_unheld/metadata.toml': 'run_in_transaction = false\r\n',
      'seed.sql': stray,
    },
    leftOut: ['seed.sql'],
    tables: both,
  },
  {
    tool: 'Sqitch',
    files: {
      'sqitch.plan': [
        '%syntax-version=1.0.0',
        '%project=shop',
        '',
        'users 2024-01-01T00:00:00Z A <a@b> # first',
        'more/name [users] 2024-01-02T00:00:00Z A <a@b>',
        '@v1 2024-01-03T00:00:00Z A <a@b>',
        'mail [more/name !gone] 2024-01-04T00:00:00Z A <a@b>',
        'held 2024-01-05T00:00:00Z A <a@b>',
        'unheld 2024-01-06T00:00:00Z A <a@b>',
        '',
      ].join('\r\n'),
      'deploy/users.sql': `-- Deploy users\nBEGIN;\n${users}CREATE SCHEMA sqitch;\n${own('sqitch.changes')}COMMIT;\n`,
      'deploy/more/name.sql': name,
      'deploy/mail.sql': mail,
      'deploy/held.sql': `BEGIN;\n${held}COMMIT;\n`,
      'deploy/unheld.sql': unheld,
      'deploy/forgotten.sql': stray,
      'revert/users.sql': drop,
      'revert/more/name.sql': drop,
      'verify/users.sql': 'SELECT no_such_column FROM users;\n',
      'seed.sql': stray,
    },
    leftOut: ['deploy/forgotten.sql', 'seed.sql'],
    tables: both,
  },
  {
    tool: 'Supabase',
    source: 'supabase',
    files: {
      'supabase/config.toml': 'project_id = "shop"\r\n',
      'supabase/seed.sql': stray,
      'supabase/migrations/20240101000000_users.sql': users,
      'supabase/migrations/20240102000000_name.sql': name,
      'supabase/migrations/20240103000000_mail.sql': `${mail}${own('supabase_migrations.schema_migrations')}`,
      'supabase/migrations/20240104000000_held.sql': held,
      'supabase/migrations/20240105000000_own.sql': 'ALTER TABLE users ADD owner uuid REFERENCES auth.users;\n',
      'supabase/migrations/notes.sql': stray,
    },
    leftOut: ['supabase/migrations/notes.sql'],
    tables: ['app.held (id)', 'public.users (id, mail, owner)'],
  },
  {
    tool: "Rails' structure.sql",
    source: 'db/structure.sql',
    files: {
      'db/structure.sql': `SET statement_timeout = 0;\nSELECT pg_catalog.set_config('search_path', '', false);\n\
CREATE TABLE public.users (id int PRIMARY KEY, mail text);\n${own('public.schema_migrations')}\
CREATE TABLE public.ar_internal_metadata (key varchar NOT NULL, value varchar);\nSET search_path TO "$user", public;\n\
INSERT INTO "schema_migrations" (version) VALUES (20240102000000), (20240101000000);\n`,
      'db/migrate/20240101000000_users.rb': 'class Users < ActiveRecord::Migration[8.0]; end',
      'db/seeds.sql': stray,
    },
    leftOut: [],
    tables: ['public.users (id, mail)'],
  },
  {
    tool: 'tern',
    files: {
      'tern.conf': '[database]\r\n',
      '1_users.sql': tern(users + own('schema_version')),
      '002_name.sql': tern(name),
      '3_mail.sql': tern(mail),
      '010_unheld.sql': `---- tern: disable-tx ----\n${tern(unheld)}`,
      '4_held.sql': tern(held),
      'shared/views.sql': stray,
      'seed.sql': stray,
    },
    leftOut: ['seed.sql', 'shared/views.sql'],
    tables: both,
  },
];
