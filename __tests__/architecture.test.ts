import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '..', 'src');
const posix = (path: string): string => path.split(sep).join('/');
const files = globSync('**/*.ts', { cwd: src }).map(posix).sort();

/** Rooms from left to right; arrows only point left, and rooms of one row do not know each other. */
const rows: readonly (readonly string[])[] = [
  ['errors.ts'],
  ['oci', 'progress'],
  ['concurrency'],
  ['content'],
  ['compression', 'network'],
  ['source', 'image', 'cache', 'storage'],
  ['repository', 'release'],
  ['place'],
  ['publish', 'pull', 'inspect', 'retention', 'doctor', 'serve'],
  ['commands'],
  ['action', 'cli'],
  ['main.ts'],
];
const roomOf = (file: string): string => file.split('/')[0] ?? '';
const rowOf = (room: string): number => rows.findIndex((row) => row.includes(room));

interface Import {
  readonly file: string;
  readonly target: string;
}

const imports: Import[] = files.flatMap((file) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(
    ([, target = '']) => ({ file, target }),
  ),
);
const inner = imports
  .filter(({ target }) => target.startsWith('.'))
  .map(({ file, target }) => ({ file, target: posix(relative(src, join(src, dirname(file), target))) }));

/** Which files may use what; all others may not. */
const keepers: readonly (readonly [what: RegExp, where: RegExp])[] = [
  [/^@actions\/(?!github$)/, /^action\//],
  [/^@actions\/github$/, /^(action|network\/github)\//],
  [/^@aws-sdk\/|^@smithy\//, /^storage\/s3/],
  [/^undici(?:\/|$)/, /^network\/http\//],
  [/^https-proxy-agent$|^socks(?:-proxy-agent)?$/, /^network\//],
  [/^tar-stream$/, /^content\/tar\/read-tar\.ts$/],
  [/^commander$|^log-update$/, /^cli\//],
];

describe('the house', () => {
  it('has no room that the plan does not know', () => {
    expect(files.map(roomOf).filter((room) => rowOf(room) < 0)).toEqual([]);
  });

  it('lets arrows point to the left only', () => {
    const wrong = inner.filter(({ file, target }) => {
      const [from, to] = [roomOf(file), roomOf(target)];
      return from !== to && rowOf(to) >= rowOf(from);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps the use cases of the commands apart, and what they share, but for the table of them, apart from both', () => {
    const useCaseOf = (file: string) => /^commands\/([^/]+)\//.exec(file)?.[1];
    const wrong = inner.filter(({ file, target }) => {
      const useCase = useCaseOf(target);
      const isShared = roomOf(file) === 'commands' && file !== 'commands/all.ts';
      return isShared && useCase !== undefined && useCase !== useCaseOf(file);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps each outside library in one room', () => {
    const wrong = imports.filter(({ file, target }) =>
      keepers.some(([what, where]) => what.test(target) && !where.test(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('reads environment, arguments and console behind the doors only', () => {
    const wrong = files.filter(
      (file) =>
        !/^(action|cli)\/|^main\.ts$/.test(file) &&
        /\bprocess\.(env|argv|stdout|stderr|stdin|exit)|\bconsole\./.test(
          readFileSync(join(src, file), 'utf8'),
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('reads schemes of addresses in place/ alone, and asks no place of which scheme it is', () => {
    const reading =
      /\b(docker|s3|file|oci)\b[|\w]*\)?:(\\\/|\)|\(\?)|startsWith\('(docker|s3|file|oci):|\bplace\.kind\b|kind === '(registry|storage)'/;
    const wrong = files.filter(
      (file) => roomOf(file) !== 'place' && reading.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('hands no list to a call as its arguments, which fails from some 100,000 on', () => {
    const spreading = /\.(push|unshift)\(\.\.\.|Math\.(max|min)\([^()]*\.\.\.(rows|cells)/;
    expect(files.filter((file) => spreading.test(readFileSync(join(src, file), 'utf8')))).toEqual([]);
  });

  it('has neither lumber rooms nor barrels nor default exports', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|index)(\.ts|\/)/.test(file))).toEqual([]);
    expect(
      files.filter((file) => /^export (default|\* from)/m.test(readFileSync(join(src, file), 'utf8'))),
    ).toEqual([]);
  });
});
