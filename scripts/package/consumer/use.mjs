import { check, loadConfig, RowsmithError } from 'rowsmith';

const { changes } = await check(await loadConfig(undefined, process.cwd()));
const refusal = await loadConfig('none.json').catch((error) => error);
console.log(changes.length, refusal instanceof RowsmithError, refusal.code);
