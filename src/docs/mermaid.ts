import { fenced } from '../report/markdown.js';
import type { DocsPage, MachineEntry } from './page.js';

/**
 * Diagrams in the language of Mermaid, https://mermaid.js.org. It cannot write every name, so some characters are
 * replaced.
 */

/** Most links that GitHub draws: https://mermaid.js.org/config/schema-docs/config.html#maxedges. */
const mostLinks = 280;

/** The models and their foreign keys, as a fenced block; undefined where there are none, or too many to be drawn. */
export function entityDiagram({ models, links }: Pick<DocsPage, 'models' | 'links'>): string | undefined {
  if (links.length === 0 || links.length > mostLinks) return undefined;
  const numbers = new Map(models.map(({ id }, index) => [id, `m${index}`]));
  const linked = new Set(links.flatMap(({ child, parent }) => [child, parent]));
  const entities = models
    .filter(({ id }) => linked.has(id))
    .map(({ id, name }) => `  ${numbers.get(id)}["${plain(name)}"]`);
  const relations = links.map(({ child, parent, childField, many, optional }) => {
    const line = `${optional ? '|o' : '||'}--${many ? 'o{' : 'o|'}`;
    return `  ${numbers.get(parent)} ${line} ${numbers.get(child)} : "${plain(childField)}"`;
  });
  return fenced('mermaid', ['erDiagram', ...entities, ...relations].join('\n'));
}

/** The states and the changes between them. */
export function stateDiagram({ states, initial, changes = [] }: MachineEntry): string {
  const numbers = new Map(states.map((state, index) => [state, `s${index}`]));
  return [
    'stateDiagram-v2',
    ...states.map((state) => `  state "${plain(state)}" as ${numbers.get(state)}`),
    ...initial.map((state) => `  [*] --> ${numbers.get(state)}`),
    ...changes.map(({ from, to }) => `  ${numbers.get(from)} --> ${numbers.get(to)}`),
  ].join('\n');
}

function plain(name: string): string {
  return name.replace(/[^\p{L}\p{N}_ -]/gu, '_') || '_';
}
