import type { MachineEntry } from './page.js';
import { drawStates } from './state-diagram.js';

/** One state machine in `docs.model.hbs`: its picture, and the same in words. */
export function stateContext(machine: MachineEntry, model: string) {
  const { field, states, initial, changes, keptIn } = machine;
  const { width, height, states: placed, paths } = drawStates(machine);
  return {
    field,
    isColumn: 'column' in keptIn,
    keptIn: 'column' in keptIn ? keptIn.column : keptIn.transitions,
    label: `States of ${model}.${field}`,
    width,
    height,
    paths,
    isFree: changes === undefined,
    states: placed.map((state) => ({ ...state, inner: { width: state.width - 6, height: state.height - 6 } })),
    lines: states.map((state) => ({
      state,
      initial: initial.includes(state),
      final: changes !== undefined && !changes.some(({ from }) => from === state),
      next: (changes ?? [])
        .filter(({ from }) => from === state)
        .map(({ to }) => to)
        .join(', '),
    })),
  };
}
