import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { differences } from '../../src/pull/destination/differences.ts';
import { formatRecord, readRecord } from '../../src/pull/destination/record.ts';
import { TreeStats } from '../../src/pull/destination/tree-stats.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();

it('a record gives back the entries of a tree as large as images are, and tells which of them differ', async () => {
  const count = 190_000;
  const changed = 180_000;
  const odd = 'a name that is no UTF-8: \udcff';
  function* tree(textOf: (number: number) => string): Generator<[string, string]> {
    yield ['.', 'd 755 1000.5  1'];
    for (let number = 0; number < count; number += 1) yield [`folder/file-${number}`, textOf(number)];
    yield [odd, 'f 644 1000.5 0 7'];
  }
  const usual = (number: number): string =>
    `f 644 1700000000123.25 4096 ${number < 1000 ? 3 * number : number}`;
  const path = join(temporary.path, 'record.json');
  const pulled = { digest: 'sha256:0', options: {} };
  writeFileSync(
    path,
    await formatRecord({ pulled, entries: TreeStats.from(tree(usual)), unsettled: undefined }),
  );
  const entries = (await readRecord(path))?.entries;
  if (!entries) expect.fail('the record has no entries');
  const expected = tree(usual);
  let same = 0;
  for (const [name, text] of entries) {
    const { value } = expected.next();
    if (value?.[0] === name && value[1] === text) same += 1;
  }
  expect([same, expected.next().done]).toEqual([count + 2, true]);
  expect(entries.get(odd)).toBe('f 644 1000.5 0 7');
  expect(differences(entries, tree(usual))).toEqual([]);
  const other = (number: number): string => (number === changed ? 'f 644 1 4096 9' : usual(number));
  expect(differences(entries, tree(other))).toEqual([`folder/file-${changed}`]);
});
