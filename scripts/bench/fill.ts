import pg from 'pg';

/** Runs the statements of a schema in one session, and gives the planner its statistics. */
export async function fillDatabase(url: string, statements: Iterable<string>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const piece of statements) await client.query(piece);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
