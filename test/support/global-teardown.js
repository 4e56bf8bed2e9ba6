export default async function teardown() {
  const { coordinator, servers } = globalThis.rowsmithTestServers;
  coordinator.close();
  coordinator.closeAllConnections();
  await Promise.all(
    [...servers.values()].map((starting) =>
      starting.then(
        (server) => server.stop(),
        () => {},
      ),
    ),
  );
}
