/** Input and output of layouts. All lengths are in pixels. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphNode extends Size {
  readonly id: string;
}

/** A link between nodes, and the heights at which it meets the two, from their tops. */
export interface GraphLink {
  readonly from: string;
  readonly to: string;
  readonly fromY: number;
  readonly toY: number;
}

/** Gaps between nodes in a column, and between columns. */
export interface Gaps {
  readonly node: number;
  readonly column: number;
}

/** A graph, laid out. */
export interface Layout extends Size {
  /** The top left corner of each node. */
  readonly places: ReadonlyMap<string, Point>;
  /** The points that each link passes, from node to node; none for a link from a node to itself. */
  readonly routes: readonly (readonly Point[])[];
}
