import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { namedFileFailure } from '../../content/named-file.ts';
import { AlbaError } from '../../errors.ts';
import type { Skeleton } from '../../source/files/skeleton.ts';

/** A skeleton as it was asked for: its certificates are still to be read. */
export interface NamedSkeleton extends Omit<Skeleton, 'ca'> {
  /** A path. */
  readonly ca?: string;
}

/** `passwd`, `tmp`, `nsswitch`, `ca=PATH`; undefined where nothing is asked for. A usage error for anything else. */
export function parseSkeleton(items: readonly string[]): NamedSkeleton | undefined {
  if (items.length === 0) return undefined;
  const ca = items.find((item) => item.startsWith('ca='))?.slice('ca='.length);
  for (const item of items) {
    if (['passwd', 'tmp', 'nsswitch'].includes(item) || (item.startsWith('ca=') && ca)) continue;
    if (item === 'ca' || item === 'ca=') {
      throw new AlbaError(
        'usage',
        'skeleton ca needs a file of certificates, ca=PATH: those of this machine would give the image another digest elsewhere; a base may have some, too',
      );
    }
    throw new AlbaError('usage', `skeleton "${item}" is unknown: expected passwd, tmp, nsswitch or ca=PATH`);
  }
  const has = (name: string): boolean => items.includes(name);
  return { passwd: has('passwd'), tmp: has('tmp'), nsswitch: has('nsswitch'), ...(ca && { ca }) };
}

/** Reads the certificates of a skeleton. */
export async function readSkeleton(named: NamedSkeleton | undefined, directory: string): Promise<Skeleton> {
  const { ca, ...rest } = named ?? { passwd: false, tmp: false, nsswitch: false };
  if (ca === undefined) return rest;
  const path = resolve(directory, ca);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw namedFileFailure('skeleton', `ca=${ca}`, directory, cause);
  });
  if (bytes.includes('-----BEGIN CERTIFICATE-----')) return { ...rest, ca: bytes };
  throw new AlbaError(
    'source',
    `${path} has no certificate in it: skeleton ca=PATH takes a file of certificates in PEM`,
  );
}
