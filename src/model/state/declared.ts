import type { ColumnStateConfig, ModelConfig, TransitionsStateConfig } from '../../config/models.js';

/** The state machines that the config declares for a table, by where their states are kept. */
export interface DeclaredMachines {
  readonly transitions: readonly TransitionsStateConfig[];
  readonly columns: readonly ColumnStateConfig[];
}

export function declaredMachines({ state }: ModelConfig): DeclaredMachines {
  const entries = state === undefined || state === false ? [] : [state].flat();
  return {
    transitions: entries.filter((entry) => 'transitions' in entry),
    columns: entries.filter((entry) => 'column' in entry),
  };
}
