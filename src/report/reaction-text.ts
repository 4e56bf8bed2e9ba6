import type { Policy, Trigger } from '../catalog/catalog.js';
import { shownName } from './shown-name.js';

/** A trigger in words close to SQL: `before insert or update of title, for each row: public.touch()`. */
export function triggerText({ timing, events, columns, level, condition, disabled, ...trigger }: Trigger): string {
  const on = events.map((event) => (event === 'update' && columns ? `update of ${columns.join(', ')}` : event));
  const when = condition === undefined ? '' : ` when ${condition}`;
  const text = `${timing} ${on.join(' or ')}, for each ${level}${when}: ${shownName(trigger.function)}()`;
  const sets = trigger.sets ? `, which may set ${trigger.sets.join(', ')}` : '';
  return `${text}${sets}${disabled ? ', disabled' : ''}`;
}

/** A policy in words close to SQL: `for select to reader using (owner = CURRENT_USER)`. */
export function policyText({ command, roles, restrictive, using, check }: Policy): string {
  return [
    ...(restrictive ? ['restrictive'] : []),
    `for ${command}`,
    ...(roles ? [`to ${roles.join(', ')}`] : []),
    ...(using === undefined ? [] : [`using ${using}`]),
    ...(check === undefined ? [] : [`with check ${check}`]),
  ].join(' ');
}
