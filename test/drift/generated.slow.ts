import { expect, test } from '@jest/globals';
import { drift } from '../../src/index.js';
import { repositoryPath } from '../support/repository.js';

/**
 * Types that rowsmith made from a catalog cannot drift from it: what drift calls an error here, one of the two gets
 * wrong.
 */
test.each(['columns', 'views', 'schemas', 'names'])('the expected types of the case %s have no error', async (name) => {
  const folder = `test/cases/${name}/expected`;
  const { findings, summary } = await drift({
    config: { source: { catalog: repositoryPath(`${folder}/catalog.json`) } },
    models: [folder],
  });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(summary.models.compared).toBeGreaterThan(0);
});
