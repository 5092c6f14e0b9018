import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/all.ts';
import { inputsOf, itemsIn, itemsOf, refuseOthers } from '../../src/commands/given.ts';
import type { Input } from '../../src/commands/input.ts';
import { lines, list, text } from '../../src/commands/kinds.ts';
import { sampleOf } from './samples.ts';

const all = commands.flatMap((command) =>
  Object.entries(command.inputs).map(([name, input]) => ({ of: command.name, name, input })),
);
const doors = ['action', 'command line'] as const;

/** What parsing gives: a value, or what it fails with. */
function outcomeOf(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (thrown) {
    return String(thrown);
  }
}

describe.each(all)('$name of $of', ({ name, input }) => {
  it('means its default where it is empty, in both doors', () => {
    for (const items of [itemsIn(input, ' \n '), itemsOf(input, ['']), itemsOf(input, [])]) {
      expect(items).toEqual([]);
      const absent = outcomeOf(() => input.parse(name, items));
      const expected =
        input.needed === undefined
          ? outcomeOf(() => input.parse(name, itemsIn(input, input.default ?? '')))
          : `AlbaError: ${input.needed}`;
      expect(absent).toEqual(expected);
    }
  });

  it('is spelled, and is by default, as in other commands', () => {
    const spellingOf = ({ default: usual, usual: untold, short, singular, only, choices }: Input) => {
      return { usual, untold, short, singular, only, choices };
    };
    for (const other of all.filter((one) => one.name === name)) {
      expect(spellingOf(other.input)).toEqual(spellingOf(input));
      expect(other.input.takes).toBe(input.takes);
    }
  });

  it('is told in words that a line of help has room for', () => {
    expect(input.about).toMatch(/^(`|[a-z])[^\n]{5,160}[^.\n]$/);
  });
});

const foreign = commands.flatMap((command) =>
  doors
    .filter((door) => (command.only ?? door) === door)
    .flatMap((door) =>
      Object.entries(inputsOf(commands, door))
        .filter(([name]) => !Object.hasOwn(command.inputs, name))
        .map(([name, input]) => ({ door, command, of: command.name, name, input })),
    ),
);

describe.each(foreign)(
  '$name, which means nothing to $of, from the $door',
  ({ door, command, name, input }) => {
    const refuse = (items: readonly string[]) => () =>
      refuseOthers(command, inputsOf(commands, door), { [name]: items });

    it('is refused when it is set', () => {
      expect(refuse([sampleOf(input)])).toThrow(
        `${name} means nothing to "${command.name}": remove it, or is another command meant?`,
      );
    });

    it('is passed over when it is as by default', () => {
      const usual = input.usual ?? input.default;
      for (const items of [[], ...(usual === undefined ? [] : [[usual]])])
        expect(refuse(items)).not.toThrow();
    });
  },
);

it('a default in other words is the default, a value that is none is not', () => {
  const push = commands.find(({ name }) => name === 'static push');
  if (!push) throw new Error('there is no static push');
  const refuse = (given: Readonly<Record<string, readonly string[]>>) => () =>
    refuseOthers(push, inputsOf(commands, 'action'), given);
  expect(refuse({ 'by-digest': ['FALSE'], 'from-files': ['False'], format: ['oci'] })).not.toThrow();
  expect(refuse({ 'by-digest': ['perhaps'], format: ['zip'] })).toThrow('by-digest, format mean nothing to');
});

it('a list of tags is one by lines or commas in the action, and by options or commas on the command line', () => {
  const tags = list('tags', { parse: (items) => items });
  expect(itemsIn(tags, ' app:1\r\n\napp:2, app:3 ,\n')).toEqual(['app:1', 'app:2', 'app:3']);
  expect(itemsOf(tags, ['app:1', 'app:2, app:3'])).toEqual(['app:1', 'app:2', 'app:3']);
});

it('a list by lines keeps commas, and on the command line lines within an item', () => {
  const paths = lines('paths', { parse: (items) => items });
  expect(itemsIn(paths, 'a,b\r\n\n c d \n')).toEqual(['a,b', 'c d']);
  expect(itemsOf(paths, ['a,b', ' c\nd', ''])).toEqual(['a,b', ' c\nd']);
});

it('of a text that is given twice on the command line the last one counts', () => {
  expect(itemsOf(text('a text'), ['one', 'two'])).toEqual(['two']);
  expect(itemsOf(text('a text'), ['one', ''])).toEqual([]);
});
