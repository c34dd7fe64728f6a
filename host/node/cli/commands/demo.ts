import { appendFileSync } from 'node:fs'
import { BOARDS } from '../../../../boards/catalogue/catalogue.js'
import { suggestion } from '../../../../boards/nearest.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { formatIpv4, hostInterface } from '../../../../firmware/net/address.js'
import { traceLines } from '../../../conversation/trace-line.js'
import { UsageError } from '../../../errors/errors.js'
import { parseImpairments } from '../../../network/impaired-wire.js'
import { pickBoard } from '../../../target/pick-board.js'
import { keyed, type LocalizableText, type SentenceKey } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { table } from '../../../text/table.js'
import { type Demo, DemoFailure } from '../../demo/demo.js'
import { DEMOS } from '../../demo/demos.js'
import { exchangeOf } from '../../demo/octets.js'
import { offerDemo } from '../../demo/offer.js'
import { CLIENT_ADDRESS, type DemoPlaceOptions, SERVER_ADDRESS } from '../../demo/place.js'
import type { DemoListener, DemoOutcome } from '../../demo/record.js'
import { runDemo } from '../../demo/stage.js'
import { OutputFile } from '../../files/output.js'
import { reasonOf } from '../../files/reasons.js'
import { bringUp, kernelAddress } from '../../network/kernel-side.js'
import { isInstalled, refuseWithout } from '../../optional-package.js'
import type { ArgumentsOf } from '../arguments.js'
import { Outputs } from '../outputs.js'
import { wordsOfPage } from '../page-words.js'
import { print, tell } from '../say.js'
import { WORDS } from '../words.js'
import type { DEMO_COMMAND } from './demo.command.js'
import { runEnd } from './net/interrupted.js'
import { parsed } from './net/wires.js'

type Given = ArgumentsOf<typeof DEMO_COMMAND>

const WORD_OF_SIDE = { client: 'demo.client', server: 'demo.server' } as const
const WORD_OF_LAYER = { 5: 'demo.session', 6: 'demo.presentation' } as const
const DEFAULT_SEED = 1
const APPLICATION_FAILED = 1
const TAP_ADDRESS = '10.9.0.2/24'

const text = (message: LocalizableText) => say(WORDS, message)

/** `linkpulse demo [NAME...]` */
export async function demo(given: Given): Promise<number> {
  const { operands } = given
  if (operands.length === 0) {
    const rows = DEMOS.map(({ name: each, transport, port, needs }) => {
      const about = text(keyed(`demo.about.${each}`))
      const lacks = needs !== undefined && !isInstalled(needs)
      return [each, `${transport} ${port}`, lacks ? text(keyed('demo.lacks', { about, package: needs })) : about]
    })
    print(table(rows))
    return 0
  }
  const chosen = operands.map(demoNamed)
  for (const { needs } of chosen) if (needs !== undefined) refuseWithout(needs, 'use another demo')
  const seed = given.whole('seed', 0, 0xffff_ffff) ?? DEFAULT_SEED
  const board = boardNamed(given.text('board'))
  const run = given.has('tap') ? onTap(given, chosen, seed, board) : between(given, chosen, seed, board)
  const file = new Outputs(given).file('capture') ?? new OutputFile('--capture', `demo-${operands.join('-')}.pcapng`)
  try {
    const outcome = await run().catch(applicationFailed)
    if (outcome === undefined) return APPLICATION_FAILED
    print(`\n${layers(outcome)}\n`)
    if (given.has('octets')) await printExchange(outcome)
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

/** Says that a connection broke, as one may over a bad wire. @throws what is not about a connection */
function applicationFailed(error: NodeJS.ErrnoException): undefined {
  if (error.syscall === undefined && !(error instanceof DemoFailure)) throw error
  tell(`${text(keyed('demo.failed', { reason: error.message }))}\n`)
}

type Board = DemoPlaceOptions['board']

/** Our client and our server. @throws UsageError for options that are for others' clients */
function between(given: Given, demos: readonly Demo[], seed: number, board: Board): () => Promise<DemoOutcome> {
  const [chosen, second] = demos
  if (second !== undefined)
    throw new UsageError(
      `${chosen.name} or ${second.name}: one at a time, but with --tap NAME, for clients of your own`,
    )
  for (const option of ['address', 'for'] as const)
    if (given.has(option)) throw new UsageError(`--${option} goes with --tap NAME: add it, or leave --${option} out`)
  const impair = given.text('impair')
  const impairments = impair === undefined ? undefined : parseImpairments(impair)
  return () => {
    print(
      `${text(keyed('demo.begins', { name: chosen.name, client: CLIENT_ADDRESS, server: placeOf(SERVER_ADDRESS, given) }))}\n\n`,
    )
    return runDemo(chosen, { seed, board, impairments }, printed(given.has('quiet')))
  }
}

/** Our server, on a TAP device. @throws UsageError for options that do not fit */
function onTap(given: Given, demos: readonly Demo[], seed: number, board: Board): () => Promise<DemoOutcome> {
  const one = demos.find((each, i) => demos.findIndex(({ port }) => port === each.port) < i)
  if (one !== undefined)
    throw new UsageError(`${one.name} is on port ${one.port}, and another of them too; give one of these at a time`)
  if (given.has('impair')) throw new UsageError('--impair is for the wire between our own two; leave it out with --tap')
  if (board?.backend === 'avr')
    throw new UsageError(
      `--board avr:${board.definition.name} goes without --tap; give --board ${board.definition.name}`,
    )
  const tap = given.text('tap')!
  const address = parsed('--address', given.text('address') ?? TAP_ADDRESS, hostInterface)
  const kernel = kernelAddress(address, undefined)
  const seconds = given.seconds('for')
  const own = formatIpv4(address.address)
  return async () => {
    const end = runEnd(seconds)
    const ready = () => {
      const side = bringUp(tap, kernel)
      if (!side.done) tell(`the kernel's end of ${tap} is not ready (${side.reason}); run: ${side.remedy}\n`)
      print(`${text(keyed('demo.waits', { name: given.operands.join(', '), server: placeOf(own, given), tap }))}\n`)
      for (const { example } of demos) print(`${text(keyed('demo.try', { command: example(own) }))}\n`)
      // A line of its own, so that a script can wait for it
      print(`ready ${formatIpv4(address.address)}/${address.prefixLength} on ${tap}\n\n`)
    }
    const told = printed(given.has('quiet'))
    try {
      return await offerDemo(demos, { seed, tap, address, board: board?.definition }, told, ready, end.over)
    } finally {
      end.release()
    }
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

function placeOf(address: string, given: Given): string {
  const board = given.text('board')
  return board === undefined ? address : `${address} (${board})`
}

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

/** The first words of both ends, as they lie on the wire. */
async function printExchange({ side, frames }: DemoOutcome): Promise<void> {
  const far = side === 'client' ? 'server' : 'client'
  for (const { number, direction, rows, bits } of exchangeOf(frames, { page: await wordsOfPage(), line: WORDS })) {
    // 10 Mbit/s: 100 ns a bit.
    const values = {
      number,
      who: keyed(WORD_OF_SIDE[direction === 'out' ? side : far]),
      bits,
      time: (bits / 10).toFixed(1),
    }
    print(`${text(keyed('demo.on-the-wire', values))}\n\n${table(rows)}\n`)
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
