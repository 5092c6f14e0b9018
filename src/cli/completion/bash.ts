import type { CliOption } from '../option.ts';
import type { Completed, CompletedCommand } from './script.ts';

/** For bash: what is not known here is completed as a file. */
export function bashScript({ next, commands }: Completed): string {
  const cases = [
    ...next.map(
      ({ after, words }) =>
        `    ${pattern([`${after.length + 1}`, ...after])}) found='${words.map(({ word }) => word).join(' ')}' ;;`,
    ),
    ...commands.map(commandCase),
  ];
  return `# bash completion of alba: source <(alba completion bash)
_alba() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} found=
  # Of --name=value, the sign is a word of its own.
  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  case "$COMP_CWORD \${COMP_WORDS[1]} \${COMP_WORDS[2]} " in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$found" -- "$word"))
}
complete -o default -F _alba alba
`;
}

function commandCase({ words, options, choices }: CompletedCommand): string {
  const known = options
    .filter((option) => option.choices.length > 0)
    .map((option) => `        ${flagsOf(option).join('|')}) found='${option.choices.join(' ')}' ;;\n`);
  const others = options.filter(
    ({ placeholder, choices: own }) => placeholder !== undefined && own.length === 0,
  );
  const files = others.length > 0 ? `        ${others.flatMap(flagsOf).join('|')}) ;;\n` : '';
  const flags = options.flatMap(flagsOf).join(' ');
  return `    ${pattern(['*', ...words])})
      case $before in
${known.join('')}${files}        *) if [[ $word == -* ]]; then found='${flags}'; else found='${choices.join(' ')}'; fi ;;
      esac
      ;;`;
}

/** Of a case; a word follows each of these. */
function pattern(words: readonly string[]): string {
  return `${words.map((word) => `${word}\\ `).join('')}*`;
}

function flagsOf({ names, short }: CliOption): string[] {
  return [...(short === undefined ? [] : [`-${short}`]), ...names.map((name) => `--${name}`)];
}
