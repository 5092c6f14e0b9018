import type { CliOption } from '../option.ts';
import type { Completed, CompletedCommand } from './script.ts';

/** For zsh: to be sourced, or as a file _alba on the way of its functions. */
export function zshScript({ next, commands }: Completed): string {
  const cases = [
    ...next.map(({ after, words }) => {
      const found = words.map(({ word, about }) => quoted(`${word}:${about}`)).join(' ');
      return `    ${pattern([`${after.length + 2}`, ...after])}) found=(${found}); _describe command found ;;`;
    }),
    ...commands.map(commandCase),
  ];
  return `#compdef alba
# zsh completion of alba: source <(alba completion zsh)
_alba() {
  local -a found
  case "$CURRENT $words[2] $words[3] " in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _alba ]]; then _alba "$@"; else compdef _alba alba; fi
`;
}

function commandCase({ words, options, choices }: CompletedCommand): string {
  const rest = quoted(`*:word:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}`);
  const specs = [...options.flatMap(specsOf), rest].map((spec) => `        ${spec}`);
  return `    ${pattern(['*', ...words])})
      shift ${words.length} words
      (( CURRENT -= ${words.length} ))
      _arguments \\
${specs.join(' \\\n')}
      ;;`;
}

/** What _arguments is told of an option: \`*--name[about]:placeholder:values\`, one for each of its names. */
function specsOf({ names, short, placeholder, about, choices, isRepeated }: CliOption): string[] {
  const values = choices.length > 0 ? `(${choices.join(' ')})` : '_files';
  const value = placeholder === undefined ? '' : `:${placeholder.replaceAll(':', '\\:')}:${values}`;
  const text = `[${about.replace(/[[\]\\]/g, '\\$&')}]${value}`;
  const flags = [...(short === undefined ? [] : [`-${short}`]), ...names.map((name) => `--${name}`)];
  return flags.map((flag) => quoted(`${isRepeated ? '*' : ''}${flag}${text}`));
}

/** Of a case; a word follows each of these. */
function pattern(words: readonly string[]): string {
  return `${words.map((word) => `${word}\\ `).join('')}*`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
