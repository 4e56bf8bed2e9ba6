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

export interface GraphLink {
  readonly from: string;
  readonly to: string;
}

/** Gaps between nodes in a column, and between columns. */
export interface Gaps {
  readonly node: number;
  readonly rank: number;
}

/** One connected part of a graph, laid out. `bends` has the index of the link in the whole graph as its key. */
export interface Part extends Size {
  /** The top left corner of each node. */
  readonly places: ReadonlyMap<string, Point>;
  /** Points that a link passes between its ends. */
  readonly bends: ReadonlyMap<number, readonly Point[]>;
}
