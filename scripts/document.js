// Writes the tables of inputs and outputs in README.md from action.yml, the only home of both.
// node scripts/document.js [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const readme = new URL('../README.md', import.meta.url);
const action = readFileSync(new URL('../action.yml', import.meta.url), 'utf8');

/** The entries of a section of action.yml, which is written in one shape. */
function entriesOf(section) {
  const [, body = ''] = new RegExp(`^${section}:\\n((?: .*\\n)*)`, 'm').exec(action) ?? [];
  return body.split(/^ {2}(?=\S)/m).flatMap((entry) => {
    const [, name] = /^([a-z-]+):$/m.exec(entry) ?? [];
    const field = (key) => new RegExp(`^ {4}${key}: "?(.*?)"?$`, 'm').exec(entry)?.[1] ?? '';
    return name ? [{ name, description: field('description'), default: field('default') }] : [];
  });
}

const cell = (text) => text.replaceAll('|', '\\|');
const inputs = entriesOf('inputs').map(
  (input) =>
    `| \`${input.name}\` | ${cell(input.description)} | ${input.default ? `\`${input.default}\`` : ''} |`,
);
const outputs = entriesOf('outputs').map((output) => `| \`${output.name}\` | ${cell(output.description)} |`);

const between = (text, title, table) =>
  text.replace(new RegExp(`(## ${title}\\n\\n)[\\s\\S]*?(?=\\n\\n## )`), `$1${table.join('\n')}`);
const old = readFileSync(readme, 'utf8');
const updated = between(
  between(old, 'Inputs', ['| input | what | default |', '| --- | --- | --- |', ...inputs]),
  'Outputs',
  ['| output | what |', '| --- | --- |', ...outputs],
);
if (process.argv.includes('--check')) {
  if (updated !== old) {
    console.error('README.md does not tell the inputs and outputs of action.yml: run npm run document');
    process.exitCode = 1;
  }
} else {
  writeFileSync(readme, updated);
}
