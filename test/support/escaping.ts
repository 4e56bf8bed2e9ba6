import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withRequirements } from '../../src/postgres/embedded/extensions.js';
import { findServerFiles, type ServerFiles } from '../../src/postgres/embedded/packages.js';
import type { Layers } from '../../src/postgres/embedded/server-limits.js';
import { type Database, openServer } from '../../src/postgres/embedded/server-process.js';
import { attack, type Escape, type Targets } from './escapes.js';
import { sideModule } from './side-module.js';

/** The result of an escape: what it obtained from the machine, and the server's answers to its statements. */
export interface Outcome {
  readonly got: readonly string[];
  readonly answers: readonly string[];
}

const secret = 'known-to-nobody';
const variable = 'ROWSMITH_TEST_SECRET';

/** Secrets on this machine that may be found out, and listeners for what may be reached. */
export class Machine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'rowsmith-escape-'));
  readonly #reached = new Set<string>();
  readonly #ears: (Server | Socket)[] = [];
  #directory: Buffer | undefined;
  #files: ServerFiles | undefined;
  targets!: Targets;

  async prepare(): Promise<void> {
    process.env[variable] = secret;
    const socket = join(this.#folder, 's');
    const port = await this.#listen('the network', 0);
    await this.#listen('a socket file', socket);
    const ear = createSocket('udp4', () => this.#reached.add('the network by a datagram'));
    this.#ears.push(ear);
    ear.bind(0, '127.0.0.1');
    await once(ear, 'listening');
    this.targets = {
      variable,
      file: join(this.#folder, 'file'),
      absent: join(this.#folder, 'absent'),
      library: join(this.#folder, 'evil.so'),
      port,
      datagrams: ear.address().port,
      socket,
    };
    writeFileSync(this.targets.file, secret);
    writeFileSync(this.targets.library, sideModule({ emJs: attack(this.targets) }));
    this.#files = await findServerFiles();
  }

  async #listen(what: string, place: number | string): Promise<number> {
    const server = createServer((connection) => {
      this.#reached.add(what);
      connection.on('error', () => undefined).destroy();
    });
    this.#ears.push(server);
    if (typeof place === 'number') server.listen(place, '127.0.0.1');
    else server.listen(place);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async attempt(way: Escape, layers: Layers): Promise<Outcome> {
    this.#reached.clear();
    rmSync(this.targets.absent, { force: true });
    const answers: string[] = [];
    const database = await this.#start(way, layers, this.#directory);
    try {
      await run(database, way.sql(this.targets), answers);
      if (way.startsAgain) {
        await database.query('commit').catch(() => undefined);
        await database.copy();
        const again = await this.#start(way, layers, await database.give()).catch(
          (error: unknown) => void answers.push(String(error)),
        );
        if (again) await run(again, way.sql(this.targets).slice(-1), answers);
        await again?.close();
      }
    } finally {
      await database.close();
    }
    await sleep(50);
    return { got: this.#gotBy(answers), answers };
  }

  async #start({ extensions = [] }: Escape, layers: Layers, directory: Buffer | undefined): Promise<Database> {
    const files = this.#files as ServerFiles;
    const server = openServer(files, { timeout: 60, characters: 0, layers });
    const { database, made } = await server.start(files.extensions(withRequirements(extensions)), directory);
    this.#directory ??= made;
    return database;
  }

  #gotBy(answers: readonly string[]): readonly string[] {
    const said = answers.join('\n');
    const got = [...this.#reached];
    if (said.includes(secret)) got.push('a secret');
    if (existsSync(this.targets.absent)) got.push('a file on the disk');
    return got;
  }

  close(): void {
    for (const ear of this.#ears) ear.close();
    rmSync(this.#folder, { recursive: true });
  }
}

/** Runs every statement, even if earlier ones failed. */
async function run(database: Database, statements: readonly string[], answers: string[]): Promise<void> {
  for (const sql of statements) {
    const said = await database.query(sql).then(
      (rows) => JSON.stringify(rows),
      (error: unknown) => `error: ${error instanceof Error ? error.message : String(error)}`,
    );
    answers.push(said);
  }
}
