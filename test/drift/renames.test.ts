import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { assign } from '../../src/drift/renames/assign.js';
import { scoreNames } from '../../src/drift/renames/score.js';
import { createVocabulary } from '../../src/drift/renames/vocabulary.js';
import { wordsOf } from '../../src/drift/words.js';
import { repositoryPath } from '../support/repository.js';
import { catalogOf, findingsOf, relation } from './support.js';

type Pair = readonly [table: string, column: string, field: string, type: string];
const heldOut = JSON.parse(readFileSync(repositoryPath('test/drift/held-out-renames.json'), 'utf8')) as { pairs: Pair[]; apart: Pair[] };

const rustTypes: Readonly<Record<string, string>> = {
  int4: 'i32', text: 'String', timestamp: 'NaiveDateTime', date: 'NaiveDate', numeric: 'Decimal', bool: 'bool', jsonb: 'serde_json::Value',
};

/** A table with the column and decoys of its type, and a struct with the field: what is paired, and how surely. */
async function pairFound([table, name, field, type]: Pair) {
  const decoys = Object.fromEntries(['alpha', 'bravo_note', 'charlie_total', 'delta_flag'].map((decoy) => [decoy, `${type}!`]));
  const catalog = catalogOf(relation(table, { id: 'int8!', [name]: `${type}!`, ...decoys }));
  const { findings } = await findingsOf(catalog, `/// Maps to \`${table}\` table\nstruct Row { id: i64, ${field}: ${rustTypes[type]} }`);
  return findings.find(({ rule }) => rule === 'renamed-field');
}

describe('pairs that the dictionary was not written from', () => {
  const results = () => Promise.all(heldOut.pairs.map(async (pair) => ({ pair, found: await pairFound(pair) })));
  const wrongly = () => Promise.all(heldOut.apart.map(async (pair) => ({ pair, found: await pairFound(pair) })));

  test('recall and precision', async () => {
    const found = await results();
    const apart = await wrongly();
    const right = found.filter(({ pair, found: finding }) => finding?.column === pair[1]);
    const wrong = [...found.filter(({ pair, found: finding }) => finding && finding.column !== pair[1]), ...apart.filter(({ found: finding }) => finding)];
    console.log(JSON.stringify({
      pairs: found.length, apart: apart.length, right: right.length, likely: right.filter(({ found: finding }) => finding?.kind === 'likely').length,
      wrong: wrong.map(({ pair, found: finding }) => [pair[1], pair[2], finding?.kind, finding?.message]),
      missed: found.filter(({ found: finding }) => !finding).map(({ pair }) => `${pair[1]}/${pair[2]}`),
    }, undefined, 1));
    expect(found.length).toBeGreaterThanOrEqual(60);
  });
});
