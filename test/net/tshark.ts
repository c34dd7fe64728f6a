/**
 * tshark on a capture: no packet malformed, no checksum bad, and of its expert's remarks only those that the test explains.
 * Wireshark's severities: chat is the ordinary course of a connection; note, warning and error want a reason.
 */
import { execFileSync, spawnSync } from 'node:child_process'

export interface Judgement {
  readonly frames: number
  /** Remarks above `chat`, with how often each was made. */
  readonly remarks: Readonly<Record<string, number>>
  /** Frames that are wrong, as lines that say how; empty where all is well. */
  readonly wrong: readonly string[]
}

const FIELDS = [
  'frame.number',
  '_ws.malformed',
  'ip.checksum.status',
  'icmp.checksum.status',
  'icmpv6.checksum.status',
  'igmp.checksum.status',
  'udp.checksum.status',
  'tcp.checksum.status',
  '_ws.expert.severity',
  '_ws.expert.message',
  'tcp.checksum',
  'tcp.checksum_calculated',
] as const
const CHECKSUMS = FIELDS.slice(2, 8)
/** Status of a checksum: 0 bad, 1 good, 2 not verified, 3 not present. */
const BAD = '0'
/**
 * Linux writes FFFFh where a sum is 0 (skb_checksum_help: what UDP has to, for TCP as well), once in 65,536 segments. In one's
 * complement both are zero, and every receiver's sum holds (RFC 1071 1); tshark wants the other one.
 */
const MINUS_ZERO = '0xffff'
const ZERO = '0x0000'
/** Of `_ws.expert.severity`. */
const CHAT = 0x20_0000

const PREFERENCES = ['ip.check_checksum', 'tcp.check_checksum', 'udp.check_checksum']

/** @param filter in Wireshark's language; all frames by default. Numbers in the remarks become `#`. */
export function judgeByTshark(capture: string, filter = ''): Judgement {
  const { stdout, stderr, status } = spawnSync(
    'tshark',
    [
      '-r',
      capture,
      '-n',
      // The ports traceroute sends nothing of meaning to
      '-d',
      'udp.port==33434-33534,data',
      ...PREFERENCES.flatMap((name) => ['-o', `${name}:TRUE`]),
      ...(filter === '' ? [] : ['-Y', filter]),
      '-T',
      'fields',
      '-E',
      'separator=/t',
      '-E',
      'aggregator=|',
      ...FIELDS.flatMap((field) => ['-e', field]),
    ],
    { encoding: 'utf8', maxBuffer: 1 << 30 },
  )
  if (status !== 0) throw new Error(`tshark cannot read ${capture}: ${stderr}`)
  const lines = stdout.split('\n').filter((line) => line !== '')
  const remarks: Record<string, number> = {}
  const wrong: string[] = []
  for (const line of lines) {
    const [number, malformed, ...rest] = line.split('\t')
    // Where segments are overtaken and sent again, tshark can fail to put together what they carry: that is no fault of the frame.
    if (malformed !== '' && !malformed.includes('Reassembly error')) wrong.push(`frame ${number}: malformed`)
    const [given, calculated] = rest.slice(CHECKSUMS.length + 2)
    const minusZero = given === MINUS_ZERO && calculated === ZERO
    CHECKSUMS.forEach((field, at) => {
      // An ICMP error quotes the head of a datagram: checksums of what it quotes cannot be verified
      if (rest[at].split('|')[0] !== BAD || (field === 'tcp.checksum.status' && minusZero)) return
      wrong.push(`frame ${number}: ${field} bad`)
    })
    const severities = rest[CHECKSUMS.length].split('|')
    const messages = rest[CHECKSUMS.length + 1].split('|')
    severities.forEach((severity, at) => {
      if (severity === '' || Number(severity) <= CHAT) return
      if (minusZero && /^TCP Checksum 0xffff instead of 0x0000/.test(messages[at] ?? '')) return
      const message = (messages[at] ?? '').replace(/\d+/g, '#')
      remarks[message] = (remarks[message] ?? 0) + 1
    })
  }
  return { frames: lines.length, remarks, wrong }
}

/** Remarks above `chat` about what every good connection does: it ends, and a reader may be slower than a writer. */
export const ORDINARY: readonly RegExp[] = [
  /^This frame (initiates|undergoes) the connection closing$/,
  /^TCP window specified by the receiver is now completely full$/,
  /^TCP Zero Window segment$/,
]

/**
 * What Linux does when an acknowledgement is late because the machine is busy: it sends its last segment again as a probe
 * (RFC 8985 7), and hears that it was a duplicate.
 */
export const KERNEL_PROBES: readonly RegExp[] = [/retransmission$/, /^D-SACK/, /^Duplicate ACK/]
/** What we may say to such a probe. */
export const ANSWERS_TO_PROBES: readonly RegExp[] = [/^D-SACK/, /^Duplicate ACK/]

/** What bad wires explain. */
export const LOSS: readonly RegExp[] = [
  /retransmission$/,
  /^D-SACK/,
  /^Duplicate ACK/,
  /out-of-order segment$/,
  /^Previous segment/,
  /^ACKed segment that wasn't captured/,
  /zero window probe/i,
  /keep-alive/i,
  // tshark's own reassembly of a stream whose segments overtook one another or came twice
  /^New fragment overlaps old data/,
]

/** What is left of the remarks when those that a fault explains are taken away. */
export function unexplained(judgement: Judgement, explained: readonly RegExp[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(judgement.remarks).filter(([message]) => !explained.some((pattern) => pattern.test(message))),
  )
}

/** A segment that comes a second time is this to tshark or that, by how soon it comes after others. */
const SENT_AGAIN = ['This frame is a (suspected) retransmission', 'This frame is a (suspected) out-of-order segment']
/** What follows from it: reassembly sees its octets twice, and who has closed by then answers it by a reset. */
const OF_THE_SECOND = ['New fragment overlaps old data (retransmission?)', 'Connection reset (RST)']

/**
 * What is left of remarks when so many probes of ours (RFC 8985 7) have explained what they can. On a busy machine an acknowledgement is late, and
 * they ask after it.
 */
export function beyondProbes(remarks: Readonly<Record<string, number>>, probes: number): Record<string, number> {
  const of = (message: string): number => remarks[message] ?? 0
  const again = SENT_AGAIN.reduce((sum, message) => sum + of(message), 0)
  const explained = [
    ...(again <= probes ? SENT_AGAIN : []),
    ...OF_THE_SECOND.filter((message) => of(message) <= probes),
  ]
  return Object.fromEntries(Object.entries(remarks).filter(([message]) => !explained.includes(message)))
}

/** What tshark shows of the packets that a filter takes, a line each. */
export function shownByTshark(capture: string, filter: string): string[] {
  const text = execFileSync('tshark', ['-r', capture, '-Y', filter], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return text.split('\n').filter((line) => line !== '')
}
