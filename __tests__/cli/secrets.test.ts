import { describe, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { startFake } from '../repository/registry/fake.ts';
import { runAction, runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const marks = {
  password: 'hush-of-a-login',
  token: 'hush-of-a-token-service',
  key: 'AKIAHUSHHUSHHUSH',
  session: 'hush-of-a-session/with+signs=',
};
const credentials = {
  AWS_ACCESS_KEY_ID: marks.key,
  AWS_SECRET_ACCESS_KEY: 'never-sent-at-all',
  AWS_SESSION_TOKEN: marks.session,
  AWS_REGION: 'any',
};
const forms = Object.values(marks).flatMap((mark) => [
  mark,
  Buffer.from(mark).toString('base64'),
  Buffer.from(`ann:${mark}`).toString('base64'),
  encodeURIComponent(mark),
]);

/** Says back whatever it is told, in any form, where it refuses. */
async function startGossip() {
  const heard: string[] = [];
  return startFake(({ method, path, headers }, response) => {
    const { host, authorization = '' } = headers;
    const told = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
    heard.push(authorization, `${headers['x-amz-security-token']}`, told.replaceAll(/[^ -~]/g, ''));
    if (path === '/token') {
      response.end(JSON.stringify({ token: marks.token }));
    } else if (path.startsWith('/v2/') && !/^Bearer/.test(authorization)) {
      response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host}/token"` }).end();
    } else if (method === 'HEAD') {
      response.writeHead(404).end();
    } else {
      const message = [...new Set(heard)].join(' ').replaceAll(/[<>&]/g, '');
      const errors = JSON.stringify({ errors: [{ code: 'ODD', message: message.slice(0, 290) }] });
      const error = `<Error><Code>Odd</Code><Message>${message.slice(-250)}</Message></Error>`;
      response.writeHead(400).end(path.startsWith('/v2/') ? errors : error);
    }
  });
}

describe('a server that says back what it was shown', () => {
  it('has none of it printed, by the command line or a step of a workflow', async () => {
    const image = makeImage({ os: 'linux', architecture: 'amd64' });
    const archive = await temporary.write('app.tar', dockerArchive([image]));
    await using server = await startGossip();
    const targets = [
      `docker://${server.host}/app:1`,
      `s3://bucket?endpoint=${server.url}&s3ForcePathStyle=true`,
    ];
    for (const target of targets) {
      const tag = target.startsWith('s3') ? ['-t', 'app:1'] : [];
      const login = target.startsWith('s3') ? [] : ['--username', 'ann', '--password-stdin'];
      const words = [
        'container',
        'push',
        '--no-cache',
        '--verbose',
        '--json',
        ...login,
        ...tag,
        archive,
        target,
      ];
      const ended = await runAlba(words, { env: credentials, input: marks.password });
      expect(ended, ended.stderr).toMatchObject({ code: 1 });
      expect(ended.stderr).toContain('***');
      for (const form of forms) expect(ended.stderr + ended.stdout).not.toContain(form);

      const inputs = { artifacts: archive, target, cache: 'false', ...(tag[1] && { tag: tag[1] }) };
      const given = target.startsWith('s3')
        ? inputs
        : { ...inputs, username: 'ann', password: marks.password };
      const step = await runAction(given, { env: { ...credentials, RUNNER_DEBUG: '1' } });
      expect(step, step.stdout).toMatchObject({ code: 1 });
      const masks = step.stdout.split('\n').filter((line) => line.startsWith('::add-mask::'));
      const said = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
      const sent = target.startsWith('s3') ? [marks.key, marks.session] : [marks.password, marks.token];
      for (const one of sent) expect(masks).toContain(`::add-mask::${one}`);
      for (const form of forms) expect([...said, step.stderr, step.summary].join('\n')).not.toContain(form);
    }
  });
});
