import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { makeProgram } from '../src/cli/program.ts';
import { commands } from '../src/commands/all.ts';
import { pages } from './support/snippets.ts';

const root = join(import.meta.dirname, '..');

/** A call of alba as a reader meets it, its words apart; of a synopsis there is one for each command that it stands for. */
interface Call {
  readonly page: string;
  readonly line: string;
  readonly words: readonly string[];
}

/** Text with every line that a backslash continues made one. */
const joined = (text: string): string => text.replace(/ *\\\n\s*/g, ' ');

/** The parts of a page that may be commands: code between backticks, wrapped or not, and lines of blocks of code. */
function codeOf(text: string): string[] {
  const fenced = [...text.matchAll(/^ *```.*\n([\s\S]*?)^ *```$/gm)].map(([, block = '']) => block);
  const rest = text.replace(/^ *```[\s\S]*?^ *```$/gm, '');
  const indented = rest.match(/^ {4,}.*$/gm) ?? [];
  const spans = [...rest.replace(/^ {4,}.*$/gm, '').matchAll(/`([^`]+)`/g)];
  return [
    ...spans.map(([, span = '']) => span.replace(/\s+/g, ' ')),
    ...[...fenced, indented.join('\n')].flatMap((block) => joined(block).split('\n')),
  ];
}

/** The calls of alba in a piece of code, which may be a pipe, a step of a workflow, or a call by npx. */
function callsIn(code: string, page: string): Call[] {
  return code.split(/ \|\|? | && |; /).flatMap((part) => {
    const line = part
      .replace(/\s+#\s.*$/, '')
      .trim()
      .replace(
        /^(?:- )?(?:run: )?(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx (?:--yes )?(?:--?[a-z]+ \S+ )*(?=alba ))?/,
        '',
      )
      .replace(/^npx (?:--yes )?alba-action(?:@[\d.]+)? /, 'alba ')
      .replace(/ (?:&|2?>+ ?[^\s']+)$/, '');
    if (!/^alba [a-z-]/.test(line)) return [];
    const plain = line.replace('[options] ', '').replaceAll(/ \[|\]|<(?=[a-z])|(?<=[a-z…])>/g, ' ');
    const synopsis = /^(alba (?:\w+ )?)((?:\w+\|)+\w+)(.*)$/.exec(plain);
    const [, before = '', choices = '', after = ''] = synopsis ?? [];
    const lines = synopsis ? choices.split('|').map((one) => before + one + after) : [plain];
    return lines.map((one) => ({
      ...{ page, line: one },
      words: [...one.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)]
        .map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'))
        .filter((word) => word !== '…'),
    }));
  });
}

const examples = globSync('examples/*.{yml,md}', { cwd: root }).map(
  (path) => [path, readFileSync(join(root, path), 'utf8')] as const,
);
const ofHelp = commands.flatMap(({ name, example }) =>
  example ? [[`${name} --help`, `    ${example}`] as const] : [],
);
const all = [...pages(), ...examples, ...ofHelp].flatMap(([page, text]) =>
  codeOf(text).flatMap((code) => callsIn(code, page)),
);

/** What is wrong with a call, as alba itself finds when it takes it apart: nothing is run. */
function faultOf({ line, words }: Call): string | undefined {
  const given = words.slice(1);
  const program = makeProgram(given);
  let met: Command | undefined;
  const silent = { writeOut: () => {}, writeErr: () => {} };
  const prepare = (command: Command): void => {
    command.exitOverride().configureOutput(silent);
    for (const child of command.commands) prepare(child);
    if (command.commands.length === 0) {
      command.action(() => {
        met = command;
      });
    }
  };
  prepare(program);
  try {
    program.parse(given, { from: 'user' });
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string };
    const isPart = code === 'commander.missingArgument' || /Displayed$|help|version/.test(code);
    return isPart ? undefined : message;
  }
  const options = (met?.options ?? []).filter((option) =>
    given.some((word) => [option.short, option.long].includes(word.split('=')[0])),
  );
  const foreign = options.find(({ hidden }) => hidden);
  if (foreign) return `${foreign.long} is no option of ${line}`;
  const other = options.find(({ short }) => short?.startsWith('--') && given.includes(short));
  return other && `${other.short} is written ${other.long} in --help`;
}

/** Options of other tools that sentences speak of. */
const ofOthers = [
  ...[
    '--ignore-missing',
    '--load',
    '--oci-layout-path',
    '--no-push',
    '--recursive',
    '--new-bundle-format',
    '--key',
  ],
  ...['--tlog-upload', '--no-opt', '--max-lazy', '--no-sparkplug', '--no-maglev', '--help', '--version'],
];

it('finds the calls of alba on all pages, in blocks, sentences, workflows and the help', () => {
  const from = new Set(all.map(({ page }) => page));
  expect([...from]).toEqual(
    expect.arrayContaining([
      'README.md',
      'docs/pull.md',
      'docs/files.md',
      'docs/copying.md',
      'container push --help',
    ]),
  );
  expect(all.length).toBeGreaterThan(90);
});

it('names no command and no option on any page that alba does not take, each in the spelling of --help', () => {
  const faults = all.flatMap((call) => {
    const fault = faultOf(call);
    return fault === undefined ? [] : [`${call.page}: ${call.line}: ${fault}`];
  });
  expect(faults).toEqual([]);
});

it.each([
  ['alba container push --form docker x oci:y', /unknown option '--form'/],
  ['alba contianer push', /unknown command/],
  ['alba serve site --allowed-host x', /--allowed-host is written --allowed-hosts/],
  ['alba serve site --installer', /--installer is no option of/],
  ['alba doctor <target…> --prot N', /unknown option '--prot'/],
  ['docker save a | alba container pull - ./x --paht /y', /unknown option '--paht'/],
  ['alba container copy|pull a b --tgas x', /unknown option/],
  ['npx alba-action@1.0.0 doctor --tired', /unknown option/],
  ['npx --package github:org/alba-action alba doctor --tired', /unknown option/],
])('finds what is wrong: %s', (line, fault) => {
  expect(callsIn(line, 'page').map(faultOf)[0]).toMatch(fault);
});

it('takes an option that a sentence names for one of alba, or knows whose it is', () => {
  const known = new Set(
    commands.flatMap(({ name }) => {
      const words = name.split(' ');
      let command: Command | undefined = makeProgram([...words, 'x']);
      for (const word of words) command = command?.commands.find((child) => child.name() === word);
      return (command?.options ?? []).flatMap(({ long, hidden }) => (long && !hidden ? [long] : []));
    }),
  );
  const spans = [...pages()].flatMap(([page, text]) =>
    [...text.replace(/^ *```[\s\S]*?^ *```$/gm, '').matchAll(/`(--[a-z-]+)[^`]*`/g)].map(([, name = '']) => ({
      page,
      name,
    })),
  );
  expect(spans.length).toBeGreaterThan(30);
  expect(spans.filter(({ name }) => !known.has(name) && !ofOthers.includes(name))).toEqual([]);
  expect(ofOthers.filter((option) => !spans.some(({ name }) => name === option))).toEqual([]);
});
