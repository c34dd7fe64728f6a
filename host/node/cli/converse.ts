/** A prompt on a terminal: a line is read and done, what is wrong with it is said, and the next line is read. */
import { createInterface } from 'node:readline/promises'
import { tell } from './say.js'

const HISTORY = 200

export interface Conversing {
  /** Stands before each line: `name> `. */
  readonly name: string
  /** How it is ended, and what is there then. */
  readonly greeting: string
  /** What the word that is being typed may become, and that word. */
  readonly complete: (line: string) => { readonly words: readonly string[]; readonly last: string }
  readonly run: (line: string) => Promise<void>
  /** What a person did wrong: it is said, and does not end it. */
  readonly isMistake: (error: unknown) => error is Error
  readonly signal: AbortSignal
}

/** Until the input ends, Ctrl-C, `quit` or `exit`. @throws what is nobody's mistake */
export async function converse({ name, greeting, complete, run, isMistake, signal }: Conversing): Promise<void> {
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    historySize: HISTORY,
    prompt: `${name}> `,
    completer: (line: string): [string[], string] => {
      const { words, last } = complete(line)
      return [[...words], last]
    },
  })
  const close = (): void => lines.close()
  signal.addEventListener('abort', close)
  lines.on('SIGINT', close)
  tell(`${greeting}\n`)
  try {
    lines.prompt()
    for await (const line of lines) {
      if (isEnd(line)) break
      try {
        await run(line)
      } catch (error) {
        if (!isMistake(error)) throw error
        tell(`${error.message}\n`)
      }
      lines.prompt()
    }
  } finally {
    signal.removeEventListener('abort', close)
    lines.close()
  }
}

/** Of a script as well. */
export function isEnd(line: string): boolean {
  return /^\s*(quit|exit)\s*$/.test(line)
}
