import * as v from 'valibot';
import { AlbaError } from '../../errors.ts';
import { parseShallowJson } from '../../oci/shallow-json.ts';

/** JSON that holds secrets, checked against a schema; its errors quote nothing of it. */
export function parseSecretJson<S extends v.GenericSchema>(
  schema: S,
  text: string,
  where: string,
): v.InferOutput<S> {
  let value: unknown;
  try {
    value = parseShallowJson(text);
  } catch {
    throw new AlbaError('auth', `${where} is not JSON`);
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const path = v.getDotPath(result.issues[0]);
  throw new AlbaError('auth', `${where} is malformed${path ? ` at ${path}` : ''}`);
}
