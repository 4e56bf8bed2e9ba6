import type { Task } from '../../../generated/models/task.js';

/** Seconds since the task was requested. */
export function ageSeconds({ requestedAt }: Pick<Task, 'requestedAt'>): number {
  return (Date.now() - requestedAt.getTime()) / 1000;
}

/** One line for a log. */
export function summary({
  taskId,
  state,
  mostRecentErrorMessage,
}: Pick<Task, 'taskId' | 'state' | 'mostRecentErrorMessage'>): string {
  return `task ${taskId}: ${state}${state === 'error' && mostRecentErrorMessage !== null ? ` (${mostRecentErrorMessage})` : ''}`;
}
