export default async function teardown() {
  const servers = globalThis.rowsmithTestServers ?? [];
  for (const server of servers) delete process.env[`ROWSMITH_TEST_POSTGRES_${server.version}`];
  await Promise.all(servers.map((server) => server.stop()));
}
