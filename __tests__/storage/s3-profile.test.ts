import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toS3Location } from '../../src/place/s3-url.ts';
import { splitStorageUrl } from '../../src/place/storage-url.ts';
import { S3Storage } from '../../src/storage/s3.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { unattended } from '../fixtures/unattended.ts';

const config = `[default]
output = json
[profile publish]
region = test-1
[profile keyed]
region = test-1
aws_access_key_id = key
aws_secret_access_key = secret
[sso-session company]
sso_region = test-1
`;

describe('a profile of AWS', () => {
  const temporary = useTemporary();
  let files = 0;
  beforeEach(async () => {
    // The SDK keeps what it has read, by path.
    const path = join(temporary.path, `config-${files++}`);
    await writeFile(path, config);
    for (const name of ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION']) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv('AWS_CONFIG_FILE', path);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', `${path}-none`);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  });
  afterEach(() => vi.unstubAllEnvs());

  async function failure(query: string): Promise<Error | undefined> {
    const endpoint = 'endpoint=http://127.0.0.1:1&s3ForcePathStyle=true';
    const location = toS3Location(splitStorageUrl(`s3://bucket?${endpoint}${query}`));
    const retries = { count: 0, firstDelay: 1, longestDelay: 1 };
    const storage = new S3Storage(location, { directory: temporary.path }, unattended, retries);
    try {
      return await storage.head('key').then(
        () => undefined,
        (error: Error) => error,
      );
    } finally {
      await storage.close();
    }
  }

  it.each(['&region=test-1', ''])(
    'that is not there is told as that, with those that are (%s)',
    async (region) => {
      const given = await failure(`&profile=pubish${region}`);
      expect(given).toMatchObject({ code: 'auth' });
      expect(given?.message).toMatch(
        /^cannot look at key in s3:\/\/bucket: there is no profile "pubish" in ~\/\.aws\/config or .*: correct \?profile=, or add it; there are default, publish, keyed$/,
      );
      vi.stubEnv('AWS_PROFILE', 'pubish');
      expect((await failure(region))?.message).toMatch(
        /no profile "pubish" in .*: correct AWS_PROFILE, or add it; /,
      );
    },
  );

  it('that is not there is told beside keys in the environment, which it goes before', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    expect((await failure('&region=x&profile=pubish'))?.message).toMatch(/there is no profile "pubish"/);
    expect((await failure('&region=x'))?.message).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });

  it('without credentials is told as that', async () => {
    expect((await failure('&profile=publish'))?.message).toMatch(
      /: the profile "publish" gives no credentials: .*aws_access_key_id.*credential_process/,
    );
    expect((await failure('&profile=keyed'))?.message).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });

  it('that nobody named is not spoken of', async () => {
    expect((await failure('&region=x'))?.message).toMatch(
      /: no credentials were found; set AWS_ACCESS_KEY_ID/,
    );
  });
});
