/**
 * The assignment of rows to columns with the greatest sum, each used once at most (the Hungarian method with shortest augmenting
 * paths, cubic in the longer side). A worth of 0 means no pair.
 * @returns For each row its column, or -1.
 */
export function assign(worth: readonly (readonly number[])[]): readonly number[] {
  const rows = worth.length;
  const columns = Math.max(0, ...worth.map((row) => row.length));
  const size = Math.max(rows, columns);
  const cost = (row: number, column: number) => -(worth[row - 1]?.[column - 1] ?? 0);
  // Index 0 is a place outside of the matrix: the row that looks for a column stands there.
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    rowOf[0] = row;
    augment(size, cost, rowPotential, columnPotential, rowOf);
  }
  const assigned = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= columns; column++) {
    const row = at(rowOf, column) - 1;
    if (row < rows && (worth[row]?.[column - 1] ?? 0) > 0) assigned[row] = column - 1;
  }
  return assigned;
}

/** Finds the cheapest way to give the row at place 0 a column, moving others as needed. */
function augment(size: number, cost: (row: number, column: number) => number, rowPotential: Float64Array, columnPotential: Float64Array, rowOf: Int32Array): void {
  const cheapest = new Float64Array(size + 1).fill(Infinity);
  const from = new Int32Array(size + 1);
  const visited = new Uint8Array(size + 1);
  let current = 0;
  do {
    visited[current] = 1;
    const row = at(rowOf, current);
    let delta = Infinity;
    let next = 0;
    for (let column = 1; column <= size; column++) {
      if (visited[column]) continue;
      const reduced = cost(row, column) - at(rowPotential, row) - at(columnPotential, column);
      if (reduced < at(cheapest, column)) {
        cheapest[column] = reduced;
        from[column] = current;
      }
      if (at(cheapest, column) < delta) {
        delta = at(cheapest, column);
        next = column;
      }
    }
    for (let column = 0; column <= size; column++) {
      if (visited[column]) {
        rowPotential[at(rowOf, column)] = at(rowPotential, at(rowOf, column)) + delta;
        columnPotential[column] = at(columnPotential, column) - delta;
      } else {
        cheapest[column] = at(cheapest, column) - delta;
      }
    }
    current = next;
  } while (at(rowOf, current) !== 0);
  for (let column = current; column !== 0; column = at(from, column)) rowOf[column] = at(rowOf, at(from, column));
}

function at(list: Float64Array | Int32Array, index: number): number {
  return list[index] ?? 0;
}
