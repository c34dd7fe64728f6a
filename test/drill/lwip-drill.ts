/** lwIP (Debian's) as the stack under test of `linkpulse drill --against exec:`. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DrillReport, drillAgainst } from '../../host/drill/drill.js'
import type { DrillOptions } from '../../host/drill/run.js'
import { LineProgram } from '../../host/node/drill/line-program.js'

const SOURCE = fileURLToPath(new URL('../net/lwip/drill-adapter.c', import.meta.url))

/** Compiles the adapter into a folder. @returns its path */
export function buildLwipDrill(folder: string): string {
  const program = join(folder, 'lwip-drill')
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-I/usr/include/lwip', '-llwip', '-lpthread']
  execFileSync('cc', [SOURCE, '-o', program, ...flags], { stdio: ['ignore', 'inherit', 'inherit'] })
  return program
}

/** One script against a program that begins anew. */
export async function drillProgram(
  command: string,
  file: string,
  text: string,
  options: DrillOptions = {},
): Promise<DrillReport> {
  const program = new LineProgram(command)
  try {
    return await drillAgainst(file, text, options, (dialogue) => program.converse(dialogue))
  } finally {
    await program.close()
  }
}
