import { describe, expect, test } from '@jest/globals';
import type { TypeRef } from '../../src/catalog/catalog.js';
import { driverNames } from '../../src/config/drivers.js';
import { readAndWritten } from '../../src/model/driver/driver-profile.js';
import { resolveDriver } from '../../src/model/driver/profiles.js';
import { array, builtin, nullable } from '../../src/model/ts-type.js';
import { typeMapper } from '../../src/model/types.js';
import { catalogOf } from '../drift/support.js';

const number = builtin('number');
const string = builtin('string');

/** A catalog with types of two extensions, of which a profile can know the first. */
const catalog = {
  ...catalogOf(),
  baseTypes: [
    { schema: 'extensions', name: 'vector', extension: 'vector' },
    { schema: 'public', name: 'vector', extension: 'another' },
    { schema: 'public', name: 'of_c_code' },
  ],
};
const type = (schema: string, name: string, dimensions?: number): TypeRef => ({
  schema,
  name,
  sql: name,
  ...(dimensions ? { dimensions } : {}),
});

describe('types of extensions', () => {
  const { driver } = resolveDriver('pglite');
  const numbers = readAndWritten(array(number, 1), string);
  const mapType = typeMapper(
    catalog,
    {
      driver: { ...driver, extensionTypes: { ...driver.extensionTypes, 'vector.vector': numbers } },
      nullElements: true,
      infinity: true,
    },
    { enums: new Map(), composites: new Map() },
  );

  test('are what their row in the profile says, in whatever schema they stand', () => {
    expect(mapType(type('extensions', 'vector'))).toMatchObject({ read: array(number, 1), write: string });
    expect(mapType(type('extensions', 'vector', 1)).read).toEqual(array(nullable(array(number, 1)), 1));
  });

  test('are text without one', () => {
    expect(mapType(type('public', 'vector'))).toMatchObject({ read: string, write: string });
    expect(mapType(type('public', 'of_c_code'))).toMatchObject({ read: string, write: string });
  });
});

test.each(driverNames)('the driver %s has a profile of its own name', (name) => {
  expect(resolveDriver(name).driver.name).toBe(name);
});
