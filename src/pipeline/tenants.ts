import type { Config } from '../config/config.js';
import type { DiffFinding } from '../diff/finding.js';
import type { Tenants } from '../selection/tenants/merge.js';
import { judgeSides, worstFirst } from './diff.js';

/** The tenants that the output is for, and how some of them differ from it. */
export interface TenantsReport {
  /** The config's `tenants`. */
  readonly pattern: string;
  /** The number of tenants that have the schema from which the output was made. */
  readonly alike: number;
  /** The tenants that differ, and how, grouped by equal schemas. */
  readonly differing: readonly { readonly schemas: readonly string[]; readonly findings: readonly DiffFinding[] }[];
}

/** Compares each kind of differing tenant with the most common kind. The tenants' tables are named without a schema. */
export function compareTenants({ name, alike, shape, differing }: Tenants, config: Config, out: string): TenantsReport {
  const bare = (text: string) => text.replaceAll(`${name}.`, '').replaceAll(`"${name}".`, '');
  const compared = differing.map(({ schemas, shape: other }) => {
    const judged = judgeSides({ catalog: shape }, { catalog: other }, config, out);
    return {
      schemas,
      findings: worstFirst(
        judged.map(({ finding }) => ({ ...finding, subject: bare(finding.subject), message: bare(finding.message) })),
      ),
    };
  });
  return { pattern: name, alike: alike.length, differing: compared };
}

/** The maximum number of kinds of differing tenants, and of changes of each, in notes. */
const told = 10;

/** A note for each kind of differing tenants. */
export function tenantNotes({ alike, differing }: TenantsReport): string[] {
  const notes = differing.slice(0, told).map(({ schemas, findings }) => {
    const verb = schemas.length === 1 ? 'differs' : 'differ';
    const words = findings.map(({ message }) => message);
    const changes = words.length > told ? [...words.slice(0, told), `and ${words.length - told} more`] : words;
    const others = alike === 1 ? 'the tenant' : `the ${alike} tenants`;
    return `${listed(schemas)} ${verb} from ${others} that the output was generated from: ${changes.join('; ')}.`;
  });
  const rest = differing.slice(told).flatMap(({ schemas }) => schemas).length;
  return rest === 0 ? notes : [...notes, `${rest} more tenants differ; --json lists all.`];
}

function listed(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
