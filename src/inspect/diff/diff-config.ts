import { compareText } from '../../oci/compare.ts';
import type { ImageFacts } from '../image-facts.ts';

/** What an image says of itself. */
export interface SaidOfImage {
  readonly facts: ImageFacts;
  /** Of its manifest. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** One value of a config, or annotation of a manifest, that is another one, or there in one alone. */
export interface ConfigChange {
  /** Such as `env PATH`, `label org.example.team`, `entrypoint`, `annotation org.example.of`. */
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** What two images say differently, in the order of names. */
export function diffConfig(before: SaidOfImage, after: SaidOfImage): ConfigChange[] {
  const [old, young] = [valuesOf(before), valuesOf(after)];
  const names = [...new Set([...old.keys(), ...young.keys()])].sort(compareText);
  return names.flatMap((name) => {
    const [was, is] = [old.get(name), young.get(name)];
    if (was === is) return [];
    return [{ name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

function valuesOf({ facts: all, annotations = {} }: SaidOfImage): ReadonlyMap<string, string> {
  const { env = [], labels = {}, ...facts } = all;
  return new Map([
    ...Object.entries(facts).map(
      ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
    ...env.map((text) => {
      const [name = ''] = text.split('=', 1);
      return [`env ${name}`, text.slice(name.length + 1)] as const;
    }),
    ...Object.entries(labels).map(([name, value]) => [`label ${name}`, value] as const),
    ...Object.entries(annotations).map(([name, value]) => [`annotation ${name}`, value] as const),
  ]);
}
