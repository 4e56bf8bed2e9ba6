import('rowsmith').then(async ({ check, loadConfig }) => {
  const { changes } = await check(await loadConfig(undefined, process.cwd()));
  console.log(changes.length);
});
