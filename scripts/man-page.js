// The man page of alba, in roff's man macros, out of the commands (src/commands): written by scripts/document.js.
import { plain } from '../src/cli/option.ts';

const escaped = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
const bold = (text) => `\\fB${escaped(text)}\\fR`;
const italic = (text) => `\\fI${escaped(text)}\\fR`;
const item = (term, text) => `.TP\n${term}\n${escaped(text)}`;

/** An option with its short form and what stands for its value. */
function term({ names, short, placeholder }) {
  const flags = [...(short ? [`-${short}`] : []), `--${names.at(-1)}`].map(bold).join(', ');
  return placeholder === undefined ? flags : `${flags} ${italic(placeholder)}`;
}

/** The page: what commands there are, how each is called, and what the environment has to do with it. */
export function manPage(commands, { cliOptionsOf, wordsOf, resultOptions }, environment) {
  const sections = commands.map(({ name, about, inputs, schema, example }) => {
    const words = wordsOf(inputs);
    const called = words.map(([, { word, takes }]) => italic(takes === 'lines' ? `${word}...` : word));
    const options = [...cliOptionsOf(inputs), ...(schema ? resultOptions : [])];
    return [
      `.SS "${escaped(`alba ${name}`)}"`,
      `${bold(`alba ${name}`)} [options] ${called.join(' ')}`,
      '.PP',
      escaped(`${about.slice(0, 1).toUpperCase()}${plain(about.slice(1))}.`),
      ...words.map(([, { word, about: what }]) => item(italic(word), plain(what))),
      ...options.map((option) => item(term(option), option.about)),
      ...(example ? ['.PP', 'Example:', '.PP', '.nf', escaped(example), '.fi'] : []),
    ];
  });
  return `${[
    '.TH ALBA 1',
    '.SH NAME',
    escaped("alba - take a build's images and binaries through a release's life, without a container daemon"),
    '.SH SYNOPSIS',
    `${bold('alba')} ${italic('command')} [options] ${italic('words')}`,
    '.SH COMMANDS',
    ...sections.flat(),
    '.SH ENVIRONMENT',
    ...environment.map(([names, what]) => item(names.map(bold).join(', '), plain(what))),
    '.SH "EXIT STATUS"',
    item('0', 'done'),
    item('1', 'failed; of a comparison, that there is a difference'),
    item('2', 'called wrongly; of a comparison, that it could not be made'),
    item('130, 143', 'stopped by Ctrl-C, or by SIGTERM'),
  ].join('\n')}\n`;
}

/** The rows of docs/environment.md: the variables, and what they are for. */
export function environmentOf(page) {
  return [...page.matchAll(/^\| (`[^|]*) \| (.*) \|$/gm)].map(([, names, what]) => [
    [...names.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => name),
    what,
  ]);
}
