import { parentPort } from 'node:worker_threads';
import { packError } from '../packed-error.js';
import { openStage } from './stage.js';
import { batchSize, type Batch, type Begin, type StageAnswer } from './batch.js';

/** The thread that compares and writes while another renders: takes the batches of `stage-thread.ts`, one after the other. */
const port = parentPort;
if (!port) throw new Error('stage-worker.js is started by stage-thread.js');
let stage: ReturnType<typeof openStage>;

function take({ bytes, paths, sizes }: Batch): void {
  let offset = 0;
  paths.split('\0').forEach((path, index) => {
    const size = sizes[index] ?? 0;
    stage.add(path, Buffer.from(bytes, offset, size));
    offset += size;
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
      if (batch.bytes.byteLength > batchSize) port.postMessage({ taken: undefined } satisfies StageAnswer);
      else port.postMessage({ taken: batch.bytes } satisfies StageAnswer, [batch.bytes]);
    }
  } catch (error) {
    port.postMessage({ error: packError(error) } satisfies StageAnswer);
    port.close();
  }
});
