// Prints the sentences that src may say to a person, each with its place, to be read at a stretch: those of errors,
// problems, warnings and lines of the log, and the parts that others are put together of.
// node scripts/messages.js [--count] [folder of src]
import { globSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { parseAst } from 'rolldown/parseAst';

const root = new URL('../', import.meta.url);
const [folder = ''] = process.argv.slice(2).filter((word) => !word.startsWith('--'));

/** What is said by a call: `new AlbaError(…)`, `progress.warn(…)`; a part where that is elsewhere. */
function kindOf({ type, callee }) {
  const name = callee?.property?.name ?? callee?.name ?? '';
  if (type === 'NewExpression') return name.endsWith('Error') ? 'error' : undefined;
  const kinds = {
    add: 'problem',
    report: 'problem',
    warn: 'warning',
    line: 'line',
    tell: 'line',
    debug: 'debug',
  };
  return type === 'CallExpression' ? kinds[name.replace('#', '')] : undefined;
}

/** A literal as it stands in the source, on one line; undefined where it is no sentence. */
function textOf(node, source) {
  const isText =
    node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
  if (!isText) return undefined;
  const text = source.slice(node.start + 1, node.end - 1).replaceAll(/\s+/g, ' ');
  return /[a-z]{2,}[,;:]? \S|\S [a-z]{2,}/i.test(text.replaceAll(/\$\{[^}]*\}/g, '…')) ? text : undefined;
}

function* sentences(node, source, kind = 'part') {
  const text = textOf(node, source);
  if (text) yield { text, kind, start: node.start };
  if (text || node.type === 'ImportDeclaration') return;
  const own = kindOf(node) ?? kind;
  for (const child of Object.values(node).flat()) {
    if (typeof child?.type === 'string') yield* sentences(child, source, own);
  }
}

const counts = {};
for (const file of globSync(`src/${folder}**/*.ts`, { cwd: root }).sort()) {
  const source = readFileSync(new URL(file, root), 'utf8');
  if (source.length > 100_000) continue;
  for (const { text, kind, start } of sentences(parseAst(source, { lang: 'ts' }), source)) {
    counts[kind] = (counts[kind] ?? 0) + 1;
    const line = source.slice(0, start).split('\n').length;
    if (!process.argv.includes('--count')) process.stdout.write(`${file}:${line} ${kind}: ${text}\n`);
  }
}
process.stderr.write(`${JSON.stringify(counts)}\n`);
