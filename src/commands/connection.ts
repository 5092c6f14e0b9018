import { parseTrustedOrigin } from '../place/trusted-origins.ts';
import { group } from './command.ts';
import type { Input } from './input.ts';
import { each, list, secret, text } from './kinds.ts';

/** What every command that talks to registries or buckets is told of who we are there, and whom to trust. */
export const connection = group(
  {
    username: text('user name for the registry; without it the logins of docker and podman are asked', {
      more: 'docker/login-action writes that',
      placeholder: 'name',
    }),
    password: secret('password or token for the registry'),
    'github-token': secret("token for GitHub's registry, ghcr.io, and its API, and for no other host", {
      more: 'Deletion takes the role Admin of the package, or a classic token',
      only: 'action',
      expression: 'github.token',
      variable: 'GITHUB_TOKEN',
    }),
    'ca-certificate': text(
      "a certificate authority to trust besides the system's, as a path or as PEM text",
      {
        more: '`LOCAL_CA_CERTIFICATE` in the environment does the same',
        placeholder: 'path',
      },
    ),
    'client-certificate': text(
      'a certificate of ours to show to servers that ask for one (mTLS), as a path or as PEM text',
      { placeholder: 'path' },
    ),
    'client-key': text('its private key, as a path or as PEM text', {
      more: 'It may be in one file with the certificate',
      placeholder: 'path',
    }),
  },
  async (values, { env, directory }) => {
    const { readConnection } = await import('../place/connection.ts');
    return readConnection(values, env, directory);
  },
);

/** Whom to show who we are besides those that the workflow names. */
export function trustedEndpoints(about: string, more: string): Input<string[]> {
  return list(about, {
    more: `As \`https://s3.example.org\`. ${more}`,
    singular: 'trusted-endpoint',
    placeholder: 'url',
    parse: each(parseTrustedOrigin),
  });
}
