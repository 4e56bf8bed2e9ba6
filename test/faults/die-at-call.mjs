/**
 * Loaded before the command line (`node --import`): ends the process, as `kill -9` does, before the nth call that
 * changes the file system below FAULT_FOLDER. With FAULT_COUNT it writes the number of such calls there instead.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { FAULT_FOLDER: folder = '', FAULT_AT: at, FAULT_COUNT: count } = process.env;
let calls = 0;
for (const name of ['mkdirSync', 'writeFileSync', 'renameSync', 'linkSync', 'rmSync']) {
  const original = fs[name];
  fs[name] = (path, ...others) => {
    if (String(path).startsWith(folder) && !String(path).includes('.cache')) {
      calls += 1;
      // Half a file is what a real kill in the middle of a write leaves.
      if (String(calls) === at) {
        if (name === 'writeFileSync')
          original(path, String(others[0]).slice(0, Math.floor(String(others[0]).length / 2)));
        process.kill(process.pid, 'SIGKILL');
      }
    }
    return original(path, ...others);
  };
}
syncBuiltinESMExports();
if (count) process.on('exit', () => fs.appendFileSync(count, String(calls)));
