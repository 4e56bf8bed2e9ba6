/** The relation for whose lack the database refuses a statement: `tasks` of `relation "tasks" does not exist`. */
export function missingRelation(error: string): string | undefined {
  return /^relation "([^"]+)" does not exist$/.exec(error)?.[1];
}
