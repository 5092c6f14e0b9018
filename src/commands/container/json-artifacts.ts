import { AlbaError, messageOf } from '../../errors.ts';
import { parseShallowJson } from '../../oci/shallow-json.ts';

/**
 * What is named by lines, or by the JSON of what jobs put out in them: `toJSON(needs.build.outputs)`, `toJSON(needs)`.
 * An empty text in it is an error, as the release would lack a platform; a job that was skipped has nothing to say.
 */
export function expandJson(items: readonly string[]): readonly string[] {
  const [first = ''] = items;
  if (first === 'null' && items.length === 1) {
    throw new AlbaError(
      'usage',
      'artifacts is null, which toJSON makes of what is not there: is that job in "needs", and called so?',
    );
  }
  return /^[[{]/.test(first) ? textsIn(parse(items.join('\n'))) : items;
}

function parse(json: string): unknown {
  try {
    return parseShallowJson(json);
  } catch (cause) {
    throw new AlbaError(
      'usage',
      `artifacts begin like JSON, but are none: give toJSON(needs.build.outputs), or one a line (${messageOf(cause)})`,
      { cause },
    );
  }
}

function textsIn(json: unknown): string[] {
  const empty: string[] = [];
  const collect = (value: unknown, name: string): string[] => {
    if (typeof value === 'string') {
      const texts = value.split('\n').filter((line) => line.trim() !== '');
      if (texts.length === 0) empty.push(name);
      return texts;
    }
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(outputsIn(value)).flatMap(([key, inner]) => collect(inner, key));
  };
  const texts = collect(json, '');
  if (empty.length === 0) return texts;
  throw new AlbaError(
    'usage',
    `${empty.map((name) => `"${name}"`).join(', ')} in the JSON of artifacts ${empty.length > 1 ? 'are' : 'is'} empty: the job that should set it ran and did not, see which outputs its log names; leave out what is meant to be empty`,
  );
}

/** A job in `needs` has a result beside its outputs (docs.github.com, "Contexts", needs). */
function outputsIn(value: object): object {
  if (!('result' in value && 'outputs' in value)) return value;
  const { outputs, result } = value;
  return typeof outputs === 'object' && outputs !== null && result !== 'skipped' ? outputs : {};
}
