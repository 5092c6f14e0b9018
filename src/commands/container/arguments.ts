import * as v from 'valibot';
import { AlbaError } from '../../errors.ts';
import { shellWords } from '../../source/files/shell-words.ts';

const wordsSchema = v.array(v.string());

/** A program with arguments: a JSON array of texts, or a line that is split as a shell does it, without expansions. */
export function parseArguments(text: string, name: string): string[] {
  if (!text.trimStart().startsWith('[')) return shellWords(text, name);
  try {
    return v.parse(wordsSchema, JSON.parse(text));
  } catch (cause) {
    throw new AlbaError('usage', `${name} begins like JSON, but is no array of texts: ${text}`, { cause });
  }
}
