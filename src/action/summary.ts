import * as core from '@actions/core';
import type { ContainerPushResult, ManifestReport } from '../commands/container/report.ts';
import type { StaticPushResult } from '../commands/static/report.ts';
import { messageOf } from '../errors.ts';
import { escapeHtml } from '../progress/escape-html.ts';
import { formatBytes } from '../progress/format-bytes.ts';
import { printable } from '../progress/printable.ts';
import { info } from './log.ts';

/** Files listed in a summary; GitHub shows at most 1 MiB of it. */
const maxFiles = 200;

type Totals = Pick<ContainerPushResult, 'dryRun' | 'pushedBytes' | 'skippedBytes' | 'missingBytes'>;

/** The page that GitHub shows of a run: what was published, and what of it was sent. */
export async function writeContainerSummary(result: ContainerPushResult): Promise<void> {
  const rows = result.manifests.map((manifest) => [
    escaped(manifest.platform),
    code(manifest.digest),
    layersOf(manifest),
    formatBytes(manifest.imageSize),
    fateOf(manifest),
  ]);
  const references = result.references.map((reference) => code(reference));
  await write(
    `Container release${result.dryRun ? ' (dry run)' : ''}`,
    paragraph(`Index ${code(result.digest)}`) +
      table(['Platform', 'Digest', 'Layers', 'Size', 'Sent'], rows) +
      list(references) +
      paragraph(bytesOf(result)),
  );
}

/** The same for plain files. */
export async function writeStaticSummary(result: StaticPushResult): Promise<void> {
  const platforms = Object.entries(result.platforms).map(([platform, { files, size }]) => [
    escaped(platform),
    `${files}`,
    formatBytes(size),
  ]);
  const files = result.files
    .slice(0, maxFiles)
    .map(({ path, size, digest, url }) => [
      url ? `<a href="${escaped(url)}">${escaped(path)}</a>` : escaped(path),
      formatBytes(size),
      code(digest),
    ]);
  const rest = result.files.length - files.length;
  await write(
    `${result.name} ${result.tag}${result.dryRun ? ' (dry run)' : ''}`,
    table(['Platform', 'Files', 'Size'], platforms) +
      table(['File', 'Size', 'Digest'], files) +
      (rest > 0 ? paragraph(`and ${rest} more`) : '') +
      paragraph(bytesOf(result)),
  );
}

/** A release that is out does not fail for its summary: old runners have none. */
async function write(title: string, html: string): Promise<void> {
  try {
    await core.summary.addRaw(`<h2>${escaped(title)}</h2>\n${html}`, true).write();
  } catch (failure) {
    info(`no job summary: ${messageOf(failure)}`);
  }
}

function fateOf({ pushed, missing, why }: ManifestReport): string {
  if (!pushed && !missing) return 'skipped: already there';
  return `${pushed ? 'pushed' : 'would be pushed'}${why ? `: ${why}` : ''}`;
}

function layersOf({ layers, made }: ManifestReport): string {
  if (made === 0) return `${layers}, all known`;
  return made === layers ? `${layers}, compressed` : `${layers}, ${made} of them compressed`;
}

function bytesOf({ dryRun, pushedBytes, skippedBytes, missingBytes }: Totals): string {
  const sent = dryRun ? `${formatBytes(missingBytes)} would be sent` : `${formatBytes(pushedBytes)} sent`;
  return `${sent}, ${formatBytes(skippedBytes)} already there.`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>\n`;
  return `<table>\n${row(header, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>\n`;
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>\n`;
}

function paragraph(html: string): string {
  return `<p>${html}</p>\n`;
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** Names of files, tags and platforms come from outside. An empty line would let Markdown begin. */
function escaped(text: string): string {
  return escapeHtml(printable(text));
}
