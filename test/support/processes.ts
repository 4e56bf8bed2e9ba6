import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether the system reveals its processes, as Linux does. */
export const tellsProcesses = existsSync('/proc/self/stat');

/** The fields of a process after its name: its state, then its parent. */
function fieldsOf(id: number): readonly string[] {
  try {
    return readFileSync(`/proc/${id}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}

/** The running processes that a process has started. */
export function childrenOf(parent: number): readonly number[] {
  const ids = tellsProcesses
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
    : [];
  return ids.filter((id) => fieldsOf(id)[1] === String(parent));
}

/** Whether a process is still running. One that has ended but whose exit code nobody has read is not. */
export function isRunning(id: number): boolean {
  return !['Z', undefined].includes(fieldsOf(id)[0]);
}

/** Processor time that a process has used, in seconds. */
export function processorTime(id: number): number {
  const fields = fieldsOf(id);
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
