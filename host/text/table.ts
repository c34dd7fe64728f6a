import { printable } from '../../firmware/text/printable.js'
import { columnsOf, padColumns } from './columns.js'

/** Columns two spaces apart, each as wide as its widest cell, none padded at the end of a line. */
export function table(lines: readonly (readonly string[])[]): string {
  const rows = lines.map((cells) => cells.map(printable))
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, columnsOf(cell))
  }
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => padColumns(cell, widths[column] + 2))
          .join('')
          .trimEnd()}\n`,
    )
    .join('')
}
