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
  const middle = height / 2;
  const laid = layOut(
    nodes,
    changes.map((change) => ({ ...change, fromY: middle, toY: middle })),
    { node: 28, column: 72 },
  );
  const placed = nodes.map(({ id, width }) => {
    const { x, y } = laid.places.get(id) ?? { x: 0, y: 0 };
    const place = { x: x + margin, y: y + margin };
    const final = changes.length > 0 && !changes.some(({ from }) => from === id);
    return { id, label: shorten(id, longest), ...place, width, height, initial: initial.includes(id), final };
  });
  const byId = new Map(placed.map((state) => [state.id, state]));
  const paths = changes.flatMap(({ from, to }, index) => {
    const [source, target] = [byId.get(from), byId.get(to)];
    const route = (laid.routes[index] ?? []).map(({ x, y }) => ({ x: x + margin, y: y + margin }));
    return source && target && (from === to || route.length > 0) ? [arrow(source, target, route)] : [];
  });
  return {
    width: Math.ceil(laid.width) + 2 * margin,
    height: Math.ceil(laid.height) + 2 * margin,
    states: placed,
    paths,
  };
}

/** Path of an arrow from the side of a state to the facing side of another, or around the state itself. */
function arrow(from: PlacedState, to: PlacedState, route: readonly Point[]): string {
  if (from === to) return `M${from.x + from.width - 28} ${from.y}c0 -18 16 -18 16 -2m-4 -6l4 6l4 -6`;
  const side = from.x < to.x ? 1 : -1;
  const points = route.map(({ x, y }) => ({ x, y: y - side * lane }));
  const end = points.pop() ?? { x: 0, y: 0 };
  return `${curve([...points, { x: end.x - 2 * side, y: end.y }])}m${-7 * side} -4l${7 * side} 4l${-7 * side} 4`;
}
