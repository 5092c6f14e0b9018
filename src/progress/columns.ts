import { printable } from './format.ts';

/** What terminals show two columns wide, as far as names and texts have it (Unicode, UAX #11). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const narrow = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** In columns of a terminal, for lines that every terminal has room for. */
export const pageWidth = 80;

/** In columns: how much room a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += columnsOf(sign);
  return width;
}

/** A text as it is printed on one line, cut to a width; an ellipsis stands for what is cut off. */
export function clip(text: string, width: number): string {
  // What is far beyond the width need not be looked at.
  const shown = printable(text.slice(0, (width + 1) * 8));
  if (widthOf(shown) <= width) return shown;
  let clipped = '';
  let left = width - 1;
  for (const sign of shown) {
    left -= columnsOf(sign);
    if (left < 0) break;
    clipped += sign;
  }
  return `${clipped}…`;
}

/** A table: how each column is aligned, its header, its rows. */
export interface Columns {
  readonly align: readonly ('left' | 'right')[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The lines of a table, columns two blanks apart; the last column is cut where a line would be too long. */
export function tableLines({ align, header, rows }: Columns, indent = ''): string[] {
  const cells = [header, ...rows].map((row) => row.map((cell) => clip(cell, pageWidth)));
  const widths = header.map((_, column) => widest(cells, column));
  return cells.map((row) => {
    const line = row.map((cell, column) => padded(cell, widths[column] ?? 0, align[column])).join('  ');
    return clip(`${indent}${line}`, pageWidth).trimEnd();
  });
}

/** Rows with their columns two blanks apart, none cut: what stands in them may be copied. */
export function alignedRows(rows: readonly (readonly string[])[]): string[] {
  const count = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: count }, (_, at) => widest(rows, at));
  return rows.map((row) =>
    row
      .map((cell, at) => padded(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function widest(rows: readonly (readonly string[])[], column: number): number {
  return rows.reduce((most, row) => Math.max(most, widthOf(row[column] ?? '')), 0);
}

function padded(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

function columnsOf(sign: string): number {
  if (narrow.test(sign)) return 0;
  return wide.test(sign) ? 2 : 1;
}
