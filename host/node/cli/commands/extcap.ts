import { BOARDS } from '../../../../boards/catalogue/catalogue.js'
import { LINK_TYPES } from '../../../capture/pcapng.js'
import { UsageError } from '../../../errors/errors.js'
import { isSimulated, parseLiveTarget } from '../../../serial/specification.js'
import { pickBoard } from '../../../target/pick-board.js'
import { keyed, type LocalizableText } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import {
  ACTIVITIES,
  type BoardActivity,
  CABLE_ENDS,
  type CableEnd,
  captureMade,
  captureRunning,
  type MadeBoard,
} from '../../extcap/capture.js'
import { installForWireshark, uninstallForWireshark } from '../../extcap/install.js'
import {
  type CaptureSource,
  nameOf,
  type OfferedInterface,
  offeredInterfaces,
  runningOf,
  sourceNamed,
} from '../../extcap/interfaces.js'
import { extcapSentence } from '../../extcap/sentence.js'
import { PACKAGE_VERSION } from '../../version.js'
import type { ArgumentsOf } from '../arguments.js'
import { loadCatalogue } from '../catalogue.js'
import { Outputs } from '../outputs.js'
import { print } from '../say.js'
import { checkFaults } from '../simulation.js'
import { WORDS } from '../words.js'
import type { EXTCAP_COMMAND } from './extcap.command.js'
import { runEnd } from './net/interrupted.js'

type Given = ArgumentsOf<typeof EXTCAP_COMMAND>

const DEFAULT_BOARD = 'model:uno'
const DEFAULT_SEED = 1
/** What the kernel's end of a `net up` and everything together have, as Wireshark's list shows them: the capture itself says of each packet what it is. */
const FIRST_LINK = 'ethernet'

const text = (message: LocalizableText) => say(WORDS, message)

/** `linkpulse extcap`: what Wireshark asks, and what a person asks to make it do so. */
export async function extcap(given: Given): Promise<number> {
  if (given.has('install') && given.has('uninstall'))
    throw new UsageError('--install and --uninstall exclude each other')
  if (given.has('install')) {
    const written = installForWireshark().map((path) => `  ${path}\n`)
    print(`${text(keyed('extcap.installed'))}\n${written.join('')}${text(keyed('extcap.next'))}\n`)
    return 0
  }
  if (given.has('uninstall')) {
    const { removed, kept } = uninstallForWireshark()
    for (const path of removed) print(`${text(keyed('extcap.removed', { path }))}\n`)
    for (const path of kept) print(`${text(keyed('extcap.kept', { path }))}\n`)
    if (removed.length === 0) print(`${text(keyed('extcap.nothing'))}\n`)
    return 0
  }
  if (given.has('extcap-interfaces')) {
    print(extcapSentence('extcap', { version: PACKAGE_VERSION, display: 'linkpulse' }))
    for (const each of await offeredInterfaces()) {
      print(extcapSentence('interface', { value: nameOf(each.source), display: titleOf(each) }))
    }
    return 0
  }
  const source = wanted(given)
  if (given.has('extcap-dlts')) {
    const link = source.link ?? FIRST_LINK
    const name = link === 'ethernet' ? 'EN10MB' : `USER${LINK_TYPES[link] - LINK_TYPES['serial-link']}`
    print(extcapSentence('dlt', { number: LINK_TYPES[link], name, display: text(keyed(`extcap.link.${link}`)) }))
    return 0
  }
  if (given.has('extcap-config')) {
    if (source.runs === undefined) print(settings())
    return 0
  }
  if (given.has('capture')) return capture(given, source)
  throw new UsageError('Wireshark says what it wants of this command; to make it ask: linkpulse extcap --install')
}

/** @throws UsageError for an interface that is not ours */
function wanted(given: Given): CaptureSource {
  const name = given.text('extcap-interface')
  if (name === undefined) {
    throw new UsageError('Wireshark says what it wants of this command; to make it ask: linkpulse extcap --install')
  }
  const source = sourceNamed(name)
  if (source !== undefined) return source
  throw new UsageError(
    `there is no interface "${name}"; \`linkpulse extcap --extcap-interfaces\` lists those there are`,
  )
}

/** As Wireshark's list of interfaces shows it. */
function titleOf({ source: { runs, link }, running }: OfferedInterface): string {
  const where =
    running === undefined
      ? keyed('extcap.made')
      : keyed(`extcap.${runs?.kind === 'net' ? 'net' : 'serve'}`, {
          target: running.target,
          where: running.port ?? (running.taps.join(' ') || `process ${running.process}`),
        })
  return text(keyed('extcap.title', { where, link: keyed(`extcap.link.${link ?? 'all'}`) }))
}

/** The settings of a board that is made for the capture. */
function settings(): string {
  const argument = (number: number, call: string, type: string, more: Readonly<Record<string, string | number>> = {}) =>
    extcapSentence('arg', {
      number,
      call: `--${call}`,
      display: text(keyed(`extcap.setting.${call as 'board'}`)),
      type,
      ...more,
    })
  const choice = (number: number, value: string, display: string, isDefault: boolean) =>
    extcapSentence('value', { arg: number, value, display, default: String(isDefault) })
  const boards = [...BOARDS.values()].flatMap(({ name, title, modes }) =>
    (['model', 'avr'] as const)
      .filter((backend) => modes.includes(backend))
      .map((backend) =>
        choice(0, `${backend}:${name}`, `${backend}:${name} (${title})`, `${backend}:${name}` === DEFAULT_BOARD),
      ),
  )
  return [
    argument(0, 'board', 'selector'),
    ...boards,
    argument(1, 'fault', 'string', { tooltip: text(keyed('extcap.setting.fault.more')) }),
    argument(2, 'seed', 'unsigned', { default: DEFAULT_SEED }),
    argument(3, 'peer', 'selector'),
    ...CABLE_ENDS.map((peer) => choice(3, peer, text(keyed(`extcap.peer.${peer}`)), peer === 'host')),
    argument(4, 'activity', 'selector'),
    ...ACTIVITIES.map((each) => choice(4, each, text(keyed(`extcap.activity.${each}`)), each === 'ping')),
  ].join('')
}

async function capture(given: Given, source: CaptureSource): Promise<number> {
  if (!given.has('fifo')) throw new UsageError('--capture needs --fifo FILE, which says where the capture goes')
  let begin: Begin
  try {
    begin = await prepared(given, source)
  } catch (error) {
    // Wireshark waits for the pipe to be opened, also when nothing will come of it.
    new Outputs(given).discard()
    throw error
  }
  const file = new Outputs(given).file('fifo')
  const ended = new AbortController()
  const interrupted = runEnd()
  interrupted.over.then(() => ended.abort())
  try {
    if (file === undefined) return 0
    file.handleReaderGone = () => ended.abort()
    await begin((octets) => file.write(octets), ended.signal)
    file.close()
    return 0
  } finally {
    interrupted.release()
    file?.discard()
  }
}

/** Captures until the signal is aborted, or what is captured is over. */
type Begin = (write: (octets: Uint8Array) => void, signal: AbortSignal) => Promise<void>

/** @throws UsageError for settings that do not fit; TargetError for what does not run any more */
async function prepared(given: Given, { runs, link }: CaptureSource): Promise<Begin> {
  const filter = given.text('extcap-capture-filter')
  if (filter !== undefined && filter !== '') {
    throw new UsageError(
      `linkpulse takes no capture filter ("${filter}"); leave it out and give a display filter, which knows the fields`,
    )
  }
  if (runs === undefined) {
    const made = await madeBoard(given)
    return (write, signal) => captureMade(made, link, write, signal)
  }
  const { path } = await runningOf(runs)
  return (write, signal) => captureRunning(path, link, write, signal)
}

/** @throws UsageError for settings that do not fit */
async function madeBoard(given: Given): Promise<MadeBoard> {
  const name = given.text('board') || DEFAULT_BOARD
  const target = parseLiveTarget(name)
  if (!isSimulated(target))
    throw new UsageError(`--board makes a simulated board, for example model:uno, and ${name} is a real port`)
  const definition = pickBoard(await loadCatalogue(given.text('board-file')), target.board)
  const faults = (given.text('fault') ?? '').split(/\s+/).filter((each) => each !== '')
  return {
    name,
    definition,
    backend: target.backend,
    faults: checkFaults(faults, definition, target.backend),
    seed: given.whole('seed', 0, 0xffff_ffff) ?? DEFAULT_SEED,
    peer: oneOf<CableEnd>(given, 'peer', CABLE_ENDS),
    activity: oneOf<BoardActivity>(given, 'activity', ACTIVITIES),
  }
}

/** The first by default. @throws UsageError for any other word */
function oneOf<Word extends string>(given: Given, option: 'peer' | 'activity', words: readonly Word[]): Word {
  const wantedWord = given.text(option) || words[0]
  const found = words.find((word) => word === wantedWord)
  if (found === undefined) throw new UsageError(`--${option} takes ${words.join(', ')}, not "${wantedWord}"`)
  return found
}
