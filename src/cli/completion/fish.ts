import type { CliOption } from '../option.ts';
import type { Completed, CompletedCommand } from './script.ts';

/** For fish: what is not known here is completed as a file. */
export function fishScript({ next, commands }: Completed): string {
  const lines = [
    ...next.flatMap(({ after, words }) =>
      words.map(
        ({ word, about }) =>
          `complete -c alba -f -n '__alba_after ${after.join(' ')}' -a ${word} -d ${quoted(about)}`,
      ),
    ),
    ...commands.flatMap(commandLines),
  ];
  return `# fish completion of alba: alba completion fish | source
function __alba_after --description 'Whether these are all words so far'
    set -l words (commandline -opc)
    test "$words[2..-1]" = "$argv"
end
function __alba_runs --description 'Whether these are the first words'
    set -l words (commandline -opc)
    test "$words[2..$(math (count $argv) + 1)]" = "$argv"
end
${lines.join('\n')}
`;
}

function commandLines({ words, options, choices }: CompletedCommand): string[] {
  const start = `complete -c alba -n '__alba_runs ${words.join(' ')}'`;
  return [
    ...(choices.length > 0 ? [`${start} -f -a ${quoted(choices.join(' '))}`] : []),
    ...options.map((option) => `${start} ${optionWords(option)}`),
  ];
}

function optionWords({ names, short, placeholder, about, choices }: CliOption): string {
  const flags = [...names.map((name) => `-l ${name}`), ...(short === undefined ? [] : [`-s ${short}`])];
  const values =
    choices.length > 0 ? [`-x -a ${quoted(choices.join(' '))}`] : placeholder === undefined ? [] : ['-r'];
  return [...flags, ...values, `-d ${quoted(about)}`].join(' ');
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
