/** Writes how much memory the process had at its peak, in KiB, when it ends. */
process.on('exit', () =>
  require('node:fs').writeFileSync(process.env.ROWSMITH_BENCH_PEAK, String(process.resourceUsage().maxRSS)),
);
