import { createHash } from 'node:crypto';
import { spellPlatform } from '../../oci/platform.ts';
import { isPreview } from '../../oci/tag-order.ts';
import { formatBytes, formatCount } from '../../progress/format.ts';
import { encodeKey } from '../../storage/encode-key.ts';
import { aboutOf } from '../about.ts';
import type { Flavor, TagManifest } from '../documents.ts';
import { installLine } from '../install/installer.ts';
import { curlLine } from './command.ts';
import { Html, html } from './html.ts';
import { notesHtml } from './notes.ts';
import { namesOf } from './platform-name.ts';
import { script } from './script.ts';
import { partSignatures, type SignedFile } from './signatures.ts';
import { style } from './style.ts';

/** A release as its page shows it. */
export interface PageRelease {
  readonly tag: string;
  readonly manifest: TagManifest;
}

/** All that a page shows. */
export interface PageContent {
  readonly name: string;
  /** Newest first; the first is shown, the others are folded. */
  readonly releases: readonly PageRelease[];
  /** Still older ones, by tag alone. */
  readonly older: readonly string[];
  /** The URL of the page's folder, without a slash at its end; where it is unknown a script finds it. */
  readonly folderUrl: string | undefined;
  /** The URL of the folder that `install.sh` lies in, if there is one. */
  readonly installerUrl?: string | undefined;
}

/** Files of a platform that are shown; SHA256SUMS has all of them. */
const maxFiles = 100;

const policy = [
  "default-src 'none'",
  `style-src ${sourceOf(style)}`,
  `script-src ${sourceOf(script)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * One self-contained file to download from. Its links are relative, so that it works wherever it is served;
 * the policy lets it load nothing, and run nothing but its own script.
 */
export function formatPage({ name, releases, older, folderUrl, installerUrl }: PageContent): Buffer {
  const [newest, ...folded] = releases;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="alba${folderUrl && ` ${folderUrl}`}">
<title>${name}: downloads</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<header>
<h1><bdi>${name}</bdi></h1>
<p>Downloads for every platform, with their checksums.</p>
${installerUrl && install(installerUrl)}</header>
<main>
${newest && newestRelease(newest, folderUrl)}
${folded.length > 0 && html`<h2 class="quiet">Older releases</h2>\n`}
${folded.map((release) => foldedRelease(release, folderUrl))}
${older.length > 0 && olderReleases(older)}
</main>
<p id="told" role="status"></p>
<script>${new Html(script)}</script>
</body>
</html>
`;
  return Buffer.from(page.text);
}

/** What a page of ours says of itself; undefined for any other. */
export function parsePage(bytes: Buffer): Pick<PageContent, 'folderUrl'> | undefined {
  const [head = ''] = bytes.toString('utf8').split('<style>', 1);
  const [found, folderUrl] = /^<meta name="generator" content="alba(?: ([^"&<>]+))?">$/m.exec(head) ?? [];
  return found === undefined ? undefined : { folderUrl };
}

function install(folderUrl: string): Html {
  return html`<div class="copy" data-label="Copy the line that installs it"><code>${installLine(folderUrl)}</code></div>
`;
}

function newestRelease({ tag, manifest }: PageRelease, folderUrl: string | undefined): Html {
  return html`<section aria-labelledby="newest">
<div class="title"><h2 id="newest"><bdi>${tag}</bdi></h2>${!isPreview(tag) && html`<span class="badge">Latest</span>`}${date(manifest)}${links(tag, manifest)}</div>
${notes(manifest)}${platforms(tag, manifest, folderUrl)}
</section>`;
}

function foldedRelease({ tag, manifest }: PageRelease, folderUrl: string | undefined): Html {
  const count = manifest.flavors.length;
  return html`<details id="${tag}"><summary><b><bdi>${tag}</bdi></b> <span class="size">${formatCount(count, 'platform')}</span></summary>
<div class="inside"><div class="title">${date(manifest)}${links(tag, manifest)}</div>
${notes(manifest)}${platforms(tag, manifest, folderUrl)}</div></details>
`;
}

function olderReleases(tags: readonly string[]): Html {
  const items = tags.map((tag) => html`<li><a href="./${encodeKey(tag)}">${tag}</a></li>`);
  return html`<h2 class="quiet">Older still</h2><ul class="older">${items}</ul>`;
}

/** The day, as the world writes it. */
function date(manifest: TagManifest): Html | undefined {
  const { created } = aboutOf(manifest);
  const day = created !== undefined && /^\d{4}-\d{2}-\d{2}T/.test(created) ? created.slice(0, 10) : undefined;
  return day === undefined ? undefined : html`<time class="size" datetime="${created}">${day}</time>`;
}

function notes(manifest: TagManifest): Html | undefined {
  const { notes: told } = aboutOf(manifest);
  return told === undefined ? undefined : html`${notesHtml(told)}\n`;
}

function links(tag: string, manifest: TagManifest): Html {
  const { source } = aboutOf(manifest);
  const isWeb = source !== undefined && /^https?:\/\//i.test(source);
  const folder = `./${encodeKey(tag)}`;
  return html`<span class="links">${isWeb && html`<a href="${source}" aria-label="Source of ${tag}">Source</a>`}<a href="${folder}/SHA256SUMS" aria-label="SHA256SUMS of ${tag}">SHA256SUMS</a><a href="${folder}" aria-label="Manifest of ${tag}">Manifest</a></span>`;
}

function platforms(tag: string, { flavors }: TagManifest, folderUrl: string | undefined): Html {
  return html`<div class="platforms">
${flavors.map((flavor) => platformCard(tag, flavor, folderUrl))}</div>`;
}

function platformCard(tag: string, { platform, resources }: Flavor, folderUrl: string | undefined): Html {
  const { system, machine } = namesOf(platform);
  const files = resources.filter(({ path }) =>
    isPlainPath(`${platform.os}/${platform.architecture}/${path}`),
  );
  const signed = partSignatures(files);
  const shown = signed.slice(0, maxFiles);
  return html`<section class="platform" data-os="${platform.os}" data-architecture="${platform.architecture}">
<h3>${system} <span>${machine}</span> <code>${spellPlatform(platform)}</code></h3>
<ul>${shown.map((file) => fileItem(tag, platform, file, folderUrl))}</ul>
${signed.length > shown.length && html`<p class="more">and ${formatCount(signed.length - shown.length, 'more file')}, all of them in SHA256SUMS</p>`}</section>
`;
}

function fileItem(
  tag: string,
  platform: Flavor['platform'],
  { file: { path, size, digest, executable }, signatures }: SignedFile,
  folderUrl: string | undefined,
): Html {
  const linkOf = (file: string): string =>
    encodeKey(`${tag}/${platform.os}/${platform.architecture}/${file}`);
  const relative = linkOf(path);
  const { before, after } = curlLine(path, platform, executable ?? false);
  const url = folderUrl ? html`<span>${folderUrl}/${relative}</span>` : html`<span data-url></span>`;
  return html`<li class="file"><div class="name"><a href="./${relative}" download><bdi>${path}</bdi></a>${signatures.map(
    (signature) =>
      html`<a class="size" href="./${linkOf(signature.path)}" aria-label="${signature.path}" download>${signature.path.slice(path.length)}</a>`,
  )}${size !== undefined && html`<span class="size">${formatBytes(size)}</span>`}</div>${
    digest && html`<div class="copy" data-label="Copy the digest of ${path}"><code>${digest}</code></div>`
  }<div class="copy" data-label="Copy the curl line for ${path}"${!folderUrl && html` hidden`}><code>${before}${url}${after}</code></div></li>
`;
}

/** Manifests come from outside: a path that a URL would climb out of its folder with is not linked. */
function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
