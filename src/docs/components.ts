/** The connected parts of a graph, in the order of their first nodes. */
export function components<Node extends { readonly id: string }>(
  nodes: readonly Node[],
  links: readonly { readonly from: string; readonly to: string }[],
): Node[][] {
  const root = new Map(nodes.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let top = id;
    for (let above = root.get(top); above !== undefined && above !== top; above = root.get(top)) top = above;
    root.set(id, top);
    return top;
  };
  for (const { from, to } of links) root.set(find(from), find(to));
  const parts = new Map<string, Node[]>();
  for (const node of nodes) {
    const part = parts.get(find(node.id));
    if (part) part.push(node);
    else parts.set(find(node.id), [node]);
  }
  return [...parts.values()];
}
