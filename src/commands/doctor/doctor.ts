import { examine } from '../../doctor/examine.ts';
import type { Capability } from '../../repository/finding.ts';
import type { Values } from '../command.ts';
import type { Host } from '../host.ts';
import { signedInAt } from '../signed-in-at.ts';
import type { doctorInputs } from './doctor-command.ts';
import type { DoctorResult } from './doctor-result.ts';

/** What a push or a pull does not do without. */
const needed: ReadonlySet<Capability> = new Set([
  'reach',
  'auth',
  'pull',
  'content types',
  'push',
  'tags',
  'cleanup',
]);

/** Looks at one target after the other, so that none is taken for slow because of another. */
export async function doctor(
  { target, write, connection }: Values<typeof doctorInputs>,
  { progress }: Host,
): Promise<DoctorResult> {
  const context = { progress, signal: new AbortController().signal };
  const places = target.flatMap(({ place }) => (place ? [{ place, tags: [] }] : []));
  const signedIn = signedInAt(connection, { targets: places });
  const targets = [];
  for (const address of target) {
    const asked = { tag: address.tag ?? address.digest, writes: write };
    const findings = await examine(address, signedIn, context, asked);
    const lacks = findings.flatMap(({ capability, outcome }) =>
      outcome === 'no' && needed.has(capability) ? [capability] : [],
    );
    targets.push({ url: address.url, lacks, findings });
  }
  return { targets };
}
