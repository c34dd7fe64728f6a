/** `linkpulse demo`: each application of the article, on two hosts and on a board, and what tshark reads in its capture. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { casesOf } from '../judge/parts.js'
import { variation, variationsOf } from '../judge/variations.js'
import { judgeByTshark, ORDINARY, shownByTshark, unexplained } from '../net/tshark.js'
import { runCli } from './command.js'
import { runHere } from './here.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-demo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Of each demo: what it says, and what tshark finds in its capture. */
const DEMOS: readonly (readonly [name: string, says: readonly RegExp[], filter: string, finds: RegExp])[] = [
  [
    'http',
    [/7 {2}client: GET \/ HTTP\/1\.1, Cookie: visits=1/, /7 {2}server: .*visits=2/, /6 {2}presentation: gzip/],
    'http',
    /200 OK/,
  ],
  [
    'https',
    [/TLSv1\.3 with TLS_/, /5 {2}session: a full handshake/, /5 {2}session: the session of before is resumed/],
    'tls && http',
    /200 OK/,
  ],
  [
    'http2',
    [/\(ALPN\): h2/, /client: stream 1: 200, "\/first 套接字"/, /client: stream 3: 200/],
    'http2',
    /HEADERS\[3\]: 200 OK/,
  ],
  [
    'websocket',
    [/101 Switching Protocols/, /server: text: "套接字！"/, /server: close 1000/],
    'websocket',
    /WebSocket Text \[FIN\] \[MASKED\]/,
  ],
  ['ftp', [/227 entering passive mode/, /PORT 192,168,7,1,/, /226 that was all/], 'ftp', /221 bye/],
  ['telnet', [/IAC WILL ECHO/, /IAC DO ECHO/, /server: "logout\\r\\n"/], 'telnet', /Telnet Data/],
  ['ssh', [/keys by /, /authentication by password: accepted/, /套接字/], 'ssh', /Protocol \(SSH-2\.0/],
  ['smtp', [/STARTTLS/, /250 taken, 8 lines/], 'tls && smtp', /DATA|250|354/],
  ['pop3', [/\+OK 1 letter/, /“套接字”/, /\+OK 0 left/], 'pop', /S: \+OK/],
  [
    'mqtt',
    [/screen: room\/temperature is "21\.5 °C"/, /is "22\.0 °C"/, /screen: room\/sensor is "gone"/],
    'mqtt',
    /Publish Message \(id=2\) \[room\/temperature\]/,
  ],
  ['dns', [/server\.lab\.test: A 192\.168\.7\.2/], 'dns', /A server\.lab\.test A 192\.168\.7\.2/],
  // RFC 5905 8: the client's clock is 1.25 s slow; ARP and the serial bridge make the way there longer than the way back.
  [
    'ntp',
    [/my clock says 2026-01-01T11:59:5\d\.\d{6}Z/, /offset \+1\.2[5-7]\d{4} s, delay 0\.0\d{5} s/],
    'ntp',
    /NTP Version 4, server/,
  ],
]

/** What tshark remarks, and why. */
const EXPLAINED: Readonly<Record<string, readonly RegExp[]>> = {
  // Node's client gives its socket up when it has the answer; what the server's TLS says at its end then meets a closed port, as on any host.
  https: [/^Connection reset \(RST\)$/],
  // The dissector's own reckoning, where the encrypted packets begin.
  ssh: [/^Decoded # bytes, but packet legnth is # bytes$/],
}

describe('linkpulse demo', () => {
  it('lists them', async () => {
    const { status, stdout } = await runHere('demo')
    expect(status).toBe(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/ +/)[0]),
    ).toEqual(DEMOS.map(([name]) => name))
  })

  it.each(DEMOS)('%s does what it says, and tshark reads it in the capture', async (name, says, filter, finds) => {
    const capture = join(folder, `${name}.pcapng`)
    const { status, stdout, stderr } = await runHere('demo', name, '--capture', capture)
    expect([status, stderr]).toEqual([0, ''])
    for (const words of says) expect(stdout).toMatch(words)
    if (name !== 'dns' && name !== 'ntp') expect(stdout).toMatch(/SYN-SENT.*ESTABLISHED|ESTABLISHED.*SYN-SENT/)
    expect(stdout).toMatch(/^1 {2}physical +10BASE-T: \d+ bits/m)
    expect(shownByTshark(capture, filter).join('\n')).toMatch(finds)
    expect(unexplained(judgeByTshark(capture), [...ORDINARY, ...(EXPLAINED[name] ?? [])])).toEqual({})
  })

  it.each(casesOf('demos-again', ['http', 'websocket', 'ftp', 'telnet', 'pop3', 'mqtt', 'dns', 'ntp']))(
    '%s in clear gives the same capture for a seed, and another for another',
    async (name) => {
      const captures: Buffer[] = []
      for (const seed of ['5', '5', '6']) {
        const capture = join(folder, `${name}-seed.pcapng`)
        await runHere('demo', name, '-q', '--seed', seed, '--capture', capture)
        captures.push(readFileSync(capture))
      }
      expect(captures[1].equals(captures[0])).toBe(true)
      expect(captures[2].equals(captures[0])).toBe(false)
    },
  )

  // Not in clear: keys are drawn from the system's chance. What is inside is the same, in the same order.
  it.each(
    variationsOf([
      ['https', 'http'],
      ['http2', 'http2'],
      ['smtp', 'smtp'],
    ]),
  )('%s says the same twice, by the keys that the capture has', async (name, filter) => {
    const said: string[][] = []
    for (let i = 0; i < 2; i++) {
      const capture = join(folder, `${name}-again.pcapng`)
      await runHere('demo', name, '-q', '--capture', capture)
      said.push(
        shownByTshark(capture, filter).map((line) => line.split(/ → 192\.168\.7\.\d /)[1].replace(/^(\S+) \d+/, '$1')),
      )
    }
    expect(said[0].length).toBeGreaterThan(2)
    expect(said[1]).toEqual(said[0])
  })

  const ELSEWHERE = [
    ['with 5 % of its frames lost', ['--impair', 'loss=5', '--seed', '3'], '192.168.7.2'],
    ['with its server on an Uno', ['--board', 'uno'], '192.168.7.2 (uno)'],
    ['with its server on the chip that the firmware of an Uno bridges', ['--board', 'avr:uno'], '(avr:uno)'],
  ] as const
  const demosElsewhere = ELSEWHERE.flatMap(([how, options, place]) =>
    DEMOS.map(([name, says]) => ({ how, options, place, name, says })),
  )
  it.each(casesOf('demos-elsewhere', demosElsewhere))('$how: $name', async ({ name, options, place, says }) => {
    const words = ['demo', name, '-q', ...options, '--capture', join(folder, 'elsewhere.pcapng')]
    const { status, stdout, stderr } = await runHere(...words)
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain(place)
    for (const line of says) expect(stdout).toMatch(line)
  })

  it.each(variationsOf(['http --impair loss=60', 'ntp --impair loss=100']))(
    '%s ends, says that the wire was too bad, and leaves no capture',
    async (words) => {
      const capture = join(folder, 'failed.pcapng')
      // A process of its own: what is left open must not keep it.
      const { status, stderr } = await runCli('demo', ...words.split(' '), '-q', '--capture', capture)
      expect(status).toBe(1)
      expect(stderr).toMatch(/^the application failed: .*192\.168\.7\.2.*--impair/)
      expect(existsSync(capture)).toBe(false)
    },
  )

  variation('says it in Chinese', async () => {
    const words = ['demo', 'https', '-q', '--lang', 'zh', '--capture', join(folder, 'zh.pcapng')]
    const { stdout } = await runCli(...words)
    expect(stdout).toMatch(/6 {2}表示层：.*TLSv1\.3/)
    expect(stdout).toMatch(/^1 {2}物理层 +10BASE-T：/m)
  })

  it('adds the keys of TLS to the file of SSLKEYLOGFILE', async () => {
    const keys = join(folder, 'keys.log')
    const before = process.env.SSLKEYLOGFILE
    process.env.SSLKEYLOGFILE = keys
    try {
      await runHere('demo', 'https', '-q', '--capture', join(folder, 'keys.pcapng'))
    } finally {
      if (before === undefined) delete process.env.SSLKEYLOGFILE
      else process.env.SSLKEYLOGFILE = before
    }
    expect(readFileSync(keys, 'latin1')).toMatch(/^CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]+$/m)
  })

  it.each([
    [['demo', 'htp'], /there is no demo "htp".*http/],
    [['demo', 'http', '--board', 'unno'], /unno/],
    [['demo', 'http', '--impair', 'los=5'], /--impair does not know "los=5"/],
    [['demo', 'http', '--capture', '/no/such/place.pcapng'], /cannot write the --capture file/],
  ])('%j is refused, with what to do', async (words, reason) => {
    const { status, stderr } = await runHere(...words)
    expect(status).toBe(2)
    expect(stderr).toMatch(reason)
  })
})
