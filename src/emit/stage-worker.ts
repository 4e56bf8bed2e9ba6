import { parentPort } from 'node:worker_threads';
import { packError } from '../packed-error.js';
import { openStage } from './stage.js';
import type { Batch, Begin, StageAnswer } from './stage-thread.js';

/** The thread that compares and writes while another renders: takes the batches of `stage-thread.ts`, one after the other. */
const port = parentPort;
if (!port) throw new Error('stage-worker.js is started by stage-thread.js');
let stage: ReturnType<typeof openStage>;

/** Parts of a file that goes on. */
const begun: Buffer[] = [];

function take({ bytes, paths, sizes, goesOn }: Batch): void {
  let offset = 0;
  paths.split('\0').forEach((path, index) => {
    const size = sizes[index] ?? 0;
    const part = Buffer.from(bytes, offset, size);
    offset += size;
    // The bytes are filled again.
    if (goesOn && index === sizes.length - 1) begun.push(Buffer.from(part));
    else if (begun.length === 0) stage.add(path, part);
    else stage.add(path, Buffer.concat([...begun.splice(0), part]));
  });
}

port.postMessage('ready' satisfies StageAnswer);
port.on('message', (batch: Begin | Batch | 'finish') => {
  try {
    if (batch !== 'finish' && 'input' in batch) {
      stage = openStage(batch.input);
    } else if (batch === 'finish') {
      port.postMessage({ staged: stage.finish() } satisfies StageAnswer);
      port.close();
    } else {
      take(batch);
      port.postMessage({ taken: batch.bytes } satisfies StageAnswer, [batch.bytes]);
    }
  } catch (error) {
    port.postMessage({ error: packError(error) } satisfies StageAnswer);
    port.close();
  }
});
