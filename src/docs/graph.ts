/** What layouts are made from, and made of. All lengths are pixels. */

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

/** Between nodes above each other, and between columns of them. */
export interface Gaps {
  readonly node: number;
  readonly rank: number;
}

/** One connected part of a graph, laid out. Bends are known by the link's number in the whole graph. */
export interface Part extends Size {
  /** The top left corner of each node. */
  readonly places: ReadonlyMap<string, Point>;
  /** What a link passes between its ends. */
  readonly bends: ReadonlyMap<number, readonly Point[]>;
}
