import type { Relation } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { DeclaredModel } from '../declared.js';
import type { Finding } from '../finding.js';
import { groupBy } from '../group.js';
import { languageOf } from '../languages/languages.js';

/** The relation as SQL with its columns only, to be read beside a model and not to be run. */
export function tableSql(relation: Relation): string {
  const columns = relation.columns.map(({ name, type, notNull, default: byDefault, identity, generated }) =>
    [
      `    ${/^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`}`,
      type.sql,
      ...(generated === undefined ? [] : [`GENERATED ALWAYS AS (${byDefault ?? '…'}) ${generated.toUpperCase()}`]),
      ...(identity === undefined ? [] : [`GENERATED ${identity.toUpperCase()} AS IDENTITY`]),
      ...(byDefault === undefined || generated !== undefined ? [] : [`DEFAULT ${byDefault}`]),
      ...(notNull ? ['NOT NULL'] : []),
    ].join(' '),
  );
  return `${relation.kind === 'table' ? 'CREATE TABLE' : relation.kind.toUpperCase()} ${shownName(relation)} (\n${columns.join(',\n')}\n);`;
}

/** The model as it was read, each field with the rules of its findings. */
export function modelSource(model: DeclaredModel, findings: readonly Finding[]): string {
  const { shownField, shownOpening } = languageOf(model);
  const ofField = groupBy(findings, ({ field }) => field);
  const lines = model.fields.map((field) => {
    const rules = [
      ...new Set(
        (ofField.get(field.name) ?? []).map(({ rule, kind }) => (kind === undefined ? rule : `${rule} (${kind})`)),
      ),
    ];
    return `    ${shownField(field)}${rules.length > 0 ? `  // ${rules.join(', ')}` : ''}`;
  });
  return [shownOpening(model), ...lines, '}'].join('\n');
}
