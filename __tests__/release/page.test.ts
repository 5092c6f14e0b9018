import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/release/documents.ts';
import { curlLine } from '../../src/release/page/command.ts';
import { formatPage } from '../../src/release/page/page.ts';
import { run } from '../support/run.ts';
import { itWith } from '../support/tools.ts';

const linux = { os: 'linux', architecture: 'amd64' };
const pageOf = (resources: Resource[], name = 'app', tag = '1.0'): string =>
  formatPage({
    name,
    releases: [{ tag, manifest: { flavors: [{ resources, platform: linux }] } }],
    older: [],
    folderUrl: 'https://download.example.org/df-dist-v1/app',
  }).toString();

describe('the page of a name', () => {
  it('asks for nothing outside itself', () => {
    const page = pageOf([{ path: 'app', size: 12_345_678, executable: true }]);
    expect(page).toContain('12.3 MB');
    expect(page).toContain('href="./1.0/linux/amd64/app" download');
    expect(page).toContain(
      'curl -fL -o app <span>https://download.example.org/df-dist-v1/app/1.0/linux/amd64/app</span> &amp;&amp; chmod +x app',
    );
    expect(page.match(/(?:src|href)="(?!\.\/1\.0|data:,)/g)).toBeNull();
    expect(page.length).toBeLessThan(12_000);
  });

  it('calls no pre-release the latest', () => {
    expect(pageOf([], 'app', '1.0.0')).toContain('<span class="badge">Latest</span>');
    expect(pageOf([], 'app', '2.0.0-rc.1')).not.toContain('Latest</span>');
  });

  it('shows releases of the older tool, which have no sizes', () => {
    expect(pageOf([{ path: 'albatros' }])).toContain('<bdi>albatros</bdi></a></div><div class="copy"');
  });

  it('never takes a name for markup', () => {
    const hostile = fc.stringMatching(/^[<>"'&/a-z=;()`\\ -]{1,40}$/);
    const plain = pageOf([{ path: 'x' }]);
    const count = (page: string): number => (page.match(/[<>]/g) ?? []).length;
    fc.assert(
      fc.property(hostile, (path) => {
        fc.pre(path.split('/').every((part) => part !== ''));
        expect(count(pageOf([{ path }]))).toBe(count(plain));
      }),
      { seed: 4, numRuns: 200, examples: [['<script>alert(1)</script>'], ['" onclick="alert(1)']] },
    );
  });

  it.each(['../../secret', '/etc/passwd', 'a//b', './x', 'a/..'])(
    'links to no path that climbs: %s',
    (path) => {
      expect(pageOf([{ path }])).not.toContain('download>');
    },
  );

  it.each([
    ['..', '..'],
    ['__proto__', 'constructor'],
  ])('takes a platform of any name for a name: %s/%s', (os, architecture) => {
    const manifest = { flavors: [{ resources: [{ path: 'app' }], platform: { os, architecture } }] };
    const page = formatPage({
      name: 'app',
      releases: [{ tag: '1', manifest }],
      older: [],
      folderUrl: undefined,
    });
    expect(page.toString()).toContain(`<code>${os}/${architecture}</code>`);
    expect(page.toString()).not.toMatch(/href="[^"]*\/\.\./);
  });

  it('shows at most a hundred files of a platform', () => {
    const page = pageOf(Array.from({ length: 250 }, (_, index) => ({ path: `f${index}` })));
    expect(page.match(/download>/g)).toHaveLength(100);
    expect(page).toContain('and 150 more files');
  });

  itWith(['sh'], 'has curl lines that a shell takes for one name, whatever it is', async () => {
    for (const name of ["it's", '$(touch x)', '`id`', 'a b', '-rf', '"', '\\', '!!', '*', 'größe']) {
      const { before } = curlLine(`bin/${name}`, linux, true);
      const line = before.replace(/^curl -fL -o /, 'printf %s ');
      expect(await run('sh', ['-c', line])).toBe(name.startsWith('-') ? `./${name}` : name);
    }
  });
});
