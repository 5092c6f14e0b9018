// Writes what is derived from the commands (src/commands): inputs and outputs in action.yml and
// docs/reference.md, the man page, and the schemas of results in docs/schema. Needs a Node that strips types.
// node scripts/document.js [--check]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { toJsonSchema } from '@valibot/to-json-schema';
import { cliOptionsOf, resultOptions, wordsOf } from '../src/cli/option.ts';
import { commands, usualCommand } from '../src/commands/all.ts';
import { alternatives } from '../src/commands/kinds.ts';
import { environmentOf, manPage } from './man-page.js';

const root = new URL('../', import.meta.url);
const read = (path) => (existsSync(new URL(path, root)) ? readFileSync(new URL(path, root), 'utf8') : '');
const ofAction = commands.filter(({ only }) => only !== 'command line');

const code = (text) => `\`${text}\``;
const capitalised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What is to be known of an input, in Markdown, without a capital. */
function describe({ about, choices = [], forms = [], takes, takesOne, more }) {
  const known = [...choices, ...forms.map(([form]) => form)].map(code);
  const subject = known.length === 1 ? `${known} ${about}` : about;
  const all = known.length > 1 ? `: ${alternatives(known)}` : '';
  const separators = { lines: '; one a line', items: '; separated by lines or commas' };
  const how = takesOne ? '' : (separators[takes] ?? '');
  return `${subject}${all}${how}${more ? `. ${more}` : ''}`;
}

/** Entries of all commands by name: each thing that is said of one, and the commands that say it. */
function gather(entriesOf) {
  const found = new Map();
  for (const command of ofAction) {
    for (const [name, entry] of entriesOf(command)) {
      const said = found.get(name) ?? [];
      found.set(name, said);
      const same = said.find(({ text }) => text === entry.text);
      if (same) same.commands.push(command.name);
      else said.push({ ...entry, commands: [command.name] });
    }
  }
  return [...found];
}

const isOfAll = ({ commands: names }) => names.length === ofAction.length;
/** One text for all commands; what is of some of them alone says so. */
const joined = (said) =>
  said
    .map((one) =>
      isOfAll(one) ? capitalised(one.text) : `With ${one.commands.map(code).join(', ')}: ${one.text}`,
    )
    .join('. ');

const inputs = [
  [
    'command',
    [
      {
        text: `what to do: ${alternatives(ofAction.map(({ name }) => code(name)))}`,
        default: usualCommand.name,
        commands: ofAction.map(({ name }) => name),
      },
    ],
  ],
  ...gather((command) =>
    Object.entries(command.inputs)
      .filter(([, { only }]) => only !== 'command line')
      .map(([name, input]) => [
        name,
        {
          text: describe(input),
          default: input.expression ? `\${{ ${input.expression} }}` : input.default,
          usual: input.usual,
          isNeeded: input.needed !== undefined,
        },
      ]),
  ),
];
const toldOutputs = (told) => Object.entries(told).map(([name, text]) => [name, { text }]);
const outputs = gather((command) => toldOutputs(command.outputs));
const declaredOutputs = gather(({ outputs: told, moreOutputs }) => toldOutputs({ ...told, ...moreOutputs }));

// action.yml

/** A text as YAML has it: as it is where that is safe, else in double quotes, whose escapes are JSON's. */
function yaml(text) {
  const isPlain = /^[A-Za-z$][^#]*$/.test(text) && !/: |:$|^(true|false|null|yes|no|on|off)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
const usualOf = ([{ usual }]) => (usual ? `. Empty means ${code(usual)}` : '');
const actionInputs = inputs.map(([name, said]) => [
  `  ${name}:`,
  `    description: ${yaml(joined(said) + usualOf(said))}`,
  ...(said[0].default ? [`    default: ${yaml(said[0].default)}`] : []),
]);
const actionOutputs = declaredOutputs.map(([name, said]) => [
  `  ${name}:`,
  `    description: ${yaml(joined(said))}`,
]);

// docs/reference.md

const cell = (text) => text.replaceAll('|', '\\|');
const row = (...cells) => `| ${cells.join(' | ')} |`;
const heading = (...cells) => [row(...cells), row(...cells.map(() => '---'))];
function defaultCell({ default: text, usual = text, isNeeded }) {
  if (isNeeded) return 'needed';
  return usual ? code(usual) : '';
}

/** What is said of the inputs, or of the outputs, of these commands alone. */
const saidOf = (entries, isMeant) =>
  entries.flatMap(([name, said]) => said.filter(isMeant).map((one) => [name, one]));
const inputRows = (isMeant) =>
  saidOf(inputs, isMeant).map(([name, one]) =>
    row(code(name), cell(capitalised(one.text)), defaultCell(one)),
  );
const outputRows = (isMeant) =>
  saidOf(outputs, isMeant).map(([name, one]) => row(code(name), cell(capitalised(one.text))));

const sections = ofAction.map(({ name, about }) => {
  const isItsOwn = (one) => !isOfAll(one) && one.commands.includes(name);
  return [
    `## ${name}`,
    `${capitalised(about)}.`,
    [...heading('input', 'what', 'default'), ...inputRows(isItsOwn)].join('\n'),
    [...heading('output', 'what'), ...outputRows((one) => one.commands.includes(name))].join('\n'),
  ];
});
const reference = [
  '# Inputs and outputs',
  'Written by `npm run document` from the commands themselves. On the command line an input is an option of the same name\n(`--dry-run`), and `alba COMMAND --help` has those that only the command line knows. An empty input means its default.',
  '## Every command',
  [...heading('input', 'what', 'default'), ...inputRows(isOfAll)].join('\n'),
  ...sections.flat(),
];

// docs/schema

async function schemaOf({ name, schema }) {
  // These narrow a type in TypeScript alone.
  const converted = toJsonSchema(await schema(), { ignoreActions: ['guard', 'readonly'] });
  const { $schema, ...rest } = converted;
  return `${JSON.stringify({ $schema, title: `alba ${name} --json`, ...rest }, undefined, 2)}\n`;
}

const written = {
  'action.yml': read('action.yml').replace(
    /^inputs:\n[\s\S]*?(?=^runs:)/m,
    () => `${['inputs:', ...actionInputs.flat(), 'outputs:', ...actionOutputs.flat()].join('\n')}\n`,
  ),
  'docs/reference.md': `${reference.join('\n\n')}\n`,
  'docs/alba.1': manPage(
    commands,
    { cliOptionsOf, resultOptions, wordsOf },
    environmentOf(read('docs/environment.md')),
  ),
};
for (const command of commands.filter(({ schema }) => schema)) {
  written[`docs/schema/${command.name.replaceAll(' ', '-')}.json`] = await schemaOf(command);
}

for (const [path, text] of Object.entries(written)) {
  if (text === read(path)) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is not what the commands say: run npm run document`);
    process.exitCode = 1;
  } else {
    mkdirSync(new URL('.', new URL(path, root)), { recursive: true });
    writeFileSync(new URL(path, root), text);
  }
}
