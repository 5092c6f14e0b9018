import { itemsOf } from '../commands/given.ts';
import type { Given, Input, Inputs } from '../commands/input.ts';
import type { CliOption } from './option.ts';
import { splitWords } from './options.ts';

/** What commander read: a text, all texts of an option that may repeat, whether a switch is on. */
export type Parsed = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** What a person gave these inputs by words and options; `readSecret` is asked for what is on stdin. */
export async function readGiven(
  inputs: Inputs,
  options: readonly CliOption[],
  words: Given,
  parsed: Parsed,
  readSecret: () => Promise<string>,
): Promise<Given> {
  const given: Record<string, readonly string[]> = { ...words };
  for (const option of options) {
    const input = inputs[option.input];
    const value = parsed[attributeOf(option)];
    if (!input || value === undefined) continue;
    const isSecret = input.takes === 'secret';
    const texts = typeof value === 'boolean' ? [isSecret ? await readSecret() : `${value}`] : [value].flat();
    given[option.input] = [...(given[option.input] ?? []), ...itemsOf(input, texts)];
  }
  return given;
}

/** What the environment gives to inputs that have no option. */
export function readVariables(inputs: Inputs): Given {
  const found = Object.entries(inputs).flatMap(([name, input]) => {
    const value = input.variable === undefined ? undefined : process.env[input.variable];
    return value ? [[name, itemsOf(input, [value])] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Which input each word is for: one each, or, where there may be many, what comes first is read and what comes last is written. */
export function readWords(
  inputs: readonly (readonly [name: string, input: Pick<Input, 'takes' | 'takesOne'>])[],
  words: readonly string[],
): Given {
  const named = words.filter((word) => word !== '');
  const [first, second] = inputs;
  if (!first) return {};
  if (!second) return { [first[0]]: named };
  if (isOneEach(inputs))
    return Object.fromEntries(inputs.map(([name], at) => [name, named.slice(at, at + 1)]));
  const { artifacts, targets } = splitWords(named);
  return { [first[0]]: artifacts, [second[0]]: targets };
}

/** Whether each of these words is one, in its own place. */
export function isOneEach(
  words: readonly (readonly [name: string, input: Pick<Input, 'takes' | 'takesOne'>])[],
): boolean {
  return words.every(([, { takes, takesOne }]) => takes === 'text' || takesOne);
}

/** `dryRun`, as commander has an option's value; `cache` for `--no-cache`. */
function attributeOf({ names }: CliOption): string {
  const name = names.at(-1) ?? '';
  return name.replace(/^no-/, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
