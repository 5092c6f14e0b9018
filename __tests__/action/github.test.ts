import { afterEach, describe, expect, it, vi } from 'vitest';
import { contextAnnotations, loadWorkflowContext, type WorkflowContext } from '../../src/action/github.ts';
import { parseKnownAnnotations } from '../../src/commands/known-annotations.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const now = new Date('2026-02-03T04:05:06Z');
const temporary = useTemporary();

const payload = {
  repository: {
    name: 'Albatros',
    owner: { login: 'Org' },
    description: 'A bird',
    license: { key: 'mit', spdx_id: 'MIT' },
  },
  head_commit: { timestamp: '2025-01-02T03:04:05+01:00' },
};

/** As the runner tells it: in the environment and in the event's file. */
async function readContext(event: object, more: Record<string, string> = {}): Promise<WorkflowContext> {
  const environment = {
    GITHUB_EVENT_PATH: await temporary.write('event.json', JSON.stringify(event)),
    GITHUB_REPOSITORY: 'Org/Albatros',
    GITHUB_SERVER_URL: 'https://git.example',
    GITHUB_SHA: 'a'.repeat(40),
    GITHUB_REF: 'refs/tags/v1.2.3',
    ...more,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return loadWorkflowContext();
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('annotations from the context of a workflow', () => {
  it('are those that are named', async () => {
    const context = await readContext(payload);
    expect(contextAnnotations(['revision', 'licenses'], context, now)).toEqual({
      'org.opencontainers.image.licenses': 'MIT',
      'org.opencontainers.image.revision': 'a'.repeat(40),
    });
    expect(contextAnnotations([], context, now)).toEqual({});
  });

  it('are all but the time, unless that is named, too', async () => {
    const context = await readContext(payload);
    const all = {
      'org.opencontainers.image.description': 'A bird',
      'org.opencontainers.image.licenses': 'MIT',
      'org.opencontainers.image.revision': 'a'.repeat(40),
      'org.opencontainers.image.source': 'https://git.example/Org/Albatros',
      'org.opencontainers.image.title': 'Albatros',
      'org.opencontainers.image.url': 'https://git.example/Org/Albatros',
      'org.opencontainers.image.version': '1.2.3',
    };
    expect(contextAnnotations(parseKnownAnnotations(['all']), context, now)).toEqual(all);
    expect(contextAnnotations(parseKnownAnnotations(['created', 'all']), context, now)).toEqual({
      ...all,
      'org.opencontainers.image.created': '2025-01-02T02:04:05.000Z',
    });
  });

  it('leave out what an event does not know, and take the present time', async () => {
    const context = await readContext({ schedule: '0 0 * * *' }, { GITHUB_REF: 'refs/heads/main' });
    expect(contextAnnotations(['description', 'licenses', 'version', 'created'], context, now)).toEqual({
      'org.opencontainers.image.created': '2026-02-03T04:05:06.000Z',
    });
    expect(contextAnnotations(['title'], context, now)).toEqual({
      'org.opencontainers.image.title': 'Albatros',
    });
  });

  it('leave out a licence that GitHub does not recognise, and nothing', async () => {
    const repository = { description: null, license: { spdx_id: 'NOASSERTION' } };
    const context = await readContext({ repository, head_commit: null });
    expect(contextAnnotations(['description', 'licenses'], context, now)).toEqual({});
  });

  it('are an error for a name that is unknown, and for an event that is none', async () => {
    expect(() => parseKnownAnnotations(['all', 'licence'])).toThrow(
      'annotate "licence" is unknown: expected all, created, description, licenses, revision, source, title, url, version',
    );
    await expect(readContext({ repository: { description: 1 } })).rejects.toThrow(
      /GITHUB_EVENT_PATH\) is malformed at repository\.description/,
    );
  });
});
