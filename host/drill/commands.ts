/** Commands of a script, in backticks. None is run: those that set what our stack has are understood, harmless ones are noted. */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import type { Sentence } from '../text/keyed.js'
import { keyed } from '../text/keyed.js'
import { leastMtu, type Settings } from './settings.js'
import type { SimpleCommand } from './shell-words.js'
import { applySysctl } from './sysctls.js'
import { Unsupported } from './unsupported.js'

/** Programs that come with packetdrill's own scripts, and others that do nothing a script could notice here. */
const HARMLESS: readonly (readonly [pattern: RegExp, why: Sentence])[] = [
  [/^(?:\S*\/)?defaults(?:-\w+)?\.sh\b/, keyed('pkt.note.defaults')],
  [/^\S*sysctl_restore_\S+$/, keyed('pkt.note.restore')],
  [/^ip tcp_metrics flush\b/, keyed('pkt.note.metrics')],
  [/^(?:ethtool|tc qdisc (?!.*\b(?:netem|limit 0)\b)|ip link set \S+ up|ifconfig \S+ up)/, keyed('pkt.note.device')],
  [/^(?:kldload|kldunload|modprobe|insmod) /, keyed('pkt.note.module')],
  [/^(?:true|:|sync|sleep [\d.]+|exit 0)$/, keyed('pkt.note.nothing')],
  [/^sysctl(?: -\w+)* [\w.]+$/, keyed('pkt.note.read')],
]

export interface CommandPlace {
  /** Where what stands in backticks begins in the script's text. */
  readonly at: number
  /** The stack is there already. */
  readonly running: boolean
}

/** One command of what stands in backticks. @throws Unsupported for what is neither understood nor harmless */
export function applyCommand(settings: Settings, command: SimpleCommand, { at: begin, running }: CommandPlace): void {
  const { words, into, text } = command
  const at = begin + command.at
  const harmless = HARMLESS.find(([pattern]) => pattern.test(text))
  const program = words[0]?.replace(/^.*\//, '')
  if (program === 'sysctl' && harmless === undefined) applySysctls(settings, words, text, running, at)
  else if (program === 'set_sysctls.py') applySysctls(settings, words, text, running, at)
  else if (program === 'echo' && into?.startsWith('/proc/sys/')) {
    applySysctl(
      settings,
      into,
      words
        .slice(1)
        .filter((word) => !/^-[ne]+$/.test(word))
        .join(' '),
      running,
      at,
    )
  } else if (program === 'ip' && applyRoute(settings, words, running, at)) return
  else if (harmless !== undefined && !text.includes('|'))
    settings.notes.push(keyed('pkt.note.command', { text, why: harmless[1] }))
  else throw new Unsupported(keyed('pkt.command', { text }), at)
}

function applySysctls(settings: Settings, words: readonly string[], text: string, running: boolean, at: number): void {
  for (const word of words.slice(1)) {
    // Quietly (-q), and whether it is there or not (-e): as a note it is here anyway.
    if (/^-\w+$/.test(word)) continue
    const [, name, value] = /^([\w./-]+)=([\s\S]*)$/.exec(word) ?? []
    if (name === undefined) throw new Unsupported(keyed('pkt.sysctl-form', { word, text }), at)
    applySysctl(settings, name, value, running, at)
  }
}

/** Attributes of `ip route` that say nothing to a stack with one interface. */
const ROUTE_PLACES = ['via', 'dev', 'src', 'proto', 'metric', 'scope', 'table', 'initrwnd', 'pref']

/**
 * `ip [-6] route change ADDRESS via GATEWAY dev tun0 mtu lock 1460 advmss 1000 initcwnd 4`: what it says of segments.
 * @returns false where it is no such command
 */
function applyRoute(settings: Settings, words: readonly string[], running: boolean, at: number): boolean {
  const rest = words.slice(1).filter((word) => !/^-[46]$/.test(word))
  if (rest[0] !== 'route' || !['change', 'replace', 'add', 'append'].includes(rest[1])) return false
  const attributes = rest.slice(rest[2] === 'unicast' ? 4 : 3)
  for (let i = 0; i < attributes.length; i += 2) {
    const name = attributes[i]
    if (attributes[i + 1] === 'lock') i++
    const value = attributes[i + 1]
    const number = /^\d+$/.test(value ?? '') ? Number(value) : undefined
    if (value !== undefined && ROUTE_PLACES.includes(name)) continue
    if (name === 'mtu' && number !== undefined && number >= leastMtu(settings) && number <= 65535) {
      if (running && number !== settings.mtu) throw new Unsupported(keyed('pkt.route-late'), at)
      settings.mtu = number
    } else if (name === 'advmss' && number !== undefined)
      settings.tcp = { ...settings.tcp, advertisedSegmentSize: number }
    else if (name === 'initcwnd' && number !== undefined && number > 0)
      settings.tcp = { ...settings.tcp, initialSegments: number }
    else if (name === 'quickack' && number !== undefined) settings.tcp = { ...settings.tcp, quickAck: number !== 0 }
    else if (name === 'hoplimit' && number !== undefined) settings.tcp = { ...settings.tcp, timeToLive: number }
    else if (name === 'rto_min' && /^\d+(?:ms)?$/.test(value ?? ''))
      settings.tcp = { ...settings.tcp, minimumRetransmissionTimeout: Number.parseInt(value, 10) * MILLISECOND }
    else throw new Unsupported(keyed('pkt.route-attribute', { name, value: value ?? '' }), at)
  }
  return true
}
