import { appendFileSync } from 'node:fs'
import { BOARDS } from '../../../../boards/catalogue/catalogue.js'
import { suggestion } from '../../../../boards/nearest.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { traceLines } from '../../../conversation/trace-line.js'
import { UsageError } from '../../../errors/errors.js'
import { parseImpairments } from '../../../network/impaired-wire.js'
import { keyed, type LocalizableText, type SentenceKey } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { table } from '../../../text/table.js'
import type { Demo } from '../../demo/demo.js'
import { DEMOS } from '../../demo/demos.js'
import { CLIENT_ADDRESS, type DemoPlaceOptions, SERVER_ADDRESS } from '../../demo/place.js'
import { type DemoListener, type DemoOutcome, runDemo } from '../../demo/stage.js'
import { OutputFile } from '../../files/output.js'
import { reasonOf } from '../../files/reasons.js'
import type { ArgumentsOf } from '../arguments.js'
import { pickBoard } from '../catalogue.js'
import { Outputs } from '../outputs.js'
import { print } from '../say.js'
import { WORDS } from '../words.js'
import type { DEMO_COMMAND } from './demo.command.js'

type Given = ArgumentsOf<typeof DEMO_COMMAND>

const WORD_OF_SIDE = { client: 'demo.client', server: 'demo.server' } as const
const WORD_OF_LAYER = { 5: 'demo.session', 6: 'demo.presentation' } as const
const DEFAULT_SEED = 1

const text = (message: LocalizableText) => say(WORDS, message)

/** `linkpulse demo [NAME]` */
export async function demo(given: Given): Promise<number> {
  const [name] = given.operands
  if (name === undefined) {
    const rows = DEMOS.map(({ name: each, transport, port }) => [
      each,
      `${transport} ${port}`,
      text(keyed(`demo.about.${each}`)),
    ])
    print(table(rows))
    return 0
  }
  const chosen = demoNamed(name)
  const board = boardNamed(given.text('board'))
  const impair = given.text('impair')
  const impairments = impair === undefined ? undefined : parseImpairments(impair)
  const seed = given.whole('seed', 0, 0xffff_ffff) ?? DEFAULT_SEED
  const file = new Outputs(given).file('capture') ?? new OutputFile('--capture', `demo-${chosen.name}.pcapng`)
  try {
    print(
      `${text(keyed('demo.begins', { name: chosen.name, client: CLIENT_ADDRESS, server: placeOf(given.text('board')) }))}\n\n`,
    )
    const outcome = await runDemo(chosen, { seed, board, impairments }, printed(given.has('quiet')))
    print(`\n${layers(outcome)}\n`)
    outcome.capture((octets) => file.write(octets))
    file.close()
    keepKeys(outcome.keys)
    const kept = { frames: outcome.tally.frames, path: file.path }
    print(`${text(outcome.keys === '' ? keyed('demo.capture', kept) : keyed('demo.capture-with-keys', kept))}\n`)
    return 0
  } finally {
    file.discard()
  }
}

function demoNamed(name: string): Demo {
  const found = DEMOS.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = DEMOS.map((each) => each.name)
  throw new UsageError(`there is no demo "${name}"${suggestion(name, names)}; \`linkpulse demo\` lists them`)
}

/** @throws UsageError for what is no simulated board */
function boardNamed(name: string | undefined): DemoPlaceOptions['board'] {
  if (name === undefined) return undefined
  const match = /^(model|avr):(.*)$/.exec(name)
  return { definition: pickBoard(BOARDS, match?.[2] ?? name), backend: match?.[1] === 'avr' ? 'avr' : 'model' }
}

const placeOf = (board: string | undefined) => (board === undefined ? SERVER_ADDRESS : `${SERVER_ADDRESS} (${board})`)

/** What prints the lines: time, layer, and what is said there. */
function printed(isQuiet: boolean): DemoListener {
  const trace = traceLines(WORDS, (line) => print(line))
  let began: number | undefined
  const line = (layer: number, words: string, at: number) => {
    began ??= at
    print(`${((at - began) / SECOND).toFixed(6).padStart(12)}  ${layer}  ${words}\n`)
  }
  return {
    packet(direction, described, again, at) {
      began ??= at
      if (!isQuiet) trace.packet(direction, described, again, at)
    },
    state(change, at) {
      began ??= at
      if (!isQuiet) trace.state(change, at)
    },
    says: (who, words, at) => line(7, text(keyed('demo.line', { who: keyed(WORD_OF_SIDE[who]), words })), at),
    explains: (layer, sentence, at) =>
      line(layer, text(keyed('demo.line', { who: keyed(WORD_OF_LAYER[layer]), words: sentence })), at),
  }
}

/** A row a layer: what it had of the whole. */
function layers({ tally, lines }: DemoOutcome): string {
  const { segments, connections, data, datagrams, packets, frames, arp, octets, bits } = tally
  const transport = [
    ...(segments > 0 ? [text(keyed('demo.segments', { segments, connections, octets: data }))] : []),
    ...(datagrams > 0 ? [text(keyed('demo.datagrams', { datagrams }))] : []),
  ]
  const rows: readonly (readonly [number, SentenceKey, string])[] = [
    [7, 'demo.application', text(keyed('demo.lines', { lines }))],
    [4, 'demo.transport', transport.join('; ')],
    [3, 'demo.network', text(keyed('demo.packets', { packets }))],
    [2, 'demo.data-link', text(keyed('demo.frames', { frames, arp, octets }))],
    // 10 Mbit/s: 100 ns a bit.
    [1, 'demo.physical', text(keyed('demo.bits', { bits, time: (bits / 1e4).toFixed(3) }))],
  ]
  return table(rows.map(([layer, key, words]) => [`${layer}`, text({ key, values: {} }), words]))
}

/** As browsers and curl do. @throws UsageError for a file that cannot be written */
function keepKeys(keys: string): void {
  const path = process.env.SSLKEYLOGFILE
  if (path === undefined || path === '' || keys === '') return
  try {
    appendFileSync(path, keys)
  } catch (error) {
    throw new UsageError(`cannot write the SSLKEYLOGFILE file ${path}: ${reasonOf(error, path)}; give another path`)
  }
}
