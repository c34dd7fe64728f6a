import { BOARDS } from '../../../../boards/catalogue/catalogue.js'
import { LINK_TYPES } from '../../../capture/pcapng.js'
import { UsageError } from '../../../errors/errors.js'
import { keyed, type LocalizableText } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { installForWireshark, uninstallForWireshark } from '../../extcap/install.js'
import {
  type CaptureSource,
  nameOf,
  type OfferedInterface,
  offeredInterfaces,
  sourceNamed,
} from '../../extcap/interfaces.js'
import { ACTIVITIES, CABLE_ENDS, DEFAULT_BOARD, DEFAULT_SEED } from '../../extcap/made-board.js'
import { extcapSentence } from '../../extcap/sentence.js'
import { PACKAGE_VERSION } from '../../version.js'
import type { ArgumentsOf } from '../arguments.js'
import { print } from '../say.js'
import { WORDS } from '../words.js'
import type { EXTCAP_COMMAND } from './extcap.command.js'

type Given = ArgumentsOf<typeof EXTCAP_COMMAND>

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
  if (given.has('capture')) {
    // Wireshark starts this command again and again to ask what there is to capture; only one that captures needs the simulated world.
    const { captureFor } = await import('./extcap-capture.js')
    return captureFor(given, source)
  }
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
