import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { parseLayerLine } from '../../../src/source/files/layer-line.ts';
import { shellWords } from '../../../src/source/files/shell-words.ts';
import type { Random } from '../damage.ts';
import { damageText } from '../damage-text.ts';
import { assertPlain, judge } from '../judge.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Lines in a round. */
const perRound = 60;
const lines: readonly string[] = [
  'lib/** => /opt/lib chown=1000:1000 chmod=0755',
  '"my files/**" => "/srv/my files/"',
  "{System,Microsoft}.*.{dll,pdb} => '/app'",
  'a/**/b/**/*[a-z][!0-9]?.so',
  '\\*\\{x => /y',
  `${'*a'.repeat(20)}`,
  `${'**/'.repeat(12)}x`,
  `${'{a,b'.repeat(12)}${'}'.repeat(12)}`,
];
const paths: readonly string[] = [
  'lib/x/y',
  'a',
  'a/b/c/d.so',
  'a'.repeat(255),
  `${'a/'.repeat(400)}b`,
  `${'ab/'.repeat(300)}${'a'.repeat(200)}`,
  'é\n\u202e/.x',
];

/** Lines of `layers`: what they come to goes below an absolute path, and every path is taken or not in good time. */
export const target: FuzzTarget = {
  about:
    'lines of layers are refused, or name absolute paths and take files in good time; words survive their quotes',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      all.push(await tryLine(lineOf(random)), await tryWords(wordsOf(random)));
    }
    return addCounts(...all);
  },
};

function lineOf(random: Random): string {
  const line = lines[random(lines.length)] ?? '';
  return random(8) > 0 ? damageText(line, random) : line;
}

async function tryLine(text: string): Promise<Counts> {
  const { value: line } = await judge(() => parseLayerLine(text));
  if (!line) return { refused: 1 };
  assertPlain({ ...line, glob: undefined }, 'a line');
  const { destination = '/', uid = 0, gid = 0, mode = 0 } = line;
  if (!destination.startsWith('/') || destination.split('/').some((part) => part === '..')) {
    throw new Error(`it goes to ${destination}`);
  }
  if (![uid, gid, mode].every((number) => number >= 0 && number < 2 ** 32 - 1) || mode > 0o7777) {
    throw new Error(`it has ${uid}:${gid} ${mode}`);
  }
  const { value: taken } = await judge(() => paths.map((path) => line.glob.takes(path)));
  if (!taken) throw new Error('whether a glob takes a path is never refused');
  return taken.some(Boolean) ? { taking: 1 } : { idle: 1 };
}

function wordsOf(random: Random): string[] {
  return Array.from({ length: random(5) }, () => damageText('a b "c" \'d\' \\e', random).slice(0, 200));
}

/** Words that are quoted as a shell quotes them are the same words again. */
async function tryWords(words: readonly string[]): Promise<Counts> {
  const quotes: readonly ((word: string) => string)[] = [
    (word) => `'${word.replaceAll("'", "'\\''")}'`,
    (word) => `"${word.replace(/[$`"\\]/g, '\\$&')}"`,
  ];
  for (const quote of quotes) {
    const { value = [] } = await judge(() => shellWords(words.map(quote).join(' '), 'words'));
    if (JSON.stringify(value) !== JSON.stringify(words)) throw new Error('words came back as others');
  }
  return { words: words.length };
}
