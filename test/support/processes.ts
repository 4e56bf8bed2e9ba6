import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What Linux tells of processes; elsewhere there is none of it. */
export const tellsProcesses = existsSync('/proc/self/stat');

/** The fields of a process behind its name: its state first, then its parent. */
function fieldsOf(id: number): readonly string[] {
  try {
    return readFileSync(`/proc/${id}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}

/** The processes that a process has started and that are still there. */
export function childrenOf(parent: number): readonly number[] {
  const ids = tellsProcesses
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
    : [];
  return ids.filter((id) => fieldsOf(id)[1] === String(parent));
}

/** Whether a process still runs: one that has ended and was not asked how does not. */
export function isRunning(id: number): boolean {
  return !['Z', undefined].includes(fieldsOf(id)[0]);
}

/** Seconds of processor time that a process has used. */
export function processorTime(id: number): number {
  const fields = fieldsOf(id);
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
