import { curve } from './curve.js';
import type { Point } from './graph.js';
import { layOut } from './layout.js';
import type { MachineEntry } from './page.js';
import { shorten, textWidth } from './text-width.js';

/** A state machine, laid out. */
export interface StateDiagram {
  readonly width: number;
  readonly height: number;
  readonly states: readonly PlacedState[];
  readonly paths: readonly string[];
}

export interface PlacedState {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly initial: boolean;
  /** Whether no change leads away from the state. */
  readonly final: boolean;
}

/** Distance of arrows from the middle of a state's side, so that those there and back stay apart. */
const lane = 6;
const [margin, height, longest] = [20, 34, 28];

/** Draws the states and the changes between them, from the initial ones on. */
export function drawStates({ states, initial, changes = [] }: MachineEntry): StateDiagram {
  const ordered = [...initial, ...states.filter((state) => !initial.includes(state))];
  const nodes = ordered.map((id) => ({ id, width: Math.ceil(textWidth(shorten(id, longest), 7.8)) + 32, height }));
  const laid = layOut(nodes, changes, { node: 28, rank: 64 });
  const placed = nodes.map(({ id, width }) => {
    const { x, y } = laid.places.get(id) ?? { x: 0, y: 0 };
    const place = { x: Math.round(x) + margin, y: Math.round(y) + margin };
    const final = changes.length > 0 && !changes.some(({ from }) => from === id);
    return { id, label: shorten(id, longest), ...place, width, height, initial: initial.includes(id), final };
  });
  const byId = new Map(placed.map((state) => [state.id, state]));
  const paths = changes.flatMap(({ from, to }, index) => {
    const [source, target] = [byId.get(from), byId.get(to)];
    const between = (laid.bends.get(index) ?? []).map(({ x, y }) => ({
      x: Math.round(x) + margin,
      y: Math.round(y) + margin,
    }));
    return source && target ? [arrow(source, target, between)] : [];
  });
  return {
    width: Math.ceil(laid.width) + 2 * margin,
    height: Math.ceil(laid.height) + 2 * margin,
    states: placed,
    paths,
  };
}

/** Path of an arrow from the side of a state to the facing side of another, or around the state itself. */
function arrow(from: PlacedState, to: PlacedState, bends: readonly Point[]): string {
  if (from === to) return `M${from.x + from.width - 28} ${from.y}c0 -18 16 -18 16 -2m-4 -6l4 6l4 -6`;
  const side = from.x + from.width / 2 < to.x + to.width / 2 ? 1 : -1;
  const start = { x: side > 0 ? from.x + from.width : from.x, y: from.y + height / 2 - side * lane };
  const end = { x: side > 0 ? to.x - 2 : to.x + to.width + 2, y: to.y + height / 2 - side * lane };
  return `${curve([start, ...bends, end])}m${-7 * side} -4l${7 * side} 4l${-7 * side} 4`;
}
