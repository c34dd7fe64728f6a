/** The values there are, by kind: each looked up where the commands find it, and loaded when a shell asks for it. */
import { UsageError } from '../../../errors/errors.js'
import type { ValueKind } from '../command.js'
import type { Proposal, Proposals, WordPlace } from './propose.js'

const named = ({ name, title }: { readonly name: string; readonly title: string }): Proposal => ({
  word: name,
  help: title,
})
const bare = (word: string): Proposal => ({ word, help: '' })

const VALUES: Readonly<Record<ValueKind, (place: WordPlace) => Promise<Proposals>>> = {
  async board(place) {
    return { words: [...(await boards(place)).values()].map(named) }
  },
  async box() {
    const { BOX_KINDS } = await import('../../../../boards/faults/between.js')
    return { words: BOX_KINDS.map(bare) }
  },
  async cable() {
    const { SERIAL_CABLES } = await import('../../../../boards/rs232/cables.js')
    const { TWISTED_PAIR_CABLES } = await import('../../../physical/cable-sheet.js')
    return { words: [...SERIAL_CABLES, ...TWISTED_PAIR_CABLES].map(named) }
  },
  async check() {
    const { CHECKS } = await import('../../../check/check-list.js')
    const { LAYERS } = await import('../../../check/types.js')
    const { WORDS } = await import('../words.js')
    const { keyed } = await import('../../../text/keyed.js')
    const { say } = await import('../../../text/say.js')
    const layers = LAYERS.map((layer) => ({ word: layer, help: say(WORDS, keyed(`layer.${layer}`)) }))
    return { words: [...layers, ...CHECKS.map(({ id }) => ({ word: id, help: say(WORDS, keyed(id)) }))] }
  },
  async command({ operands }) {
    const { COMMANDS } = await import('../commands.js')
    const { helpLanguage } = await import('../help.js')
    const { nextWords } = await import('./propose.js')
    const { of } = await helpLanguage()
    return { words: nextWords(COMMANDS.map(of), operands).filter(({ word }) => !word.startsWith('-')) }
  },
  async connector() {
    const { CONNECTORS } = await import('../../../../boards/rs232/connectors.js')
    const { RJ45_TITLE } = await import('../../../physical/rj45.js')
    return { words: [...CONNECTORS.map(named), { word: 'RJ-45', help: RJ45_TITLE }] }
  },
  async fault() {
    const { FAULTS } = await import('../../../../boards/faults/registry.js')
    return { words: [...FAULTS.values()].map(named) }
  },
  async 'flash port'({ current }) {
    return { words: [...(await ports()), network], ...paths(current) }
  },
  async line() {
    const { LINE_STANDARDS } = await import('../../../../boards/rs232/standards.js')
    return { words: [...Object.values(LINE_STANDARDS).map(named), { word: 'rs-449', help: 'the DC-37 connector' }] }
  },
  async 'net target'(place) {
    const stack = { word: 'stack:', help: 'our TCP/IP stack without any chip' }
    return { words: [stack, ...(await simulated(place)), ...(await real(place))], ...paths(place.current) }
  },
  async probe() {
    const { SCOPE_PROBES } = await import('../../../scope/probes.js')
    return { words: SCOPE_PROBES.map(named) }
  },
  async 'running net'() {
    const { running } = await import('../../network/control.js')
    const all = await running()
    return { words: all.map(({ target, taps }) => ({ word: taps[0] ?? target, help: target })) }
  },
  async 'serial cable'() {
    const { MODEM_CABLES } = await import('../../../../boards/rs232/modem-lines.js')
    return { words: Object.keys(MODEM_CABLES).map(bare) }
  },
  async service() {
    const { SERVICES } = await import('../../../../firmware/services/service.js')
    return { words: [...SERVICES.map(({ name }) => bare(name)), bare('all'), bare('none')] }
  },
  async 'simulated target'(place) {
    return { words: await simulated(place) }
  },
  async target(place) {
    const recording = { word: 'replay:', help: 'what `check --record FILE` kept: FILE' }
    return { words: [...(await simulated(place)), ...(await real(place)), recording], ...paths(place.current) }
  },
}

export function lookUp(kind: ValueKind, place: WordPlace): Promise<Proposals> {
  return VALUES[kind](place)
}

/** Those of the catalogue, and the one of --board-file; where that is invalid, the command will say why. */
async function boards({ boardFile }: WordPlace) {
  const { loadCatalogue } = await import('../catalogue.js')
  try {
    return await loadCatalogue(boardFile)
  } catch (error) {
    if (error instanceof UsageError) return loadCatalogue(undefined)
    throw error
  }
}

async function simulated(place: WordPlace): Promise<readonly Proposal[]> {
  const all = [...(await boards(place)).values()]
  return (['model', 'avr'] as const).flatMap((mode) =>
    all
      .filter(({ modes }) => modes.includes(mode))
      .map(({ name, title }) => ({ word: `${mode}:${name}`, help: title })),
  )
}

const network: Proposal = { word: 'rfc2217://', help: 'a port across a network: HOST:PORT' }

/** Ports by their paths, and by the two that can stand in front of them. */
async function real({ current }: WordPlace): Promise<readonly Proposal[]> {
  const all = await ports()
  const [, scheme] = /^((?:serial|serprog):)/.exec(current) ?? []
  if (scheme !== undefined) return all.map(({ word, help }) => ({ word: scheme + word, help }))
  return [
    ...all,
    { word: 'serial:', help: 'a serial port: PATH or PATH@RATE' },
    { word: 'serprog:', help: 'a programmer that speaks serprog: PATH' },
    network,
  ]
}

async function ports(): Promise<readonly Proposal[]> {
  const { listPorts } = await import('../../serial/ports.js')
  return (await listPorts()).map(({ path, manufacturer }) => ({ word: path, help: manufacturer ?? 'serial port' }))
}

/** A port may be any path: where one is being written, the shell goes on with it. */
function paths(current: string): { files?: readonly string[] } {
  return /^[./~]/.test(current) ? { files: [] } : {}
}
