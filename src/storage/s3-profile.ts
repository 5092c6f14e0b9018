import { getProfileName, type ParsedIniData, parseKnownFiles } from '@smithy/core/config';
import type { S3Location } from './s3-location.ts';

const files =
  '~/.aws/config or ~/.aws/credentials (AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name others)';

/**
 * What is wrong with the profile that a URL or AWS_PROFILE names, where the SDK found no credentials or no region by
 * it; undefined where none is named, or it has what it takes.
 */
export async function profileFault(
  { profile }: S3Location,
  lacking: 'credentials' | 'region',
): Promise<string | undefined> {
  const name = getProfileName(profile === undefined ? {} : { profile });
  const isNamed = profile !== undefined || name !== 'default';
  if (!isNamed) return undefined;
  const known = await parseKnownFiles({ profile: name }).catch((): ParsedIniData => ({}));
  if (name in known) {
    if (lacking === 'region') return undefined;
    const what = 'aws_access_key_id, role_arn, sso_session or credential_process';
    return `the profile "${name}" gives no credentials: expected ${what} in it`;
  }
  const names = Object.keys(known).filter((one) => !/^(?:sso-session|services)\./.test(one));
  const there = names.length === 0 ? '' : `; there are ${names.slice(0, 20).join(', ')}`;
  const where = profile === undefined ? 'AWS_PROFILE' : '?profile=';
  return `there is no profile "${name}" in ${files}: correct ${where}, or add it${there}`;
}
