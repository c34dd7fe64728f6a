/**
 * The built command line within the test's own process: what is loaded and compiled for one line stays for the next, which so takes a
 * tenth of what a process of its own takes. For what is printed, what is read from a pipe that has an end, and the exit status; what comes by
 * signals, a terminal or a file at standard input, what is sent to standard output while somebody reads it, and the language that a line is asked
 * for in need a process (`runCli`). `here.test.ts` shows that the two say the same.
 */
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type CommandOutcome, cli } from './command.js'

interface Door {
  commandLine(words: readonly string[]): Promise<number>
}

let door: Promise<Door> | undefined
let locale = 'C.UTF-8'

/**
 * Before the first line: the language of them all, as LC_ALL has it. In English, whoever runs the tests, where nothing is said. For a file with a
 * process of its own: which language that speaks is settled once.
 */
export function speakHere(ofLines: string): void {
  if (door !== undefined) throw new Error('the command line has read its language')
  locale = ofLines
}

async function open(): Promise<Door> {
  const { LC_ALL } = process.env
  process.env.LC_ALL = locale
  try {
    return (await import(join(cli, '../command-line.js'))) as Door
  } finally {
    if (LC_ALL === undefined) delete process.env.LC_ALL
    else process.env.LC_ALL = LC_ALL
  }
}

/** Keeps what is written to an output from now on. Returns what ends that, and hands out the text. */
function caught(output: NodeJS.WriteStream): () => string {
  const { write } = output
  const parts: Buffer[] = []
  output.write = (chunk: Uint8Array | string, ...rest: unknown[]) => {
    parts.push(Buffer.from(chunk as string))
    const written = rest.at(-1)
    if (typeof written === 'function') process.nextTick(written)
    return true
  }
  return () => {
    output.write = write
    return Buffer.concat(parts).toString()
  }
}

/** Puts a pipe with an end in the place of standard input. Returns what takes it away again. */
function reading(input: string | Uint8Array): () => void {
  const own = Object.getOwnPropertyDescriptor(process, 'stdin')!
  const octets = Buffer.from(input)
  const pipe = Readable.from(octets.length === 0 ? [] : [octets], { objectMode: false })
  Object.defineProperty(process, 'stdin', { configurable: true, enumerable: true, get: () => pipe })
  return () => {
    Object.defineProperty(process, 'stdin', own)
    pipe.destroy()
  }
}

async function run(words: readonly string[], input: string | Uint8Array): Promise<CommandOutcome> {
  door ??= open()
  const { commandLine } = await door
  const restore = reading(input)
  const [out, error] = [caught(process.stdout), caught(process.stderr)]
  let status: number
  try {
    status = await commandLine(words)
  } finally {
    process.exitCode = undefined
    restore()
  }
  const [stdout, stderr] = [out(), error()]
  return { status, stdout, stderr }
}

let last: Promise<unknown> = Promise.resolve()

/** One line after the other: there is one standard output. Standard input is empty. */
export function runHere(...words: readonly string[]): Promise<CommandOutcome> {
  return runHereWith('', ...words)
}

/** @param input what its standard input has */
export function runHereWith(input: string | Uint8Array, ...words: readonly string[]): Promise<CommandOutcome> {
  const next = last.then(() => run(words, input))
  // Whatever becomes of it, the next line is another.
  last = next.catch(() => {})
  return next
}
