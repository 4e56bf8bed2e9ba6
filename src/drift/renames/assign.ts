/**
 * Assigns rows to columns so that the sum of worths is the greatest; each row and column is used at most once, and a
 * worth of 0 means no pair. This is the Hungarian method with shortest augmenting paths, in as many steps as the square
 * of the shorter side times the longer one.
 * @param worth Rows of equal length.
 * @returns The column of each row, or -1.
 */
export function assign(worth: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = worth;
  if (worth.length > first.length) {
    const turned = assign(first.map((_, column) => worth.map((row) => row[column] ?? 0)));
    const assigned = new Array<number>(worth.length).fill(-1);
    for (const [column, row] of turned.entries()) if (row >= 0) assigned[row] = column;
    return assigned;
  }
  const columns = first.length;
  const search: Search = {
    columns,
    cost: (row, column) => -(worth[row - 1]?.[column - 1] ?? 0),
    rowPotential: new Float64Array(worth.length + 1),
    columnPotential: new Float64Array(columns + 1),
    rowOf: new Int32Array(columns + 1),
  };
  for (let row = 1; row <= worth.length; row++) {
    search.rowOf[0] = row;
    augment(search);
  }
  const assigned = new Array<number>(worth.length).fill(-1);
  for (let column = 1; column <= columns; column++) {
    const row = at(search.rowOf, column) - 1;
    if (row >= 0 && (worth[row]?.[column - 1] ?? 0) > 0) assigned[row] = column - 1;
  }
  return assigned;
}

/**
 * State of the search. Rows and columns count from 1; the row that looks for a column stands at index 0, outside of the
 * matrix.
 */
interface Search {
  readonly columns: number;
  readonly cost: (row: number, column: number) => number;
  readonly rowPotential: Float64Array;
  readonly columnPotential: Float64Array;
  readonly rowOf: Int32Array;
}

/** Gives the row at index 0 a column in the cheapest way, moving other rows as needed. */
function augment({ columns, cost, rowPotential, columnPotential, rowOf }: Search): void {
  const cheapest = new Float64Array(columns + 1).fill(Infinity);
  const from = new Int32Array(columns + 1);
  const visited = new Uint8Array(columns + 1);
  let current = 0;
  do {
    visited[current] = 1;
    const row = at(rowOf, current);
    let delta = Infinity;
    let next = 0;
    for (let column = 1; column <= columns; column++) {
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
    for (let column = 0; column <= columns; column++) {
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
