/** Numbers the parameters of a statement by their names: `$1` for the first name, and again wherever it stands. */
export function createNumbering(): (name: string) => string {
  const names: string[] = [];
  return (name) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  };
}
